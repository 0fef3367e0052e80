import { loadLaw } from '@ziv/law'
import { pendingOn } from '@ziv/members'
import { describe, expect, it } from 'vitest'
import { answerOn } from './answer.ts'
import { dossierOf, type Fact } from './facts.ts'
import { assessed, capacity, capacityEnd, capacityRequested, day, died, joined, left } from './testing-facts.ts'
import { timelineOf } from './timeline.ts'

const DECIDED_THROUGH = 2025
const asked = (facts: readonly Fact[], on: string) => {
  const dossier = dossierOf('person', facts)
  const context = { rules: { law: loadLaw() }, decidedThrough: DECIDED_THROUGH, holders: new Map() }
  return answerOn(dossier, timelineOf(dossier, context), day(on), { ...context, ...context.rules })
}
const reasons = (facts: readonly Fact[], ...days: readonly string[]) => days.map((on) => asked(facts, on).reason)

/** A member from 2020 to September 2026 who worked until the end of 2021. */
const worked = [
  joined('2020-01-01', { affiliationId: 'a' }),
  left('a', '2026-09-30'),
  capacity('EMPLOYEE', '2020-01-01', { capacityId: 'work' }),
  capacityEnd('work', '2021-12-31'),
  ...[2020, 2021].map((year) => assessed(year, true)),
]

describe('who is not in order is told why', () => {
  it('nobody knows the person', () => {
    expect(reasons([], '2024-01-01')).toEqual(['unknownPerson'])
  })

  it('the person was no member before the first day of the affiliation or after its last', () => {
    expect(reasons(worked, '2019-12-31', '2020-01-01')).toEqual(['notAffiliated', null])
    const later = joined('2027-01-01', { affiliationId: 'b' })
    expect(reasons([...worked, later], '2026-10-01', '2026-12-31')).toEqual(['notAffiliated', 'notAffiliated'])
  })

  it('the person died, from the day after', () => {
    const dead = [...worked, died('2022-05-05')]
    expect(reasons(dead, '2022-05-05', '2022-05-06', '2026-01-01')).toEqual([null, 'deceased', 'deceased'])
  })

  it('the right ran out: refused in the first year without it, ended after, and not decided yet in years to come', () => {
    expect(reasons(worked, '2023-12-31', '2024-01-01', '2024-12-31')).toEqual([
      null,
      'renewalRefused',
      'renewalRefused',
    ])
    expect(reasons(worked, '2025-01-01', '2025-12-31')).toEqual(['rightEnded', 'rightEnded'])
    expect(reasons(worked, '2026-01-01', '2026-09-30')).toEqual(['notDecidedYet', 'notDecidedYet'])
  })

  it('the contributions were not met', () => {
    const unpaid = [joined('2020-01-01'), capacity('EMPLOYEE', '2020-01-01'), assessed(2020, false)]
    expect(reasons(unpaid, '2021-12-31', '2022-01-01')).toEqual([null, 'renewalRefused'])
  })

  it('what closed the right also on the day of death, and the death after it', () => {
    const unpaid = [joined('2020-01-01'), capacity('EMPLOYEE', '2020-01-01'), assessed(2020, false)]
    expect(reasons([...unpaid, died('2022-05-05')], '2022-05-05', '2022-05-06')).toEqual(['renewalRefused', 'deceased'])
  })

  it('the same with another insurer, from its first day on', () => {
    const moved = [...worked, left('a', '2024-12-31', '2020-01-03T00:00:00.000Z'), joined('2025-01-01')]
    expect(reasons(moved, '2024-12-31', '2025-01-01')).toEqual(['renewalRefused', 'rightEnded'])
  })

  it('there was no capacity until the day the first one gives a right', () => {
    const late = [joined('2020-01-01'), capacity('EMPLOYEE', '2022-01-01')]
    expect(reasons(late, '2021-12-31', '2022-01-01')).toEqual(['noCapacity', null])
  })

  it('there never was a capacity when the only one was annulled', () => {
    const annulled = [
      joined('2020-01-01'),
      capacity('EMPLOYEE', '2022-01-01', { capacityId: 'never' }),
      capacityEnd('never', '2021-12-31'),
    ]
    expect(reasons(annulled, '2022-06-01')).toEqual(['noCapacity'])
  })

  it('a capacity is asked for and waits, from the quarter in which it would be acquired', () => {
    const facts = [joined('2020-01-01'), capacityRequested('RESIDENT', '2024-05-15')]
    expect(reasons(facts, '2024-03-31', '2024-04-01')).toEqual(['noCapacity', 'capacityPending'])
    const dossier = dossierOf('person', [...facts, capacityRequested('STUDENT', '2024-07-01')])
    const waiting = ['2024-03-31', '2024-04-01', '2024-07-01'].map((on) => pendingOn(dossier, day(on)).length)
    expect(waiting).toEqual([0, 1, 2])
  })
})

describe('the answer of a day rests on one decision', () => {
  it('the one that gave the day, up to its last day', () => {
    for (const on of ['2020-01-01', '2021-12-31', '2022-01-01', '2023-12-31']) {
      const { inOrder, period, decision } = asked(worked, on)
      expect([inOrder, period?.decisionId]).toEqual([true, decision?.decisionId])
      expect(decision).toMatchObject({ outcome: 'granted' })
    }
    const years = ['2021-12-31', '2022-01-01', '2023-12-31'].map((on) => asked(worked, on).decision?.year)
    expect(years).toEqual([2020, 2022, 2023])
  })

  it('and on none when a right was granted that gives nothing: after death, or without an insurer', () => {
    expect(asked([...worked, died('2022-05-05')], '2022-05-06')).toMatchObject({ inOrder: false, decision: null })
    const gap = [...worked, left('a', '2022-06-30', '2020-01-03T00:00:00.000Z')]
    expect(asked(gap, '2022-07-01')).toMatchObject({ inOrder: false, reason: 'notAffiliated', decision: null })
  })
})
