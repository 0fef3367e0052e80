import { readdirSync, readFileSync } from 'node:fs'
import { Parser } from '@asyncapi/parser'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { eventsIndex, eventsIndexFile } from './events-index.ts'
import { fixturesFolder, generatedFiles, generatedFolder } from './files.ts'
import {
  asyncapiDocument,
  asyncapiYaml,
  type BreakKind,
  breaksOf,
  catalog,
  fixturesOf,
  type JsonSchema,
  jsonSchemaOf,
  type Promised,
  promiseOf,
  readBaseline,
  toStrict,
} from './index.ts'

const events = [...catalog.values()]

describe('fixtures', () => {
  it('exist for every event and for nothing else', () => {
    expect(readdirSync(fixturesFolder).sort()).toEqual(events.map(({ type }) => type).sort())
  })

  it.each(events.map((event) => [event.type, event] as const))(
    '%s: every version ever written is read by the code of today',
    (type, event) => {
      const fixtures = fixturesOf(type)
      expect(fixtures[0]?.file).toBe('v1.json')
      for (const { data } of fixtures) expect(event.schema.parse(data)).toEqual(data)
    },
  )

  it.each(events.map((event) => [event.type, event] as const))('%s: agrees with its JSON Schema', (type, event) => {
    const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true })
    formats.default(ajv)
    const validate = ajv.compile(jsonSchemaOf(event))
    for (const { data } of fixturesOf(type)) expect([validate(data), validate.errors]).toEqual([true, null])
  })
})

describe('reading and writing', () => {
  it('readers leave unknown properties alone, writers are refused them at any depth', () => {
    for (const event of events) {
      const data = fixturesOf(event.type).at(-1)!.data as Record<string, unknown>
      expect(event.schema.safeParse({ ...data, later: 1 }).success).toBe(true)
      expect(toStrict(event).schema.safeParse({ ...data, later: 1 }).success).toBe(false)
      expect(toStrict(event).schema.parse(data)).toEqual(data)
    }
  })

  it('strictness reaches into objects, lists, maps, optional parts and unions', () => {
    const inner = z.object({ a: z.int() })
    const event = {
      ...events[0]!,
      schema: z.object({
        o: inner,
        l: z.array(inner).min(1),
        m: z.record(z.string(), inner),
        p: inner.optional(),
        u: z.union([inner, z.string()]),
      }),
    }
    const good = { o: { a: 1 }, l: [{ a: 1 }], m: { k: { a: 1 } }, p: { a: 1 }, u: { a: 1 } }
    const extra = { a: 1, b: 2 }
    const strict = toStrict(event).schema
    expect(strict.safeParse(good).success).toBe(true)
    for (const bad of [{ o: extra }, { l: [extra] }, { m: { k: extra } }, { p: extra }, { u: extra }]) {
      expect(event.schema.safeParse({ ...good, ...bad }).success).toBe(true)
      expect(strict.safeParse({ ...good, ...bad }).success).toBe(false)
    }
    expect(strict.safeParse({ ...good, l: [] }).success).toBe(false)
  })
})

/** Places of a month, a quarter or a year in data, with what nobody can mean there. */
function impossible(data: unknown, path: readonly string[] = []): { path: readonly string[]; value: unknown }[] {
  if (typeof data !== 'object' || data === null) return []
  return Object.entries(data).flatMap(([name, value]) => {
    const at = [...path, name]
    if (name === 'month') return ['2026-13', '2026-00', '0000-01', '2200-01'].map((bad) => ({ path: at, value: bad }))
    if (name === 'quarter') return ['0000Q1', '2026Q0', '2026Q5', '1944Q4'].map((bad) => ({ path: at, value: bad }))
    if (/^(referenceY|y)ear$/.test(name)) return [0, 1944, 2200, 2026.5].map((bad) => ({ path: at, value: bad }))
    return impossible(value, at)
  })
}

function changed(data: unknown, [name, ...rest]: readonly string[], value: unknown): unknown {
  if (name === undefined) return value
  const copy = (Array.isArray(data) ? [...data] : { ...(data as object) }) as Record<string, unknown>
  copy[name] = changed(copy[name], rest, value)
  return copy
}

describe('a month, a quarter and a year', () => {
  const places = events.flatMap((event) => {
    const { data } = fixturesOf(event.type).at(-1)!
    return impossible(data)
      .filter(({ path }) => !path.includes('params'))
      .map(
        (bad) =>
          [`${event.type} ${bad.path.join('.')} ${bad.value}`, event, changed(data, bad.path, bad.value)] as const,
      )
  })

  it('are told by events of four services', () => expect(places.length).toBeGreaterThan(35))

  it.each(places)('%s is refused', (_, event, data) => {
    expect(event.schema.safeParse(data).success).toBe(false)
  })
})

