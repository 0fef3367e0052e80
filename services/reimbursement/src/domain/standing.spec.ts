import { type Instant, isoDate } from '@ziv/kernel'
import { foldMember } from '@ziv/members'
import { describe, expect, test } from 'vitest'
import { claimOf, decisionId, facts, line, member, personId } from '../testing/facts.ts'
import { assessClaim } from './assess-claim.ts'
import { standingOn } from './standing.ts'

const day = isoDate('2024-05-06')
const home = { insurer: '300', ziekenfonds: '306' }
const place = (sequence: number) => ({
  ...{ id: `fact-${sequence}`, sequence, recordedAt: `2020-01-0${sequence}T00:00:00.000Z` as Instant, ...home },
})
const opened = {
  kind: 'opened',
  ...place(1),
  affiliationId: 'a',
  from: isoDate('2020-01-01'),
  birthDate: null,
} as const
const days = { acquiredOn: isoDate('2024-04-02'), requestedOn: isoDate('2024-04-15') }
const requested = {
  kind: 'requested',
  ...place(2),
  ...days,
  capacityId: 'asked',
  capacity: 'RESIDENT',
  role: 'holder',
  waitingFor: 'immigrationOffice',
  repairsYear: null,
} as const
const acquired = {
  kind: 'acquired',
  ...place(3),
  capacityId: 'held',
  capacity: 'EMPLOYEE',
  role: 'holder',
  holderPersonId: null,
  from: isoDate('2020-01-01'),
  acquiredOn: isoDate('2020-01-01'),
  requestedOn: isoDate('2020-01-01'),
} as const
const annulled = { kind: 'ended', ...place(4), capacityId: 'held', to: isoDate('2019-12-31') } as const
const right = (from: string, to: string) => ({ ...home, from: isoDate(from), to: isoDate(to), decisionId })

type Fact = Parameters<typeof foldMember>[1][number]
const standing = (more: readonly Fact[], periods?: readonly ReturnType<typeof right>[], on = day) =>
  standingOn(on, { person: foldMember(personId, [opened, ...more]), membership: home, periods })

describe('somebody who cannot claim the care of a day', () => {
  test('has a capacity that waits, where no right was ever held', () => {
    const awaited = [{ waitingFor: 'immigrationOffice', ...days }]
    expect(standing([requested])).toEqual({ reason: 'capacityPending', awaited })
    expect(standing([requested], [])).toEqual({ reason: 'capacityPending', awaited })
    expect(standing([requested, acquired, annulled])).toEqual({ reason: 'capacityPending', awaited })
    expect(standing([requested], undefined, isoDate('2024-03-31'))).toEqual({ reason: 'noCapacity' })
  })

  test('is not told that a capacity waits, where rights may have refused the day', () => {
    expect(standing([requested, acquired])).toEqual({ reason: 'noRightKnown' })
    expect(standing([requested, acquired], [])).toEqual({ reason: 'rightNotOpen' })
    expect(standing([requested], [right('2023-01-01', '2023-12-31')])).toEqual({ reason: 'rightNotOpen' })
  })

  test('has no capacity, or one of which nothing was decided yet, or a right that is not open', () => {
    expect(standing([])).toEqual({ reason: 'noCapacity' })
    expect(standing([acquired])).toEqual({ reason: 'noRightKnown' })
    expect(standing([acquired], [right('2025-01-01', '2025-12-31')])).toEqual({ reason: 'rightNotOpen' })
  })

  test('died, was affiliated nowhere or with another insurer', () => {
    const died = { kind: 'died', ...place(5), diedOn: isoDate('2024-05-05') } as const
    expect(standing([died, requested])).toEqual({ reason: 'deceased', diedOn: '2024-05-05' })
    const closed = { kind: 'closed', ...place(5), affiliationId: 'a', to: isoDate('2024-04-30') } as const
    const elsewhere = { insurer: '500', ziekenfonds: '501' }
    const moved = { ...opened, ...place(6), ...elsewhere, affiliationId: 'b', from: isoDate('2024-05-01') } as const
    expect(standing([closed, requested])).toEqual({ reason: 'notAffiliated' })
    expect(standing([closed, moved, requested])).toEqual({ reason: 'otherInsurer' })
  })
})

test('somebody in order with the insurer of the claim stands in nobody’s way', () => {
  expect(standing([acquired], [right('2024-01-01', '2024-12-31')])).toBeUndefined()
  expect(standing([], [right('2024-01-01', '2024-12-31')])).toBeUndefined()
})

test('a line keeps why it was refused, and a paid one nothing', () => {
  const lines = [line(), line({ number: 2, careDate: isoDate('2023-01-01') })]
  const periods = [right('2024-01-01', '2024-12-31')]
  const assessed = assessClaim(claimOf(lines), facts({ person: member(), periods }))
  expect(assessed.lines[0]).not.toHaveProperty('standing')
  expect(assessed.lines[1]).toMatchObject({ codes: ['500540'], standing: { reason: 'noCapacity' } })
})
