import type { IntegrationEvent } from './define.ts'
import { type JsonSchema, jsonSchemaOf } from './json-schema.ts'

/** What a release promises of one event. */
export interface Promised {
  readonly type: string
  readonly topic: string
  readonly messageClass: string
  readonly schema: JsonSchema
}

/** The ways in which a contract can break its readers. */
export type BreakKind =
  | 'eventRemoved'
  | 'topicChanged'
  | 'classChanged'
  | 'propertyRemoved'
  | 'retyped'
  | 'newlyRequired'
  | 'noLongerRequired'
  | 'codeAdded'
  | 'codeRemoved'
  | 'narrowed'
  | 'widened'

/** One way in which today's contract breaks the last release's. */
export interface Break {
  readonly kind: BreakKind
  readonly event: string
  /** `lines[].units`; empty for the event itself. */
  readonly path: string
  readonly detail: string
}

/** What readers of an event rely on: its type, its topic, its class and the schema of its data. */
export const promiseOf = (event: IntegrationEvent): Promised => ({
  type: event.type,
  topic: event.topic,
  messageClass: event.messageClass,
  schema: jsonSchemaOf(event),
})

/**
 * Compares what the last release promised with today. Breaking is what an old reader cannot read in new messages, or
 * what a new reader cannot read in the messages kept since; an added optional property or event is neither.
 */
export function breaksOf(baseline: readonly Promised[], current: readonly Promised[]): readonly Break[] {
  return baseline.flatMap((before) => {
    const now = current.find(({ type }) => type === before.type)
    const at = { event: before.type, path: '' }
    if (now === undefined) return [{ kind: 'eventRemoved' as const, ...at, detail: 'readers wait for it for ever' }]
    return [
      ...(now.topic === before.topic
        ? []
        : [{ kind: 'topicChanged' as const, ...at, detail: `${before.topic} became ${now.topic}` }]),
      ...(now.messageClass === before.messageClass
        ? []
        : [{ kind: 'classChanged' as const, ...at, detail: `${before.messageClass} became ${now.messageClass}` }]),
      ...breaksIn(before.schema, now.schema, '').map((found) => ({ ...found, event: before.type })),
    ]
  })
}

type Found = Omit<Break, 'event'>

function breaksIn(before: JsonSchema, now: JsonSchema, path: string): readonly Found[] {
  if (kindOf(before) !== kindOf(now))
    return [{ kind: 'retyped', path, detail: `${kindOf(before)} became ${kindOf(now)}` }]
  return [
    ...properties(before, now, path),
    ...required(before, now, path),
    ...codes(before, now, path),
    ...bounds(before, now, path),
    ...inside(before, now, path),
  ]
}

/** What makes a value another kind of value. */
const kindOf = ({ type, format, anyOf, oneOf, const: only }: JsonSchema): string =>
  JSON.stringify({ type, format, union: (anyOf ?? oneOf) !== undefined, only })

const below = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`)

function properties(before: JsonSchema, now: JsonSchema, path: string): readonly Found[] {
  return Object.entries(before.properties ?? {}).flatMap(([name, old]): readonly Found[] => {
    const next = now.properties?.[name]
    if (next === undefined) return [{ kind: 'propertyRemoved', path: below(path, name), detail: 'readers rely on it' }]
    return breaksIn(old, next, below(path, name))
  })
}

function required(before: JsonSchema, now: JsonSchema, path: string): readonly Found[] {
  const [old, next] = [new Set(before.required), new Set(now.required)]
  const added = [...next].filter((name) => !old.has(name))
  const dropped = [...old].filter((name) => !next.has(name) && now.properties?.[name] !== undefined)
  return [
    ...added.map((name) => ({
      kind: 'newlyRequired' as const,
      path: below(path, name),
      detail: 'messages kept since do not have it',
    })),
    ...dropped.map((name) => ({
      kind: 'noLongerRequired' as const,
      path: below(path, name),
      detail: 'readers do not expect it to be absent',
    })),
  ]
}

function codes(before: JsonSchema, now: JsonSchema, path: string): readonly Found[] {
  if (before.enum === undefined && now.enum === undefined) return []
  if (before.enum === undefined) return [{ kind: 'narrowed', path, detail: 'only some values are allowed now' }]
  if (now.enum === undefined) return [{ kind: 'widened', path, detail: 'readers know the codes of before only' }]
  const [old, next] = [before.enum, now.enum]
  return [
    ...next
      .filter((code) => !old.includes(code))
      .map((code) => ({ kind: 'codeAdded' as const, path, detail: `${code}: readers do not know it` })),
    ...old
      .filter((code) => !next.includes(code))
      .map((code) => ({ kind: 'codeRemoved' as const, path, detail: `${code}: messages kept since have it` })),
  ]
}

const limits = [
  'pattern',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'multipleOf',
]

function bounds(before: JsonSchema, now: JsonSchema, path: string): readonly Found[] {
  return limits
    .filter((limit) => before[limit] !== now[limit])
    .map((limit) => {
      const kind = now[limit] === undefined ? ('widened' as const) : ('narrowed' as const)
      return { kind, path, detail: `${limit} was ${before[limit] ?? 'free'} and is ${now[limit] ?? 'free'}` }
    })
}

function inside(before: JsonSchema, now: JsonSchema, path: string): readonly Found[] {
  const maps = [before.additionalProperties, now.additionalProperties]
  const unions = ['anyOf', 'oneOf'].flatMap((key): readonly Found[] =>
    JSON.stringify(before[key]) === JSON.stringify(now[key])
      ? []
      : [{ kind: 'retyped', path, detail: `${key} changed` }],
  )
  return [
    ...(before.items && now.items ? breaksIn(before.items, now.items, `${path}[]`) : []),
    ...(typeof maps[0] === 'object' && typeof maps[1] === 'object' ? breaksIn(maps[0], maps[1], `${path}{}`) : []),
    ...unions,
  ]
}
