import { LANGUAGES, type Words } from '@ziv/kernel'
import { describe, expect, test } from 'vitest'
import { dmfaMessages } from './dmfa/messages.ts'
import { otherMessages } from './dmfa/other-messages.ts'
import { efactMessages, zoneNames } from './efact/messages.ts'
import { slipMessages } from './slips/messages.ts'

const rule: Words = { nl: 'RULE', fr: 'RULE', de: 'RULE', en: 'RULE' }
const zone: Words = { nl: 'ZONE', fr: 'ZONE', de: 'ZONE', en: 'ZONE' }
const values = {
  element: 'ELEMENT',
  block: 'BLOCK',
  column: 'COLUMN',
  record: 'RECORD',
  value: 'VALUE',
  other: 'OTHER',
}
const params = { ...zone, ...values, rule }
const tables: readonly (readonly [string, Readonly<Record<string, (p: typeof params) => Words>>])[] = [
  ['billing files', efactMessages],
  ['quarterly declarations', dmfaMessages],
  ['slips', slipMessages],
]

/** Two languages that share a whole sentence are one that was not translated. */
function expectFour(words: Words, what: string): void {
  const texts = LANGUAGES.map((language) => words[language])
  for (const text of texts) expect(text, what).toMatch(/\p{L}/u)
  expect(new Set(texts).size, what).toBe(4)
}

describe('the words of the readers', () => {
  test.each(tables)('of %s are in four languages, with the values of the issue in each', (_name, table) => {
    expect(Object.keys(table).length).toBeGreaterThan(10)
    for (const [code, text] of Object.entries(table)) {
      const words = text(params)
      expectFour(words, code)
      for (const value of [...Object.values(values), 'RULE', 'ZONE']) {
        const holds = LANGUAGES.map((language) => words[language].includes(value))
        expect(new Set(holds).size, `${code} ${value}`).toBe(1)
      }
    }
  })

  test('of the other messages of the social security are in four languages', () => {
    for (const [name, words] of Object.entries(otherMessages)) expectFour(words, name)
  })

  test('name every zone in four languages', () => {
    for (const [name, words] of zoneNames) for (const language of LANGUAGES) expect(words[language], name).not.toBe('')
  })
})
