import { defineEvents } from '@ziv/kernel'
import { expect, it } from 'vitest'
import { UnknownEvent } from './errors.ts'
import type { StoredEvent } from './types.ts'
import { catalogOf } from './upcast.ts'

const stored = (schemaVersion: number, data: StoredEvent['data'], type = 'Noted'): StoredEvent =>
  ({ type, schemaVersion, data }) as StoredEvent

const schema = { parse: (data: unknown) => data }
const notes = defineEvents({
  aggregate: 'note',
  schemas: { Noted: [schema, schema, schema], Closed: schema },
  upcasters: { Noted: { 1: (data) => ({ ...data, language: 'nl' }), 2: (data) => ({ ...data, words: 1 }) } },
})
const { newest, assertKnown } = catalogOf([notes])

it('composes the steps from the stored version to the newest', () => {
  expect(newest(stored(1, { text: 'a' }))).toEqual(stored(3, { text: 'a', language: 'nl', words: 1 }))
  expect(newest(stored(2, { text: 'a' }))).toEqual(stored(3, { text: 'a', words: 1 }))
})

it('leaves the newest version and types with one version as they are', () => {
  for (const event of [stored(3, { text: 'a' }), stored(1, {}, 'Closed')]) expect(newest(event)).toBe(event)
})

it.for([
  ['Renamed', 1],
  ['Noted', 4],
  ['Noted', 0],
] as const)('refuses to read or to write %s in version %i, which is not declared', ([type, version]) => {
  expect(() => newest(stored(version, {}, type))).toThrow(new UnknownEvent(type, version))
  expect(() => assertKnown({ type, schemaVersion: version })).toThrow(`${type} in version ${version}`)
})

it('refuses a type that two aggregates declare', () => {
  const other = defineEvents({ aggregate: 'memo', schemas: { Closed: schema } })
  expect(() => catalogOf([notes, other])).toThrow('Closed')
})
