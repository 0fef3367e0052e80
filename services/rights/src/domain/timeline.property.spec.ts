import { addDays, type IsoDate } from '@ziv/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  anyDay,
  anyLife,
  anyMoment,
  anyYear,
  dependantLife,
  ends,
  fold,
  holderLife,
  paying,
  rules,
} from '../testing/lives.ts'
import { dossierOf, type Fact, isAssessment } from './facts.ts'
import { withAssessments } from './merge.ts'
import { decisionsOfYear, ownSpells } from './own-right.ts'
import { firstDifference, periodsOf } from './periods.ts'
import { addedInYear, hasDaysFrom, holderDaysFrom, ownDaysReaching, yearAlone } from './renewal.ts'
import {
  affiliationCorrected,
  affiliationWithdrawn,
  assessed,
  capacityCorrected,
  capacityWithdrawn,
  personCorrected,
} from './testing-facts.ts'
import { timelineOf } from './timeline.ts'

const daysOf = (facts: readonly Fact[]): ReadonlySet<string> => {
  const days = new Set<string>()
  for (const { from, to } of fold(facts).periods) for (let d = from; d <= to; d = addDays(d, 1)) days.add(d)
  return days
}

it('a timeline does not depend on the order of the facts, and a fact told twice counts once', () => {
  fc.assert(
    fc.property(
      anyLife.chain((facts) =>
        fc.tuple(
          fc.constant(facts),
          fc.shuffledSubarray(facts, { minLength: facts.length }),
          fc.subarray(facts),
          holderLife,
        ),
      ),
      ([facts, shuffled, again, holder]) => {
        expect(dossierOf('person', [...again, ...shuffled])).toEqual(dossierOf('person', facts))
        expect(fold([...again, ...shuffled], holder)).toEqual(fold(facts, holder))
      },
    ),
  )
})

it('adding assessments to a folded dossier gives what folding everything gives', () => {
  fc.assert(
    fc.property(anyLife, (facts) => {
      const spells = facts.filter((fact) => !isAssessment(fact))
      const assessments = facts.filter(isAssessment)
      const half = assessments.length >> 1
      const early = withAssessments(dossierOf('person', spells), assessments.slice(half))
      expect(withAssessments(early, assessments.slice(0, half))).toEqual(dossierOf('person', facts))
    }),
  )
})

it('the knowledge of a moment never sees what was recorded later', () => {
  fc.assert(
    fc.property(anyLife, holderLife, anyMoment, (facts, holder, knownAt) => {
      const known = (fact: Fact): boolean => fact.recordedAt <= knownAt
      expect(fold(facts, holder, knownAt)).toEqual(fold(facts.filter(known), holder.filter(known)))
    }),
  )
})

it('a year that is met never costs a day', () => {
  fc.assert(
    fc.property(holderLife, fc.integer({ min: 2016, max: 2026 }), (facts, year) => {
      const met = facts.map((fact) =>
        isAssessment(fact) && fact.referenceYear === year ? { ...fact, met: true } : fact,
      )
      const paid = [...met, assessed(year, true, { recordedAt: '2026-01-01T00:00:00.000Z' })]
      const after = daysOf(paid)
      for (const before of daysOf(facts)) if (!after.has(before)) expect.fail(`${before} was lost by paying ${year}`)
    }),
  )
})

it('a day is in one period, with one insurer, and never after death', () => {
  fc.assert(
    fc.property(anyLife, holderLife, (facts, holder) => {
      const { periods } = fold(facts, holder)
      const death = facts.find((fact) => fact.kind === 'died')
      periods.forEach((period, index) => {
        expect(period.from <= period.to).toBe(true)
        const next = periods[index + 1]
        if (next !== undefined) expect(period.to < next.from).toBe(true)
        if (death?.kind === 'died') expect(period.to <= death.diedOn).toBe(true)
      })
    }),
  )
})

it('a renewal adds the decisions and days of its year and touches no other', () => {
  fc.assert(
    fc.property(holderLife, anyYear, (facts, year) => {
      const dossier = dossierOf('person', facts)
      const context = { rules, holders: new Map() }
      const before = timelineOf(dossier, { ...context, decidedThrough: year - 1 })
      const after = timelineOf(dossier, { ...context, decidedThrough: year })
      const added = decisionsOfYear(dossier, ownSpells(dossier, rules.law), year, rules)
      expect(after.decisions).toEqual([...before.decisions, ...added])
      expect(after.periods).toEqual([...before.periods, ...periodsOf(dossier, added)])
    }),
  )
})

