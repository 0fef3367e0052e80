import { addDays } from '@ziv/kernel'
import { z } from 'zod'
import { awaitables, contributionRegimes } from '../rules/assess-reference-year.ts'
import { capacityOfYear } from '../rules/capacity-of-year.ts'
import { firstOpening } from '../rules/first-opening.ts'
import { openingAdds, unpaidLapse } from '../rules/lapse.ts'
import { lastCoveredDay } from '../rules/last-covered-day.ts'
import { prolongation } from '../rules/prolongation.ts'
import { opensAnew, prolongationFromQuarter } from '../rules/prolongation-from-quarter.ts'
import { stillPossible } from '../rules/repair-deadline.ts'
import { recoveryTerm, retention } from '../rules/retention.ts'
import { whileStageRuns } from '../rules/running-stage.ts'
import { stageMinimum } from '../rules/stage-minimum.ts'
import { startOfInsurance } from '../rules/start-of-insurance.ts'
import { waitingPeriod } from '../rules/waiting-period.ts'
import { warningDay } from '../rules/warning-day.ts'
import { confidences, type Ground } from '../types.ts'
import { capacity, day, euro, inEuro, question, span, tellRepairs, year } from './vocabulary.ts'

const contributions = z.strictObject({
  met: z.boolean(),
  awaits: z.enum(awaitables).optional(),
  short: euro.optional(),
  regime: z.enum(['wage', 'selfEmployed', 'personal']).default('wage'),
  confidence: z.enum(confidences).default('verified'),
})

/** What the ground of the contributions says is missing. */
const shortOf = (grounds: readonly Ground[]) =>
  grounds.flatMap(({ facts }) => facts).find(({ name }) => name === 'shortCents')?.value

