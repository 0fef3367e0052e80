import { addDays, type IsoDate } from '@ziv/kernel'
import { loadLaw } from '@ziv/law'
import fc from 'fast-check'
import { type AssessmentState, dossierOf, type Fact } from '../domain/facts.ts'
import { assessed, capacity, capacityEnd, day, died, joined, left } from '../domain/testing-facts.ts'
import { timelineWithHolders } from '../domain/timeline.ts'

// Lives of persons for properties: affiliations, capacities, reference years and deaths in any combination.
export const rules = { law: loadLaw() }
const THROUGH = 2027
const START = day('2017-01-01')
const moments = ['2024-01-01T09:00:00.000Z', '2024-06-01T09:00:00.000Z', '2025-02-01T09:00:00.000Z']
export const anyMoment = fc.constantFrom(...moments)
export const anyDay = fc.nat(365 * 10).map((days): IsoDate => addDays(START, days))
export const anyYear = fc.integer({ min: 2017, max: THROUGH })
export const ends = fc.option(fc.nat(1500), { nil: null })

const spell = (kinds: readonly string[], holderPersonId?: string): fc.Arbitrary<Fact[]> =>
  fc
    .tuple(fc.constantFrom(...kinds), anyDay, ends, anyMoment, anyMoment, fc.nat(3))
    .map(([kind, from, length, first, second, n]) => {
      const capacityId = `${kind}-${from}-${n}`
      const about = { capacityId, recordedAt: first, ...(holderPersonId === undefined ? {} : { holderPersonId }) }
      const opened = capacity(kind, from, about)
      return length === null ? [opened] : [opened, capacityEnd(capacityId, addDays(from, length - 5), second)]
    })
const affiliation: fc.Arbitrary<Fact[]> = fc
  .tuple(fc.constantFrom('306', '311', '501'), anyDay, ends, anyMoment, fc.constantFrom('1980-05-05', '1996-02-29'))
  .map(([ziekenfonds, from, length, recordedAt, birthDate]) => {
    const affiliationId = `${ziekenfonds}-${from}`
    const about = { affiliationId, insurer: `${ziekenfonds[0]}00`, ziekenfonds, recordedAt, birthDate: day(birthDate) }
    const opened = joined(from, about)
    return length === null ? [opened] : [opened, left(affiliationId, addDays(from, length))]
  })
const assessment: fc.Arbitrary<AssessmentState> = fc
  .tuple(
    fc.integer({ min: 2016, max: 2026 }),
    fc.boolean(),
    anyMoment,
    fc.integer({ min: 1, max: 9 }),
    fc.constantFrom('wage' as const, 'personal' as const),
  )
  .map(([year, met, recordedAt, sequence, regime]) =>
    assessed(year, met, { id: `assessed-${year}-${met}-${sequence}-${regime}`, recordedAt, sequence, regime }),
  )

const own = ['EMPLOYEE', 'SELF_EMPLOYED', 'STUDENT', 'RESIDENT']
const life = (spells: fc.Arbitrary<Fact[]>, spellsMax = 4): fc.Arbitrary<Fact[]> =>
  fc
    .tuple(
      fc.array(affiliation, { minLength: 1, maxLength: 3 }),
      fc.array(spells, { minLength: 1, maxLength: spellsMax }),
      fc.array(assessment, { maxLength: 10 }),
      fc.option(anyDay, { nil: null, freq: 6 }),
    )
    .map(([affiliations, capacities, assessments, diedOn]) => [
      ...affiliations.flat(),
      ...capacities.flat(),
      ...assessments,
      ...(diedOn === null ? [] : [died(diedOn)]),
    ])
export const holderLife = life(spell(own))
const dependantSpell = spell(['DEPENDANT_CHILD', 'DEPENDANT_SPOUSE'], 'holder')
export const anyLife = life(fc.oneof(spell(own), dependantSpell))
export const dependantLife = life(dependantSpell, 1)
/** A holder who met every year, for most of the time in order. */
export const paying = holderLife.map((facts): Fact[] => [
  ...facts,
  ...Array.from({ length: 12 }, (_, n) => assessed(2015 + n, true, { recordedAt: '2026-01-01T00:00:00.000Z' })),
])

export const fold = (
  facts: readonly Fact[],
  holder: readonly Fact[] = [],
  knownAt?: string,
  decidedThrough = THROUGH,
) =>
  timelineWithHolders(
    dossierOf('person', facts, knownAt),
    new Map([['holder', dossierOf('holder', holder, knownAt)]]),
    {
      rules,
      decidedThrough,
    },
  )
