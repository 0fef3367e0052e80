import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { stringify } from 'yaml'
import { asyncapiOf } from './asyncapi.ts'
import { catalog } from './catalog.ts'
import { type Promised, promiseOf } from './compatibility.ts'
import { jsonSchemaOf } from './json-schema.ts'

const folder = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url))

/** Version of the contract as a whole: minor grows with every addition. */
const contractsVersion = '1.0.0'

export const fixturesFolder: string = folder('fixtures')
export const baselineFolder: string = folder('baseline')
export const generatedFolder: string = folder('generated')

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))

/** Frozen data of every version of an event that was ever written, oldest first. */
export function fixturesOf(type: string): readonly { readonly file: string; readonly data: unknown }[] {
  return readdirSync(`${fixturesFolder}/${type}`)
    .sort((a, b) => Number(/\d+/.exec(a)?.[0]) - Number(/\d+/.exec(b)?.[0]))
    .map((file) => ({ file, data: readJson(`${fixturesFolder}/${type}/${file}`) }))
}

/** What the last release promised. */
export function readBaseline(): readonly Promised[] {
  return readdirSync(baselineFolder)
    .sort()
    .map((file) => readJson(`${baselineFolder}/${file}`) as Promised)
}

/** AsyncAPI 3.0 of all events, as an object and as the YAML that is served at `/doc/asyncapi.yaml`. */
export const asyncapiDocument = (): Readonly<Record<string, unknown>> =>
  asyncapiOf({
    events: catalog.values(),
    exampleOf: (type) => fixturesOf(type).at(-1)!.data,
    version: contractsVersion,
  })

/** The same document as YAML, as it is published. */
export const asyncapiYaml = (): string =>
  stringify(asyncapiDocument(), { aliasDuplicateObjects: false, lineWidth: 0, compat: 'yaml-1.1' })

const pretty = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

/** What `generated/` has to hold, by file name. */
export function generatedFiles(): ReadonlyMap<string, string> {
  const schemas = [...catalog.values()].map(
    (event) => [`${event.type}.schema.json`, pretty(jsonSchemaOf(event))] as const,
  )
  return new Map([...schemas, ['asyncapi.yaml', asyncapiYaml()]])
}

/** What `baseline/` holds after a release of today's contract, by file name. */
export const releasedFiles = (): ReadonlyMap<string, string> =>
  new Map([...catalog.values()].map((event) => [`${event.type}.json`, pretty(promiseOf(event))] as const))