describe('generated files', () => {
  it('are those of today: run node packages/contracts/src/generate.ts', () => {
    const wanted = generatedFiles()
    expect(readdirSync(generatedFolder).sort()).toEqual([...wanted.keys()].sort())
    for (const [file, content] of wanted) expect(readFileSync(`${generatedFolder}/${file}`, 'utf8'), file).toBe(content)
  })

  it('the index of the events offers every file of a service, a new one by being there', () => {
    expect(readFileSync(eventsIndexFile, 'utf8')).toBe(eventsIndex())
    expect(eventsIndex(['toy.ts', 'index.ts', 'rights-later.ts', 'rights.ts'])).toBe(
      ['rights', 'rights-later', 'toy'].map((name) => `export * from './${name}.ts'\n`).join(''),
    )
  })

  it('AsyncAPI is valid, with every event on its channel', async () => {
    const { document, diagnostics } = await new Parser().parse(asyncapiYaml())
    expect(diagnostics.filter(({ severity }) => severity <= 1)).toEqual([])
    expect(
      document
        ?.allMessages()
        .all()
        .map((message) => message.name())
        .sort(),
    ).toEqual(events.map(({ type }) => type).sort())
    const channels = document!.allChannels().all()
    expect(channels.map((channel) => channel.address()).sort()).toEqual(
      [...new Set(events.map(({ topic }) => topic))].sort(),
    )
  })

  it('every field of every event is described', () => {
    const undescribed = (schema: JsonSchema, path: string): string[] => [
      ...Object.entries(schema.properties ?? {}).flatMap(([name, part]) => [
        ...(part.description === undefined ? [`${path}.${name}`] : []),
        ...undescribed(part, `${path}.${name}`),
      ]),
      ...(schema.items === undefined ? [] : undescribed(schema.items, `${path}[]`)),
    ]
    expect(events.flatMap((event) => undescribed(jsonSchemaOf(event), event.type))).toEqual([])
    expect(Object.keys((asyncapiDocument().components as { schemas: object }).schemas)).toHaveLength(events.length)
  })
})

describe('last release', () => {
  it('is not broken by the contract of today', () => {
    const baseline = readBaseline()
    expect(baseline.length).toBeGreaterThanOrEqual(21)
    expect(breaksOf(baseline, events.map(promiseOf))).toEqual([])
  })
})

const before: Promised = {
  type: 'be.ziv.spec.v1.things.notify.done',
  topic: 'ziv.spec.v1',
  messageClass: 'notification',
  schema: {
    type: 'object',
    properties: {
      id: { type: 'string', format: 'uuid' },
      amount: { type: 'integer', minimum: 0 },
      kind: { type: 'string', enum: ['a', 'b'] },
      note: { type: 'string' },
      lines: {
        type: 'array',
        items: { type: 'object', properties: { units: { type: 'integer' } }, required: ['units'] },
      },
      map: { type: 'object', additionalProperties: { type: 'string' } },
    },
    required: ['id', 'amount'],
  },
}
const properties = before.schema.properties!
const { note: _note, ...withoutNote } = properties
const withProperty = (name: string, schema: JsonSchema): Partial<Promised> => ({
  schema: { ...before.schema, properties: { ...properties, [name]: schema } },
})

const changes: readonly (readonly [BreakKind, string, Partial<Promised> | null])[] = [
  ['eventRemoved', '', null],
  ['topicChanged', '', { topic: 'ziv.other.v1' }],
  ['classChanged', '', { messageClass: 'eventCarried' }],
  ['propertyRemoved', 'note', { schema: { ...before.schema, properties: withoutNote } }],
  ['retyped', 'note', withProperty('note', { type: 'integer' })],
  ['retyped', 'id', withProperty('id', { type: 'string' })],
  ['retyped', 'note', withProperty('note', { anyOf: [{ type: 'string' }, { type: 'integer' }] })],
  ['retyped', 'map{}', withProperty('map', { type: 'object', additionalProperties: { type: 'integer' } })],
  ['newlyRequired', 'note', { schema: { ...before.schema, required: ['id', 'amount', 'note'] } }],
  [
    'newlyRequired',
    'added',
    { schema: { ...before.schema, properties: { ...properties, added: {} }, required: ['id', 'amount', 'added'] } },
  ],
  ['noLongerRequired', 'amount', { schema: { ...before.schema, required: ['id'] } }],
  ['codeAdded', 'kind', withProperty('kind', { type: 'string', enum: ['a', 'b', 'c'] })],
  ['codeRemoved', 'kind', withProperty('kind', { type: 'string', enum: ['a'] })],
  ['widened', 'kind', withProperty('kind', { type: 'string' })],
  ['narrowed', 'note', withProperty('note', { type: 'string', enum: ['x'] })],
  ['narrowed', 'note', withProperty('note', { type: 'string', maxLength: 10 })],
  ['narrowed', 'amount', withProperty('amount', { type: 'integer', minimum: 1 })],
  ['widened', 'amount', withProperty('amount', { type: 'integer' })],
  [
    'propertyRemoved',
    'lines[].units',
    withProperty('lines', { type: 'array', items: { type: 'object', properties: {} } }),
  ],
]

describe('comparison with the last release', () => {
  it.each(changes)('notices %s at %s', (kind, path, change) => {
    const now = change === null ? [] : [{ ...before, ...change }]
    expect(breaksOf([before], now)).toContainEqual(expect.objectContaining({ kind, path, event: before.type }))
  })

  it('allows what readers can bear: an optional property, an event, better words', () => {
    const grown = withProperty('later', { type: 'string', description: 'new' })
    const reworded = { ...before, ...grown, schema: { ...grown.schema!, description: 'better words' } }
    expect(breaksOf([before], [reworded, { ...before, type: 'be.ziv.spec.v1.things.notify.other' }])).toEqual([])
  })
})
