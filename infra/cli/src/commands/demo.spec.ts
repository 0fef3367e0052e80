import { expect, test } from 'vitest'
import { notProven } from './demo.ts'

const finding = (check: string, ok: boolean, examined: number) => ({ check, ok, examined, detail: '' })
const findings = [finding('held', true, 3), finding('nothing examined', false, 0), finding('wrong', false, 2)]

test.each([
  { months: 4, toCome: ['nothing examined'], failed: ['wrong'] },
  { months: 5, toCome: [], failed: ['nothing examined', 'wrong'] },
])('in a story of $months months', ({ months, ...told }) => {
  const [toCome, failed] = notProven(findings, { months }).map((list) => list.map(({ check }) => check))
  expect({ toCome, failed }).toEqual(told)
})