it('a renewal of a year that stands alone adds its decisions and days, also to dependants, and touches no other', () => {
  let followed = 0
  fc.assert(
    fc.property(fc.oneof(anyLife, dependantLife), fc.oneof(holderLife, paying), anyYear, (facts, holderFacts, year) => {
      const dossier = dossierOf('person', facts)
      const holder = dossierOf('holder', holderFacts)
      const holderDays = timelineOf(holder, { rules, holders: new Map(), decidedThrough: year }).periods
      const needed = holderDays.filter(({ to }) => to >= holderDaysFrom(year))
      expect(ownDaysReaching(holder, year, rules)).toEqual(needed)
      const before = fold(facts, holderFacts, undefined, year - 1)
      const alone = yearAlone(dossier, year, rules)
      // decisions of the year that stand already are found by the store: their stream exists
      const begun = before.decisions.some((decision) => decision.year >= year)
      if (alone === null || begun || hasDaysFrom(before.periods, year)) return
      const added = addedInYear(dossier, alone, needed, year, rules)
      if (added === null) return
      if (alone.follows !== null && added.length > 0) followed += 1
      const after = fold(facts, holderFacts, undefined, year)
      const withoutGrounds = ({ grounds: _g, confidence: _c, ...rest }: (typeof added)[number]) => rest
      // earlier decisions keep their ids; how sure they are may now be told better
      const byId = (a: { decisionId: string }, b: { decisionId: string }) => (a.decisionId < b.decisionId ? -1 : 1)
      expect(after.decisions.map(withoutGrounds).sort(byId)).toEqual(
        [...before.decisions, ...added].map(withoutGrounds).sort(byId),
      )
      expect(after.decisions).toEqual(expect.arrayContaining(added))
      expect(after.periods).toEqual([...before.periods, ...periodsOf(dossier, added)])
    }),
    { numRuns: 2000 },
  )
  expect(followed).toBeGreaterThan(0)
})

/** Corrections and withdrawals of some of the facts told, recorded later than every one of them. */
const corrections = (facts: readonly Fact[]): fc.Arbitrary<Fact[]> => {
  const about = { recordedAt: '2025-06-01T09:00:00.000Z' }
  const one = fc
    .tuple(fc.constantFrom(...facts), anyDay, ends, fc.boolean())
    .map(([fact, from, length, never]): Fact[] => {
      const to = length === null ? null : addDays(from, length)
      if (fact.kind === 'opened') {
        const { affiliationId, insurer, ziekenfonds } = fact
        const where = { ...about, insurer, ziekenfonds }
        return [
          never ? affiliationWithdrawn(affiliationId, where) : affiliationCorrected(affiliationId, from, to, where),
        ]
      }
      if (fact.kind === 'acquired') {
        const { capacityId, holderPersonId } = fact
        const what = { ...about, capacityId, ...(holderPersonId === null ? {} : { holderPersonId }) }
        return [never ? capacityWithdrawn(capacityId, about) : capacityCorrected(fact.capacity, from, to, what)]
      }
      return fact.kind === 'died' ? [personCorrected(never ? null : from, null, about)] : []
    })
  return fc.array(one, { minLength: 1, maxLength: 3 }).map((all) => {
    // one moment, one word about a thing: of two at once the greater id would count
    const newest = new Map(all.flat().map((fact) => [JSON.stringify([fact.kind.slice(0, 5), thingOf(fact)]), fact]))
    return [...newest.values()]
  })
}
const thingOf = (fact: Fact): string =>
  'affiliationId' in fact ? fact.affiliationId : 'capacityId' in fact ? fact.capacityId : ''

describe('a correction, also backwards before the first day', () => {
  const corrected = anyLife.chain((facts) => fc.tuple(fc.constant(facts), corrections(facts), holderLife))

  it('leaves every answer for an earlier moment as it was, word for word', () => {
    fc.assert(
      fc.property(corrected, anyMoment, ([facts, later, holder], knownAt) => {
        const before = fold(facts, holder, knownAt)
        expect(fold([...later, ...facts], holder, knownAt)).toEqual(before)
        expect(fold(facts, [...later, ...holder], knownAt)).toEqual(before)
      }),
    )
  })

  it('gives what would be known had the corrected state been told from the beginning', () => {
    fc.assert(
      fc.property(corrected, ([facts, later, holder]) => {
        const wrong = new Set(later.map(thingOf))
        const ofThings = facts.filter((fact) => !wrong.has(thingOf(fact)) || isAssessment(fact))
        // a corrected affiliation leaves the date of birth to the fact that opened it
        const birthDate = (all: readonly Fact[]) => dossierOf('person', all).birthDate
        fc.pre(birthDate([...ofThings, ...later]) === birthDate([...facts, ...later]))
        const right = fold([...ofThings, ...later], holder)
        expect(fold([...facts, ...later], holder).periods).toEqual(right.periods)
        expect(fold([...later, ...facts], holder)).toEqual(fold([...facts, ...later], holder))
      }),
    )
  })
})

it('the first different day of two timelines is different, and no day before it is', () => {
  fc.assert(
    fc.property(anyLife, anyLife, (one, other) => {
      const [a, b] = [fold(one).periods, fold(other).periods]
      const first = firstDifference(a, b)
      const at = (periods: typeof a, on: IsoDate) => periods.find(({ from, to }) => from <= on && to >= on)
      const { from: _f, to: _t, ...left } = (first && at(a, first)) ?? { from: null, to: null }
      const { from: _g, to: _u, ...right } = (first && at(b, first)) ?? { from: null, to: null }
      if (first !== null) expect(left).not.toEqual(right)
      expect(firstDifference(a, a)).toBeNull()
      expect(firstDifference(b, a)).toBe(first)
    }),
  )
})