export const rightsQuestions = {
  startOfInsurance: question(
    z.strictObject({ capacity, acquiredOn: day, requestedOn: day }),
    ({ capacity, acquiredOn, requestedOn }, law) => {
      const { result, grounds } = startOfInsurance(capacity, { acquiredOn, requestedOn }, law)
      return { words: { from: result.from }, grounds }
    },
  ),
  firstOpening: question(z.strictObject({ from: day }), ({ from }, law) => {
    const { result, grounds } = firstOpening(from, law)
    return { words: { from: result.from, until: result.to }, grounds }
  }),
  capacityOfYear: question(
    z.strictObject({ year, capacities: z.array(span.extend({ capacity })) }),
    ({ year, capacities }, law) => {
      return { words: { capacity: capacityOfYear(capacities, year, law)?.capacity ?? null }, grounds: [] }
    },
  ),
  lapse: question(
    z.strictObject({
      registeredOn: day,
      openedUntil: day.optional(),
      years: z.record(z.string(), z.enum(['unpaid', 'open'])),
    }),
    ({ registeredOn, openedUntil, years }, law) => {
      const stateOf = (each: number) => {
        const state = years[String(each)]
        return state === undefined ? undefined : state === 'unpaid' ? each : null
      }
      return {
        words: { lapsed: unpaidLapse({ registeredOn, openedUntil: openedUntil ?? null, stateOf }, law) },
        grounds: [],
      }
    },
  ),
  openingAdds: question(z.strictObject({ from: day, earlierUntil: day.optional() }), ({ from, earlierUntil }, law) => {
    return { words: { from: openingAdds(from, earlierUntil ?? null, law) }, grounds: [] }
  }),
  waitingPeriod: question(
    z.strictObject({ registeredOn: day, unpaidYear: year.optional(), short: euro.optional() }),
    ({ registeredOn, unpaidYear, short }, law) => {
      const unpaid = unpaidYear === undefined ? null : { referenceYear: unpaidYear, shortCents: short ?? 0 }
      const { result, repairs, grounds } = waitingPeriod({ registeredOn, unpaid }, law)
      return { words: { opensOn: result.opensOn, waitsUntil: result.to, repairs: tellRepairs(repairs) }, grounds }
    },
  ),
  stageMinimum: question(
    z.strictObject({
      registeredOn: day,
      opensOn: day,
      years: z.array(
        z.strictObject({
          ...{ year, paid: euro, asked: euro, met: z.boolean().default(false) },
          /** Absent: one that asks for contributions. */
          regime: z.enum(contributionRegimes).optional(),
          awaits: z.enum(awaitables).optional(),
        }),
      ),
      /** Day of the question; absent: after the stage. */
      today: day.optional(),
    }),
    ({ registeredOn, opensOn, years, today }, law) => {
      const known = years.map(
        ({ year: referenceYear, paid: totalCents, asked: requiredCents, met, awaits, regime }) => ({
          ...{ referenceYear, totalCents, requiredCents, met, awaits, confidence: 'verified' as const },
          ...(regime === undefined ? {} : { regime }),
        }),
      )
      const served = stageMinimum({ registeredOn, opensOn, years: known }, law)
      const { outcome, result, repairs, grounds } = whileStageRuns(served, today ?? opensOn)
      const asked = result.requiredCents === null ? null : inEuro(result.requiredCents)
      return { words: { reached: outcome === 'granted', asked, repairs: tellRepairs(repairs) }, grounds }
    },
  ),
  prolongationFromQuarter: question(z.strictObject({ from: day, endedOn: day }), ({ from, endedOn }, law) => {
    const before = { from: addDays(endedOn, -1), to: endedOn }
    const anew = opensAnew([before, { from, to: null }], 1, law)
    if (!anew) return { words: { anew, until: null }, grounds: [] }
    const { result, grounds } = prolongationFromQuarter(from, law)
    return { words: { anew, until: result.to }, grounds }
  }),
  warningDay: question(z.strictObject({ year }), ({ year }, law) => {
    const { result, grounds } = warningDay(year, law)
    return { words: { warnBy: result.day }, grounds }
  }),
  prolongation: question(
    z.strictObject({
      year,
      capacities: z.array(span),
      contributions: contributions.nullable(),
      /** Day of the question. */
      today: day.optional(),
    }),
    ({ year, capacities, contributions, today }, law) => {
      const referenceYear = year - 2
      const assessment = contributions && {
        ...contributions,
        referenceYear,
        shortCents: contributions.short ?? 0,
      }
      const decision = prolongation({ year, caps: capacities, assessment }, law)
      const words = {
        right: decision.outcome === 'granted' ? 'open' : 'closed',
        from: decision.result.from,
        until: decision.result.to,
        repairs: tellRepairs(today === undefined ? decision.repairs : stillPossible(decision.repairs, today)),
        short: inEuro(Number(shortOf(decision.grounds) ?? 0)),
        confidence: decision.confidence,
      }
      return { words, grounds: decision.grounds }
    },
  ),
  retention: question(
    z.strictObject({
      on: day,
      affiliatedUntil: day,
      capacities: z.array(z.strictObject({ capacity, from: day, to: day })).default([]),
      diedOn: day.optional(),
    }),
    ({ diedOn, ...facts }, law) => {
      const { outcome, result, grounds } = retention({ ...facts, ...(diedOn === undefined ? {} : { diedOn }) }, law)
      const kept = grounds.filter(({ satisfied }) => !satisfied).map(({ rule }) => rule)
      return { words: { erasable: outcome === 'granted', ...result, kept }, grounds }
    },
  ),
  recoveryTerm: question(z.strictObject({ on: day, toldUntil: day }), (facts, law) => {
    const { outcome, result, grounds } = recoveryTerm(facts, law)
    return { words: { erasable: outcome === 'granted', ...result }, grounds }
  }),
  lastCoveredDay: question(
    z.strictObject({ endedOn: day, openedFrom: day.optional(), unmetYears: z.array(year).default([]) }),
    ({ endedOn, openedFrom, unmetYears }, law) => {
      const facts = { endedOn, unmetYears, ...(openedFrom === undefined ? {} : { openedFrom }) }
      const { result, grounds } = lastCoveredDay(facts, law)
      const { lastDay, closedYears } = result
      return { words: { lastDay, closedYears }, grounds }
    },
  ),
}
