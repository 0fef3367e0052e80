import { expect, it } from 'vitest'
import { rangesOf } from './proof.ts'
import { addTallies, namesOf, told } from './tally.ts'

it('divides keys into ranges that follow one another, open at both ends', () => {
  expect(rangesOf([])).toEqual([{ after: null, through: null }])
  expect(rangesOf(['b', 'd'])).toEqual([
    { after: null, through: 'b' },
    { after: 'b', through: 'd' },
    { after: 'd', through: null },
  ])
})

it('adds up what ranges counted, and keeps the first names of many', () => {
  const many = Array.from({ length: 12 }, (_, at) => `p${at}`)
  const sum = addTallies([
    { examined: 3, wrong: namesOf(['a']) },
    { examined: 4, wrong: namesOf(many) },
  ])
  expect(sum).toMatchObject({ examined: 7, wrong: { count: 13 } })
  expect(sum.wrong.first).toEqual(['a', ...many.slice(0, 9)])
  expect(told(sum.wrong, 2)).toBe('a, p0')
})
