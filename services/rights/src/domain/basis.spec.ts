import { loadLaw } from '@ziv/law'
import { describe, expect, it } from 'vitest'
import { basisOf, basisTree, joinBasis, part } from './basis.ts'
import type { RightDecision } from './decision.ts'
import { dossierOf, type Fact } from './facts.ts'
import { assessed, capacity, capacityEnd, joined } from './testing-facts.ts'
import { timelineWithHolders } from './timeline.ts'

const rules = { law: loadLaw() }
const holder = dossierOf('holder', [joined('2015-01-01'), capacity('EMPLOYEE', '2015-01-01'), assessed(2023, true)])
const decisionsOf = (...facts: Fact[]): readonly RightDecision[] =>
  timelineWithHolders(dossierOf('person', facts), new Map([['holder', holder]]), { rules, decidedThrough: 2026 })
    .decisions
const employee = (from: string, ...more: Fact[]) =>
  decisionsOf(joined('2015-01-01'), capacity('EMPLOYEE', from), ...more)
const ofEveryKind = [
  ...employee('2020-03-01', assessed(2022, true), assessed(2023, false), assessed(2024, true, { regime: 'personal' })),
  ...employee(
    '2019-01-01',
    capacityEnd('EMPLOYEE-2019-01-01', '2024-05-31'),
    assessed(2023, true),
    assessed(2022, true),
  ),
  ...decisionsOf(joined('2015-01-01'), capacity('DEPENDANT_SPOUSE', '2016-02-01', { holderPersonId: 'holder' })),
  ...decisionsOf(
    joined('2015-01-01'),
    capacity('DEPENDANT_SPOUSE', '2016-02-01', { holderPersonId: 'holder' }),
    capacityEnd('DEPENDANT_SPOUSE-2016-02-01', '2025-05-31'),
  ),
]

describe('a decision kept in two parts', () => {
  it('is word for word the decision that was taken', () => {
    expect(
      new Set(ofEveryKind.map(({ kind, ground, outcome }) => `${kind} ${ground} ${outcome}`)).size,
    ).toBeGreaterThan(5)
    for (const decision of ofEveryKind) {
      const stored = JSON.parse(JSON.stringify(basisOf(decision).shared)) as object
      expect(joinBasis(decision.decisionId, stored, part(decision, basisTree()).values)).toEqual(decision)
    }
  })

  it('has the basis of another exactly when nothing but own values differs', () => {
    const tree = basisTree()
    const placeOf = (decision: RightDecision) => part(decision, tree).place
    const seen = new Map<unknown, string>()
    for (const decision of ofEveryKind) {
      const { id } = basisOf(decision)
      expect(seen.get(placeOf(decision)) ?? id).toBe(id)
      seen.set(placeOf(decision), id)
    }
    expect(new Set(seen.values()).size).toBe(seen.size)
    const [one, other] = ['2016-01-01', '2017-05-05'].map((from) =>
      employee(from, assessed(2023, true)).find(({ year }) => year === 2025),
    ) as [RightDecision, RightDecision]
    expect(placeOf(one)).toBe(placeOf(other))
    expect(part(one, tree).values).not.toEqual(part(other, tree).values)
    const changed = { ...one, grounds: one.grounds.map((ground) => ({ ...ground, article: 'art. 0' })) }
    expect(placeOf(changed)).not.toBe(placeOf(one))
  })
})
