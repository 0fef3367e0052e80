import { expect, test } from 'vitest'
import { CannotTry, Report } from './report.ts'

async function reported(attempts: readonly [name: string, needs: string[], attempt: () => Promise<string>][]) {
  const lines: string[] = []
  const report = new Report((line) => lines.push(line.replace(/in [\d.]+ s/, 'in a moment')))
  for (const [name, needs, attempt] of attempts) await report.part(name, needs, attempt)
  return { lines, report }
}

test('a part that passed, failed, could not be tried, and one that stands on another', async () => {
  const { lines, report } = await reported([
    ['one', [], async () => 'it answers'],
    ['two', ['one'], () => Promise.reject(new Error('it is silent'))],
    ['three', [], () => Promise.reject(new CannotTry('no JVM is there'))],
    ['four', ['one', 'two', 'three'], async () => 'never asked'],
  ])
  expect(lines).toEqual([
    'one: passed in a moment: it answers',
    'two: failed: it is silent',
    'three: could not be tried, because no JVM is there',
    'four: skipped, because two and three did not pass',
  ])
  expect(report.summary).toBe('4 parts: 1 passed, 1 failed, 1 could not be tried, 1 skipped')
  expect(report.isFine(true)).toBe(false)
})

test('what is missing fails the command unless that is allowed', async () => {
  const { report } = await reported([['one', [], () => Promise.reject(new CannotTry('no nginx is there'))]])
  expect([report.isFine(false), report.isFine(true)]).toEqual([false, true])
})

test('after the cut no part begins, and the one that runs counts no more', async () => {
  const lines: string[] = []
  const report = new Report((line) => lines.push(line))
  await report.part('one', [], async () => {
    report.cutShort()
    throw new Error('its processes were ended')
  })
  await report.part('two', [], async () => 'never asked')
  expect(lines).toEqual([])
  expect(report.summary).toMatch(/^0 parts/)
})
