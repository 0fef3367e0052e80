import { Command } from 'commander'
import { databasesCommand } from './commands/databases.ts'
import { demoCommand } from './commands/demo.ts'
import { docsCommand } from './commands/docs.ts'
import { importCommand } from './commands/import.ts'
import { kafkaCommand } from './commands/kafka.ts'
import { keysCommand } from './commands/keys.ts'
import { notesCommand } from './commands/notes.ts'
import { parkedCommand } from './commands/parked.ts'
import { rebuildCommand } from './commands/rebuild.ts'
import { renewCommand } from './commands/renew.ts'
import { tokenCommand } from './commands/token.ts'
import { verifyCommand } from './commands/verify.ts'
import type { CliConfig } from './config.ts'

/** The `ziv` command with all its parts. */
export function buildProgram(config: CliConfig): Command {
  const program = new Command('ziv').description(
    'Belgian compulsory health insurance, from affiliation to distribution',
  )
  for (const command of [
    demoCommand,
    importCommand,
    renewCommand,
    rebuildCommand,
    verifyCommand,
    notesCommand,
    tokenCommand,
    kafkaCommand,
    parkedCommand,
    databasesCommand,
    keysCommand,
    docsCommand,
  ]) {
    program.addCommand(command(config))
  }
  return program
}
