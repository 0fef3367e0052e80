import { createTestDatabase, type TestDatabase } from '@ziv/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { arrayLiteral, bytesArrayLiteral, listOf, splitList } from './index.ts'

let test: TestDatabase

beforeAll(async () => {
  test = await createTestDatabase({ migrations: [] })
})
afterAll(() => test.drop())

const SEPARATOR = '\u001f'
const texts = fc.array(fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\u0000')))

it('gives PostgreSQL the texts as they are, also quotes, backslashes, commas, braces and the word null', async () => {
  const odd = ['', 'null', 'NULL', '{a,b}', '"', '\\', '\\"', 'a"b\\c', ' x ', '\n']
  await fc.assert(
    fc.asyncProperty(texts, async (list) => {
      const { rows } = await test.database.query<{ list: string[] }>('select $1::text[] as list', [arrayLiteral(list)])
      expect(rows[0]!.list).toEqual(list)
    }),
    { numRuns: 200, examples: [[odd], [[]]] },
  )
})

it('gives numbers, ids and bytes in their own type', async () => {
  const id = '9d3c6f0a-5b1e-5c7d-8f42-2a6b1e0c4d97'
  const { rows } = await test.database.query(
    'select $1::bigint[] = array[1, -2, 3]::bigint[] as numbers, $2::uuid[] = array[$3::uuid] as ids, $4::bytea[] as bytes',
    [arrayLiteral([1, -2, 3]), arrayLiteral([id]), id, bytesArrayLiteral(['00ff', 'ab'])],
  )
  expect(rows[0]).toEqual({ numbers: true, ids: true, bytes: [Buffer.from([0, 255]), Buffer.from([0xab])] })
  expect(bytesArrayLiteral([])).toBe('{}')
})

it('brings a column back in order, whatever its texts hold but the separator', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ minLength: 1 }).filter((text) => !text.includes('\u0000') && !text.includes(SEPARATOR))),
      async (list) => {
        const { rows } = await test.database.query<{ list: string | null }>(
          `select ${listOf('text')} as list from unnest($1::text[]) text`,
          [arrayLiteral(list)],
        )
        expect(splitList(rows[0]!.list)).toEqual(list)
      },
    ),
    { numRuns: 100, examples: [[[]]] },
  )
})
