import { expect, test } from 'vitest'
import { dayToCome } from './day-to-come.ts'
import { isoDate } from './iso-date.ts'

const today = isoDate('2026-03-02')

test('a day of something that has happened is not after the business date', () => {
  expect(dayToCome({ receivedOn: today, other: undefined, none: null }, today)).toBeNull()
  const tomorrow = isoDate('2026-03-03')
  expect(dayToCome({ earlier: today, receivedOn: tomorrow, later: isoDate('2027-01-01') }, today)).toEqual({
    field: 'receivedOn',
    day: tomorrow,
  })
})
