import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import {
  bankReferenceInput,
  dayInput,
  ibanInput,
  idInput,
  instantInput,
  inszInput,
  nameInput,
  nomenclatureInput,
  providerNumberInput,
} from './vocabulary.ts'

const read = (schema: z.ZodType, input: unknown) => {
  const result = schema.safeParse(input)
  return result.success ? result.data : 'refused'
}

describe('input vocabulary', () => {
  test.each([
    [inszInput, '93.05.18-223.61', '93051822361'],
    [inszInput, '71481299980', '71481299980'],
    [inszInput, '63041100051', 'refused'],
    [inszInput, '71130501163', 'refused'],
    [inszInput, '93051822362', 'refused'],
    [idInput('x'), '0198C1A2-7F00-7000-8000-00000000000A', '0198c1a2-7f00-7000-8000-00000000000a'],
    [idInput('x'), 'nobody', 'refused'],
    [instantInput, '2025-06-20T00:00:00Z', '2025-06-20T00:00:00.000Z'],
    [instantInput, '2025-06-20T00:00:00+02:00', '2025-06-19T22:00:00.000Z'],
    [instantInput, '2025-06-20T00:00:00 02:00', '2025-06-19T22:00:00.000Z'],
    [instantInput, '2025-06-20t00:00:00.123456789012z', '2025-06-20T00:00:00.123Z'],
    [instantInput, '2025-06-20T00:00:00', 'refused'],
    [instantInput, '2025-06-20 00:00:00Z', 'refused'],
    [instantInput, '2025-06-20 00:00:00 02:00', 'refused'],
    [instantInput, '2025-13-20T00:00:00Z', 'refused'],
    [dayInput(), '2025-06-20', '2025-06-20'],
    [dayInput(), '1901-06-20', 'refused'],
    [dayInput(), '0000-01-01', 'refused'],
    [dayInput(), '2025-02-30', 'refused'],
    [nameInput(5), ' Anna ', 'Anna'],
    [nameInput(5), 'Lef\uFFFD', 'refused'],
    [nameInput(5), 'a\u0000', 'refused'],
    [nameInput(5), 'Annabel', 'refused'],
    [ibanInput, 'BE68 5390 0754 7034', 'BE68539007547034'],
    [ibanInput, 'BE69539007547034', 'refused'],
    [bankReferenceInput, ' coda-7b96 9068 ', 'CODA-7B969068'],
    [bankReferenceInput, 'a'.repeat(70), 'A'.repeat(70)],
    [bankReferenceInput, 'a'.repeat(71), 'refused'],
    [bankReferenceInput, ' ', 'refused'],
    [bankReferenceInput, 'é', 'refused'],
    [bankReferenceInput, 'a\u0000', 'refused'],
    [providerNumberInput, '1-00035-69-004', '10003569004'],
    [providerNumberInput, '10003569', 'refused'],
    [nomenclatureInput, '101032', '101032'],
    [nomenclatureInput, '101033', 'refused'],
  ])('case %#: %s is read from %j as %j', (schema, input, expected) => {
    expect(read(schema, input)).toBe(expected)
  })
})
