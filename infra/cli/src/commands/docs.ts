import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Command } from 'commander'
import type { CliConfig } from '../config.ts'
import { deploymentFiles, rootFolder } from '../reference/deployment.ts'
import { referenceFiles } from '../reference/reference-files.ts'

export const referenceFolder = join(rootFolder, 'docs', 'reference')

/** `ziv docs`: writes the generated part of `docs/reference`; with --check only says what is stale. */
export function docsCommand(_config: CliConfig): Command {
  return new Command('docs')
    .description(
      'write what is generated: the reference (APIs, events, rejection codes, parameters, topics, commands) and the lists of services',
    )
    .option('--check', 'write nothing; exit code 1 when a page is stale')
    .action(async (options: { check?: boolean }, command: Command) => {
      const pages = await referenceFiles(command.parent ?? command)
      const files = [
        ...Array.from(pages, ([path, content]) => [join('docs', 'reference', path), content] as const),
        ...deploymentFiles(),
      ]
      const stale: string[] = []
      for (const [path, content] of files) {
        const file = join(rootFolder, path)
        if ((await readFile(file, 'utf8').catch(() => null)) === content) continue
        stale.push(path)
        if (options.check === true) continue
        await mkdir(dirname(file), { recursive: true })
        await writeFile(file, content)
      }
      if (options.check === true && stale.length > 0) process.exitCode = 1
      const verb = options.check === true ? 'stale' : 'written'
      process.stdout.write(
        `${files.length} files, ${stale.length} ${verb}${stale.map((path) => `\n  ${path}`).join('')}\n`,
      )
    })
}
