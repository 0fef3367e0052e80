import { isoDate, movableClock } from '@ziv/kernel'
import { expect, it } from 'vitest'
import { notingClock } from './noting-clock.ts'
import type { SandboxClock } from './sandbox-clock.ts'

it('a business day moves on when no note can be made, which is told, and the next month is noted again', async () => {
  const base = movableClock(isoDate('2024-01-31'))
  const told: unknown[] = []
  const days: string[] = []
  let away = true
  const note = async () => {
    if (away) throw new Error('the broker is away')
    days.push(base.today())
  }
  const moving = { ...base, moveTo: async (date: Parameters<typeof base.moveTo>[0]) => base.moveTo(date) }
  const clock = notingClock(
    moving as unknown as SandboxClock,
    { note },
    { error: (about: unknown) => told.push(about) },
  )
  await clock.moveTo(isoDate('2024-02-01'))
  expect([base.today(), told]).toEqual(['2024-02-01', [{ err: new Error('the broker is away'), day: '2024-02-01' }]])
  away = false
  await clock.moveTo(isoDate('2024-02-15'))
  await clock.moveTo(isoDate('2024-03-01'))
  expect([days, told.length]).toEqual([['2024-03-01'], 1])
})
