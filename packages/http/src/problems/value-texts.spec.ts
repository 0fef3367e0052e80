import { expect, test } from 'vitest'
import { z } from 'zod'
import { inputFaults } from './input-error.ts'

const wordsOf = (schema: z.ZodType, value: unknown) => {
  const [fault] = inputFaults(z.strictObject({ x: schema }), { x: value })
  if (fault?.name !== 'x') throw new Error('x is not refused')
  return fault.texts
}

test.each<[z.ZodType, unknown, readonly [nl: string, fr: string, de: string, en: string]]>([
  [
    z.int().min(1),
    0,
    ['moet minstens 1 zijn', 'doit être au moins 1', 'muss mindestens 1 sein', 'has to be at least 1'],
  ],
  [z.int().max(5), 9, ['mag hoogstens 5 zijn', 'doit être au plus 5', 'darf höchstens 5 sein', 'may be at most 5']],
  [
    z.string().min(2),
    'a',
    [
      'moet minstens 2 teken(s) lang zijn',
      'doit compter au moins 2 caractère(s)',
      'muss mindestens 2 Zeichen haben',
      'has to have at least 2 character(s)',
    ],
  ],
  [
    z.int(),
    1.5,
    [
      'moet een geheel getal zijn',
      'doit être un nombre entier',
      'muss eine ganze Zahl sein',
      'has to be a whole number',
    ],
  ],
  [
    z.iso.date(),
    'x',
    [
      'moet een bestaande dag zijn, als 2026-03-31',
      'doit être un jour qui existe, comme 2026-03-31',
      'muss ein bestehender Tag sein, wie 2026-03-31',
      'has to be a day that exists, like 2026-03-31',
    ],
  ],
  [z.string(), 5, ['moet tekst zijn', 'doit être un texte', 'muss ein Text sein', 'has to be text']],
])('a value is refused in the words of the reader: %#', (schema, value, [nl, fr, de, en]) => {
  expect(wordsOf(schema, value)).toEqual({ nl, fr, de, en })
})

test('no language names a type or a sign of a programmer', () => {
  const cases: readonly (readonly [z.ZodType, unknown])[] = [
    ...([
      [z.number().gt(0), 0],
      [z.number().lt(0), 0],
      [z.string().max(2), 'abc'],
      [z.boolean(), 'x'],
    ] as const),
    ...([
      [z.array(z.int()).min(1), []],
      [z.array(z.int()).max(1), [1, 2]],
      [z.int(), 'x'],
      [z.array(z.int()), 'x'],
    ] as const),
  ]
  for (const [schema, value] of cases) {
    for (const text of Object.values(wordsOf(schema, value)))
      expect(text).not.toMatch(/[<>]|\b(int|string|boolean|array|number to be)\b/)
  }
})
