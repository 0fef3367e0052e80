import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { canonicalJson, NotCanonical } from './canonical-json.ts'
import type { Json } from './types.ts'

const json = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\u0000')),
    fc.string({ unit: 'grapheme-ascii' }),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(
      fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\u0000')),
      tie('value'),
      { maxKeys: 6 },
    ),
  ),
})).value

it('gives what the reference library gives', () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(canonicalJson(value)).toBe(canonicalize(value))
    }),
    { numRuns: 2000 },
  )
})

it('gives the same text after a round trip through JSON, whatever the order of the keys', () => {
  fc.assert(
    fc.property(json, (value) => {
      const text = canonicalJson(value)
      expect(canonicalJson(JSON.parse(text))).toBe(text)
    }),
  )
})

it('sorts keys by UTF-16 code units, as RFC 8785 shows', () => {
  const value = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\u{1f600}': 5, '\u0080': 6, '\u00f6': 7 }
  expect(canonicalJson(value)).toBe(canonicalize(value))
  expect(Object.values(JSON.parse(canonicalJson({ b: 2, a: 1 })))).toEqual([1, 2])
})

it('writes numbers as ECMAScript does', () => {
  expect(canonicalJson([0.1 + 0.2, 1e30, 4.5, 2e-3, 1e-27, -0])).toBe('[0.30000000000000004,1e+30,4.5,0.002,1e-27,0]')
})

it('leaves out what is undefined and refuses what is not JSON', () => {
  expect(canonicalJson({ a: undefined, b: 1 } as never)).toBe('{"b":1}')
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 'a\u0000', '\ud83d', 1n, () => 1]) {
    expect(() => canonicalJson([value] as never)).toThrow(NotCanonical)
  }
})
