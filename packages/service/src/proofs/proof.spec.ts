import type { Database } from '@ziv/postgres'
import { expect, it } from 'vitest'
import { concluded, rangesOf, wholeProof } from './proof.ts'
import { addTallies, namesOf, naming, told } from './tally.ts'

it('divides keys into ranges that follow one another, open at both ends', () => {
  expect(rangesOf([])).toEqual([{ after: null, through: null }])
  expect(rangesOf(['b', 'd'])).toEqual([
    { after: null, through: 'b' },
    { after: 'b', through: 'd' },
    { after: 'd', through: null },
  ])
})

it('adds up what ranges counted, and keeps the first names of many', () => {
  const many = Array.from({ length: 1_200 }, (_, at) => `p${at}`)
  const sum = addTallies([
    { examined: 3, wrong: namesOf(['a']) },
    { examined: 4, wrong: namesOf(many) },
  ])
  expect(sum).toMatchObject({ examined: 7, wrong: { count: 1_201 } })
  expect(sum.wrong.first).toEqual(['a', ...many.slice(0, 999)])
  expect(told(sum.wrong, 2)).toBe('a, p0 and 1199 more')
  expect(told(namesOf(['a', 'b']), 2)).toBe('a, b')
  expect(naming(namesOf(['a']), namesOf(['b']))).toEqual({ names: ['a', 'b'] })
  expect(naming(namesOf([]))).toEqual({})
})

it.each([
  { examined: 0, there: 0, ok: true, gives: { ok: true, detail: 'nothing to compare' } },
  { examined: 0, there: 3, ok: true, gives: { ok: false, detail: 'looked at 0 of 3: all agree' } },
  { examined: 0, there: 3, ok: false, gives: { ok: false, detail: 'all agree' } },
  { examined: 2, there: 3, ok: true, gives: { ok: true, detail: 'all agree' } },
])('judges a check that says ok: $ok and looked at $examined of $there', async ({ examined, there, ok, gives }) => {
  const finding = { check: 'one', ok, examined, detail: 'all agree' }
  const proof = wholeProof(
    'one',
    {} as Database,
    async () => there,
    async () => finding,
  )
  expect(await concluded(proof, [finding])).toEqual([{ ...finding, ...gives }])
})
