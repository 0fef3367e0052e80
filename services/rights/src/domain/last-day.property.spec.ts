import { addDays, type IsoDate } from '@ziv/kernel'
import { lastCoveredDay, loadLaw, startOfInsurance } from '@ziv/law'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dossierOf } from './facts.ts'
import { assessed, capacity, capacityEnd, day, joined } from './testing-facts.ts'
import { timelineWithHolders } from './timeline.ts'

const rules = { law: loadLaw() }
const START = day('2017-01-01')
const anyDay = fc.nat(365 * 10).map((days): IsoDate => addDays(START, days))

describe('the last day of the law', () => {
  it('is the last day of the timeline of one capacity, whatever years are not met', () => {
    const years = fc.uniqueArray(fc.integer({ min: 2017, max: 2026 }))
    fc.assert(
      fc.property(anyDay, fc.nat(1500), years, (acquiredOn, length, unmet) => {
        const endedOn = addDays(acquiredOn, length)
        const openedFrom = startOfInsurance('EMPLOYEE', { acquiredOn, requestedOn: acquiredOn }, rules.law).result.from
        const assessments = Array.from({ length: 20 }, (_, index) => 2015 + index).map((year) =>
          assessed(year, !unmet.includes(year)),
        )
        const facts = [
          joined(openedFrom),
          capacity('EMPLOYEE', openedFrom),
          capacityEnd(`EMPLOYEE-${openedFrom}`, endedOn),
          ...assessments,
        ]
        const { periods } = timelineWithHolders(dossierOf('person', facts), new Map(), { rules, decidedThrough: 2033 })
        const { lastDay, closedYears } = lastCoveredDay({ endedOn, openedFrom, unmetYears: unmet }, rules.law).result
        expect(periods.at(-1)?.to).toBe(lastDay)
        for (const year of closedYears)
          expect(periods.some(({ from, to }) => from <= `${year}-06-15` && to >= `${year}-06-15`)).toBe(false)
      }),
    )
  })
})
