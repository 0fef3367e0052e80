import { expect, it } from 'vitest'
import type { StoredEvent } from './types.ts'
import { upcast } from './upcast.ts'

const stored = (schemaVersion: number, data: StoredEvent['data']): StoredEvent =>
  ({ type: 'Noted', schemaVersion, data }) as StoredEvent

const upcasters = {
  Noted: {
    1: (data: StoredEvent['data']) => ({ ...data, language: 'nl' }),
    2: (data: StoredEvent['data']) => ({ ...data, words: 1 }),
  },
}

it('composes the steps from the stored version to the newest', () => {
  expect(upcast(stored(1, { text: 'a' }), upcasters)).toEqual(stored(3, { text: 'a', language: 'nl', words: 1 }))
  expect(upcast(stored(2, { text: 'a' }), upcasters)).toEqual(stored(3, { text: 'a', words: 1 }))
})

it('leaves the newest shape and other types as they are', () => {
  const newest = stored(3, { text: 'a' })
  expect(upcast(newest, upcasters)).toBe(newest)
  expect(upcast(newest, {})).toBe(newest)
})
