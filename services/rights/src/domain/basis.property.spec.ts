import type { FactRef, Ground, ParameterRef, Repair } from '@ziv/law'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { basisOf, basisTree, joinBasis, part } from './basis.ts'
import type { RightDecision } from './decision.ts'
import { day } from './testing-facts.ts'

const days = [day('2025-01-01'), day('2025-12-31')] as const
const anyFact = fc.record<FactRef>(
  {
    name: fc.constantFrom('referenceYear', 'capacityFrom'),
    value: fc.constantFrom<FactRef['value']>(2023, 'event', true, null),
    eventId: fc.constantFrom('event', 'other'),
  },
  { requiredKeys: ['name', 'value'] },
)
const parameter = (value: number, from = days[0]): ParameterRef => ({
  ...{ name: 'contributions/minimum', from, value, unit: 'euro', confidence: 'verified' },
})
const anyGround = fc.record<Ground>(
  {
    rule: fc.constantFrom('prolongation.contributions', 'prolongation.capacity'),
    article: fc.constantFrom('art. 131', 'art. 129'),
    satisfied: fc.boolean(),
    facts: fc.array(anyFact, { maxLength: 3 }),
    parameters: fc.constantFrom([], [parameter(1)], [parameter(2)], [parameter(1, days[1])]),
    text: fc.constantFrom({ nl: 'ja', fr: 'oui', de: 'ja', en: 'yes' }, { nl: 'nee', fr: 'non', de: 'nein', en: 'no' }),
  },
  { requiredKeys: ['rule', 'article', 'satisfied', 'facts', 'parameters'] },
)
const anyRepair = fc.record<Repair>(
  {
    rule: fc.constantFrom('prolongation.contributions', 'prolongation.capacity'),
    kind: fc.constantFrom('payComplement', 'payLapsed'),
    params: fc.constantFrom({}, { payCents: 1 }, { payCents: 2 }, { year: 2 }, { payCents: 1, year: 2 }),
    until: fc.constantFrom(...days),
  },
  { requiredKeys: ['rule', 'kind', 'params'] },
)
const anyDecision: fc.Arbitrary<RightDecision> = fc.record({
  decisionId: fc.constant('decision'),
  year: fc.constant(2025),
  kind: fc.constantFrom('opening', 'renewal', 'dependant'),
  outcome: fc.constantFrom('granted', 'refused'),
  from: fc.constantFrom(...days),
  to: fc.constant(days[1]),
  capacity: fc.constantFrom('EMPLOYEE', 'STUDENT'),
  ground: fc.constantFrom('opening', 'renewal'),
  grounds: fc.array(anyGround, { maxLength: 2 }),
  repairs: fc.array(anyRepair, { maxLength: 2 }),
  confidence: fc.constantFrom('verified', 'assumed'),
})

const renewal: RightDecision = {
  ...{ decisionId: 'decision', year: 2025, kind: 'renewal', outcome: 'refused', from: days[0], to: days[1] },
  ...{ capacity: 'EMPLOYEE', ground: 'renewal', confidence: 'verified' },
  grounds: [
    {
      ...{ rule: 'prolongation.contributions', article: 'art. 131', satisfied: false, parameters: [parameter(1)] },
      facts: [
        { name: 'referenceYear', value: 2023 },
        { name: 'shortCents', value: 700, eventId: 'event' },
      ],
    },
  ],
  repairs: [{ rule: 'prolongation.contributions', kind: 'payComplement', params: { payCents: 700 }, until: days[1] }],
}

describe('any decision, kept as what it shares with others and what is its own', () => {
  it('is read word for word as it was taken, also long after', () => {
    fc.assert(
      fc.property(anyDecision, (decision) => {
        const stored = JSON.parse(JSON.stringify(basisOf(decision).shared)) as object
        const { values } = part(decision, basisTree())
        expect(joinBasis(decision.decisionId, stored, JSON.parse(JSON.stringify(values)))).toEqual(decision)
      }),
      { numRuns: 500 },
    )
  })

  it('shares its basis with another exactly when they end at one place of the tree', () => {
    fc.assert(
      fc.property(fc.array(anyDecision, { minLength: 2, maxLength: 8 }), (decisions) => {
        const tree = basisTree()
        const parted = decisions.map((decision) => ({ id: basisOf(decision).id, place: part(decision, tree).place }))
        for (const one of parted)
          for (const other of parted) expect(one.place === other.place).toBe(one.id === other.id)
      }),
      { numRuns: 500 },
    )
  })
})

describe('the renewals of a year', () => {
  const tree = basisTree()
  const basis = (decision: RightDecision) => part(decision, tree).place
  const [first] = renewal.grounds as readonly [Ground]
  const [repair] = renewal.repairs as readonly [Repair]
  const ofGround = (changes: Partial<Ground>): RightDecision => ({ ...renewal, grounds: [{ ...first, ...changes }] })

  it('keep of each person the amounts and events alone, not the year or the days, which are those of everybody', () => {
    expect(part(renewal, tree).values).toEqual([700, 'event', 700])
    const { kind, decisionId } = { kind: 'opening', decisionId: 'other' } as const
    expect(part({ ...renewal, kind, decisionId }, tree).values.slice(0, 2)).toEqual(days)
  })

  it('of persons who are short by different amounts rest on one basis', () => {
    const facts = first.facts.map((fact) => (fact.name === 'shortCents' ? { ...fact, value: 1, eventId: 'e' } : fact))
    const other = { ...ofGround({ facts }), repairs: [{ ...repair, params: { payCents: 1 } }] }
    expect(basis(other)).toBe(basis(renewal))
    expect(basisOf(other)).toEqual(basisOf(renewal))
  })

  it.each<[string, RightDecision]>([
    ['days', { ...renewal, from: days[1] }],
    ['outcome', { ...renewal, outcome: 'granted' }],
    ['capacity', { ...renewal, capacity: 'STUDENT' }],
    ['value of the law', ofGround({ parameters: [parameter(2)] })],
    ['article', ofGround({ article: 'art. 129' })],
    ['reference year', ofGround({ facts: [{ name: 'referenceYear', value: 2022 }, ...first.facts.slice(1)] })],
    ['text', ofGround({ text: { nl: 'nee', fr: 'non', de: 'nein', en: 'no' } })],
    ['last day to pay', { ...renewal, repairs: [{ ...repair, until: days[0] }] }],
  ])('rest on another basis when the %s differs', (_name, other) => {
    expect(basis(other)).not.toBe(basis(renewal))
    expect(basisOf(other).id).not.toBe(basisOf(renewal).id)
  })
})
