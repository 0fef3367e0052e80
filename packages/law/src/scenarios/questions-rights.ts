import { z } from 'zod'
import { awaitables } from '../rules/assess-reference-year.ts'
import { firstOpening } from '../rules/first-opening.ts'
import { lastCoveredDay } from '../rules/last-covered-day.ts'
import { prolongation } from '../rules/prolongation.ts'
import { lastEndBeforeNew, prolongationFromQuarter } from '../rules/prolongation-from-quarter.ts'
import { stageMinimum } from '../rules/stage-minimum.ts'
import { startOfInsurance } from '../rules/start-of-insurance.ts'
import { waitingPeriod } from '../rules/waiting-period.ts'
import { warningDay } from '../rules/warning-day.ts'
import type { Ground } from '../types.ts'
import { capacity, day, euro, inEuro, question, span, tellRepairs, year } from './vocabulary.ts'

const contributions = z.strictObject({
  met: z.boolean(),
  awaits: z.enum(awaitables).optional(),
  short: euro.optional(),
  regime: z.enum(['wage', 'selfEmployed', 'personal']).default('wage'),
  confidence: z.enum(['verified', 'secondary', 'derived', 'assumed']).default('verified'),
})

/** What the ground of the contributions says is missing. */
const shortOf = (grounds: readonly Ground[]) =>
  grounds.flatMap(({ facts }) => facts).find(({ name }) => name === 'shortCents')?.value

export const rightsQuestions = {
  startOfInsurance: question(
    z.strictObject({ capacity, acquiredOn: day, requestedOn: day }),
    ({ capacity, acquiredOn, requestedOn }, law) => {
      const { result } = startOfInsurance(capacity, { acquiredOn, requestedOn }, law)
      return { from: result.from }
    },
  ),
  firstOpening: question(z.strictObject({ from: day }), ({ from }, law) => {
    const { result } = firstOpening(from, law)
    return { from: result.from, until: result.to }
  }),
  waitingPeriod: question(
    z.strictObject({ registeredOn: day, unpaidYear: year.optional(), short: euro.optional() }),
    ({ registeredOn, unpaidYear, short }, law) => {
      const unpaid = unpaidYear === undefined ? null : { referenceYear: unpaidYear, shortCents: short ?? 0 }
      const { result, repairs } = waitingPeriod({ registeredOn, unpaid }, law)
      return { opensOn: result.opensOn, waitsUntil: result.to, repairs: tellRepairs(repairs) }
    },
  ),
  stageMinimum: question(
    z.strictObject({
      registeredOn: day,
      opensOn: day,
      years: z.array(z.strictObject({ year, paid: euro, asked: euro, met: z.boolean().default(false) })),
    }),
    ({ registeredOn, opensOn, years }, law) => {
      const known = years.map(({ year: referenceYear, paid: totalCents, asked: requiredCents, met }) => {
        return { referenceYear, totalCents, requiredCents, met, confidence: 'verified' as const }
      })
      const { outcome, result, repairs } = stageMinimum({ registeredOn, opensOn, years: known }, law)
      const asked = result.requiredCents === null ? null : inEuro(result.requiredCents)
      return { reached: outcome === 'granted', asked, repairs: tellRepairs(repairs) }
    },
  ),
  prolongationFromQuarter: question(z.strictObject({ from: day, endedOn: day }), ({ from, endedOn }, law) => {
    const anew = endedOn < lastEndBeforeNew(law, from)
    return { anew, until: anew ? prolongationFromQuarter(from, law).result.to : null }
  }),
  warningDay: question(z.strictObject({ year }), ({ year }, law) => ({ warnBy: warningDay(year, law) })),
  prolongation: question(
    z.strictObject({
      year,
      capacities: z.array(span),
      contributions: contributions.nullable(),
      today: day.optional(),
    }),
    ({ year, capacities, contributions, today }, law) => {
      const referenceYear = year - 2
      const assessment = contributions && {
        ...contributions,
        referenceYear,
        shortCents: contributions.short ?? 0,
      }
      const facts = { year, caps: capacities, assessment, ...(today === undefined ? {} : { today }) }
      const decision = prolongation(facts, law)
      return {
        right: decision.outcome === 'granted' ? 'open' : 'closed',
        from: decision.result.from,
        until: decision.result.to,
        repairs: tellRepairs(decision.repairs),
        short: inEuro(Number(shortOf(decision.grounds) ?? 0)),
        confidence: decision.confidence,
      }
    },
  ),
  lastCoveredDay: question(
    z.strictObject({ endedOn: day, openedFrom: day.optional(), unmetYears: z.array(year).default([]) }),
    ({ endedOn, openedFrom, unmetYears }, law) => {
      const facts = { endedOn, unmetYears, ...(openedFrom === undefined ? {} : { openedFrom }) }
      const { result, repairs } = lastCoveredDay(facts, law)
      return { lastDay: result.lastDay, closedYears: result.closedYears, repairs: tellRepairs(repairs) }
    },
  ),
}
