import type { Command } from 'commander'
import { generatedHead } from './markdown.ts'

function* sections(command: Command, path: string): Generator<string> {
  const help = command.configureHelp({ helpWidth: 100 }).helpInformation().trimEnd()
  yield `## ${path}\n\n\`\`\`text\n${help}\n\`\`\`\n`
  for (const part of command.commands) yield* sections(part, `${path} ${part.name()}`)
}

/** The help of every command. */
export const commandLinePage = (program: Command): string =>
  `${generatedHead('Command line', 'infra/cli')}\nRun it as \`pnpm ziv <command>\`; \`pnpm -s ziv token\` prints nothing but the token.\n\n${[...sections(program, 'ziv')].join('\n')}`
