import { expect, test } from 'vitest'
import { defineEvents } from './define-events.ts'

const schema = { parse: (data: unknown) => data }

test('a type is declared with one schema or with one per version', () => {
  const { versions } = defineEvents({
    aggregate: 'note',
    schemas: { Noted: [schema, schema], Closed: schema },
    upcasters: { Noted: { 1: (data) => data } },
  })
  expect([...versions].map(([type, known]) => [type, known.length])).toEqual([
    ['Noted', 2],
    ['Closed', 1],
  ])
})

test.for([
  ['no step between two versions', { Noted: [schema, schema] }, {}],
  ['a step from a version that is the newest', { Noted: schema }, { Noted: { 1: (data: object) => ({ ...data }) } }],
  ['a step of a type that is not declared', { Noted: schema }, { Gone: { 1: (data: object) => ({ ...data }) } }],
  ['a type without a version', { Noted: [] }, {}],
] as const)('a declaration with %s is refused', ([, schemas, upcasters]) => {
  expect(() => defineEvents({ aggregate: 'note', schemas, upcasters })).toThrow('note')
})

test('the name of an aggregate can begin the id of a stream', () => {
  expect(() => defineEvents({ aggregate: 'two-words', schemas: {} })).toThrow('two-words')
})
