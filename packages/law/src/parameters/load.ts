import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { capacitySources, parametersOf } from '../capacities/load.ts'
import type { Law, Parameter } from '../types.ts'
import { InvalidParameterFile } from './errors.ts'
import { lawOf } from './law.ts'
import { parseParameter } from './parse.ts'

const defaultFolder = join(import.meta.dirname, '..', '..', 'parameters')
const fileName = /^[a-z0-9]+(-[a-z0-9]+)*\.yaml$/

let cached: Law | undefined

/**
 * Loads the parameters of the law from `<folder>/<theme>/<name>.yaml`; by default the folder of this package with the rules of
 * its capacities, once per process.
 * `version` is a digest of names and contents. Throws `InvalidParameterFile` when a file is not right: a service with a law
 * it cannot read must not start.
 */
export function loadLaw(folder?: string): Law {
  if (folder !== undefined) return readLaw(folder)
  cached ??= readLaw(defaultFolder, capacitySources())
  return cached
}

function readLaw(folder: string, capacities: ReturnType<typeof capacitySources> = []): Law {
  const digest = createHash('sha256')
  const parameters: Parameter[] = parameterFiles(folder).map((path) => {
    const text = readFileSync(join(folder, path), 'utf8')
    digest.update(`${path}\n${text}\n`)
    return parseParameter(path.slice(0, -'.yaml'.length), text, join(folder, path))
  })
  for (const { file, text, path } of capacities) {
    digest.update(`${file.code}\n${text}\n`)
    parameters.push(...parametersOf(file, path))
  }
  if (parameters.length === 0) throw new InvalidParameterFile(folder, ['no file <theme>/<name>.yaml in this folder'])
  return lawOf(parameters, digest.digest('hex').slice(0, 16))
}

function parameterFiles(folder: string): string[] {
  const themes = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  return themes
    .flatMap((theme) => readdirSync(join(folder, theme.name)).map((name) => ({ theme: theme.name, name })))
    .map(({ theme, name }) => {
      if (!fileName.test(name))
        throw new InvalidParameterFile(join(folder, theme, name), ['a file is called <kebab-case>.yaml'])
      return `${theme}/${name}`
    })
    .sort()
}
