import { dayIn } from '@ziv/kernel/schemas'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { idInput, instantInput, inszInput, nameInput } from '../input/vocabulary.ts'
import { languages } from '../language.ts'
import { InputError, inputFaults, issuesOf } from './input-error.ts'

const evidence = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('birthAct') }),
  z.strictObject({ kind: z.literal('cardA') }),
])
const many = Array.from({ length: 60 }, (_, n) => `value${n}`)
type Case = readonly [what: string, schema: z.ZodType, value: unknown]

/** Every kind of issue that the validation library knows: a new one does not compile until it has a case here. */
const cases: Readonly<Record<z.core.$ZodIssue['code'], readonly Case[]>> = {
  invalid_type: [
    ['text', z.string(), 5],
    ['a number', z.number(), 'a'],
    ['a whole number', z.int(), 1.5],
    ['true or false', z.boolean(), 'x'],
    ['a list', z.array(z.string()), 'x'],
    ['an object', z.strictObject({}), 'x'],
    ['null', z.null(), 'x'],
    ['a map', z.record(z.string(), z.string()), 5],
    ['a tuple', z.tuple([z.string()]), 5],
    ['nothing', z.never(), 5],
    ['what is missing', z.string(), undefined],
  ],
  invalid_value: [
    ['one of some', z.enum(['RESIDENT', 'STUDENT']), 'X'],
    ['the only one', z.literal(true), false],
    ['one of many', z.enum(many), 'X'],
    ['one that is missing', z.enum(['RESIDENT', 'STUDENT']), undefined],
  ],
  invalid_union: [
    ['no form of those', evidence, { kind: 'oath' }],
    ['no form said', evidence, {}],
    ['neither text nor number', z.union([z.string(), z.int()]), true],
  ],
  invalid_format: [
    ['a day', z.iso.date(), 'x'],
    ['a moment', z.iso.datetime(), 'x'],
    ['a moment in words of ours', instantInput, 'x'],
    ['an identifier', idInput('it'), 'x'],
    ['a pattern', z.string().regex(/^[A-Z]{3}$/), 'x'],
    ['an address', z.email(), 'x'],
    ['a link', z.url(), 'x'],
    ['a beginning', z.string().startsWith('a'), 'x'],
  ],
  too_small: [
    ['a short text', z.string().min(2), 'a'],
    ['a small number', z.int().min(3), 1],
    ['a number that is not more', z.number().gt(3), 3],
    ['a short list', z.array(z.string()).min(1), []],
  ],
  too_big: [
    ['a long text', z.string().max(2), 'abc'],
    ['a great number', z.int().max(3), 5],
    ['a long list', z.array(z.string()).max(0), ['a']],
  ],
  not_multiple_of: [['no multiple', z.number().multipleOf(5), 3]],
  unrecognized_keys: [['a name that is not known', z.strictObject({ known: z.string().optional() }), { other: 1 }]],
  invalid_key: [['a key', z.record(z.string().max(1), z.string()), { abc: 'a' }]],
  invalid_element: [['an element', z.map(z.strictObject({}), z.string()), new Map([[{}, 5]])]],
  custom: [
    ['a check without words', z.string().refine(() => false, 'only in English'), 'x'],
    ['a day outside its range', dayIn({ from: '1945-01-01', to: '2199-12-31' }), '1800-01-01'],
    ['a number of a person', inszInput, '1'],
    ['an empty name', nameInput(), ' '],
  ],
}

const foreign = /invalid|received|regex|discriminator|undefined|option\b|"|\||[<>]=?/i
const all = Object.entries(cases).flatMap(([code, list]) => list.map((one) => [code, ...one] as const))

describe('what is wrong with an input', () => {
  test.each(all)('%s, %s: in the words of the reader, in every language', (code, _what, schema, value) => {
    const input = value === undefined ? {} : { x: value }
    const told = issuesOf(new InputError(z.strictObject({ x: schema }), input))
    expect(told.length).toBeGreaterThan(0)
    for (const { detail, name } of told) {
      const texts = languages.map((language) => detail[language])
      expect(new Set(texts).size).toBe(languages.length)
      for (const text of texts) expect(text).not.toMatch(foreign)
      // the field stands beside the sentence, and of a name that is not known no sentence can do without what there is
      expect(name).toMatch(/^x/)
      if (code !== 'unrecognized_keys') for (const text of texts) expect(text).not.toMatch(/\bx\b/)
    }
  })

  test('a choice names what there is to choose from, also where nothing was chosen', () => {
    const told = (value: unknown, schema: z.ZodType = z.enum(['RESIDENT', 'STUDENT'])) =>
      issuesOf(new InputError(z.strictObject({ x: schema }), value === undefined ? {} : { x: value })).map(
        ({ name, detail }) => [name, detail.en],
      )
    expect(told('Y')).toEqual([['x', 'has to be one of these: RESIDENT, STUDENT']])
    expect(told(undefined)).toEqual([['x', 'is missing: give one of these: RESIDENT, STUDENT']])
    expect(told({ kind: 'oath' }, evidence)).toEqual([['x.kind', 'has to be one of these: birthAct, cardA']])
    expect(told({}, evidence)).toEqual([['x.kind', 'is missing: give one of these: birthAct, cardA']])
    expect(told(false, z.literal(true))).toEqual([['x', 'can only be true']])
  })

  test('of a line of a file: each wrong place with its words, and no name of it that is not ours', () => {
    const schema = z.strictObject({ a: z.string(), b: z.strictObject({ c: z.int() }) })
    expect(inputFaults(schema, { b: { c: 'x', Claes: 1 } }).map(({ name, texts }) => [name, texts.en])).toEqual([
      ['a', 'is missing: give it'],
      ['b.c', 'has to be a number'],
      ['b', 'unknown input at position 2: remove it, or take one of c'],
    ])
  })
})
