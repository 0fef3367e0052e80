import { readConfig } from './config.ts'
import { buildProgram } from './program.ts'
import { explain } from './readable-error.ts'

/** Carries a command out; one that cannot be ends the process with 1 and one line. */
export async function runCommand(words: readonly string[]): Promise<void> {
  try {
    await buildProgram(readConfig()).parseAsync(words)
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`)
    process.exitCode = 1
  }
}
