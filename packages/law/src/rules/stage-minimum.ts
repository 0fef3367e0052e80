import { addDays, type IsoDate, yearOf } from '@ziv/kernel'
import { weakestConfidence } from '../confidence.ts'
import { datedRule } from '../dated-rule.ts'
import { cite, decision, fact, newYear, yearEnd } from '../decision.ts'
import { ground } from '../ground.ts'
import type { Law, LawDecision, Repair } from '../types.ts'
import type { ReferenceYearAssessment } from './assess-reference-year.ts'
import { provisionalGround } from './income-proof.ts'
import { repairDeadline } from './repair-deadline.ts'

export interface StageMinimumFacts {
  /** First day of the new registration. */
  readonly registeredOn: IsoDate
  /** First day after the stage. */
  readonly opensOn: IsoDate
  /** State of the years in which the stage lies; those of which no contribution is known are absent. */
  readonly years: readonly (Pick<
    ReferenceYearAssessment,
    'referenceYear' | 'totalCents' | 'requiredCents' | 'met' | 'confidence' | 'awaits'
  > &
    Partial<Pick<ReferenceYearAssessment, 'regime'>> & { readonly eventId?: string })[]
}

export interface StageMinimum {
  /** What the stage asks; null while what a year asks is not known. */
  readonly requiredCents: number | null
  /** What is paid of it. */
  readonly totalCents: number
}

/** Whether the parts of a stage are enough: each reaches its minimum, or the time alone counts. */
const readingOf = datedRule('rights/stage-minimum', {
  required: (parts: readonly { readonly met: boolean }[]): boolean => parts.every((part) => part.met),
  time: (): boolean => true,
})

const monthOf = (day: IsoDate): number => Number(day.slice(5, 7))

/**
 * Whether the minimum of the stage itself is reached (ZIV-besluit art. 130: the insurer checks the minimum fixed for the stage). It
 * is what a year asks from the registration on, in proportion to the months of the stage; amounts in cents. Granted at once
 * under the reading that time is enough (parameter `rights/stage-minimum`).
 */
export function stageMinimum(facts: StageMinimumFacts, law: Law): LawDecision<StageMinimum> {
  const { registeredOn, opensOn } = facts
  const { version: reached, parameter: reading } = readingOf(law, registeredOn)
  const last = addDays(opensOn, -1)
  const parts = []
  for (let year = yearOf(registeredOn); year <= yearOf(last); year += 1) parts.push(partOf(facts, year, last))
  const notKnown = parts.filter((part) => part.requiredCents === null).map((part) => part.year)
  const requiredCents = notKnown.length > 0 ? null : sum(parts.map((part) => part.requiredCents ?? 0))
  const totalCents = sum(parts.map((part) => part.paidCents))
  const met = reached(parts)
  const { until } = repairDeadline(law, yearOf(last))
  const confidence = weakestConfidence(facts.years.map((year) => year.confidence))
  // a part that only a year without proof of income leaves short closes nothing
  const open = met ? [] : parts.filter((part) => !part.met)
  if (open.length > 0 && open.every((part) => part.open)) {
    const grounds = open.map((part) => provisionalGround(part.year, part.eventId))
    const repairs = open.map(({ year: referenceYear }): Repair => {
      return { rule: 'right.provisional', kind: 'proveIncome', params: { referenceYear }, until }
    })
    return decision('granted', { requiredCents, totalCents }, grounds, repairs, confidence)
  }
  const rule = 'opening.stageMinimum'
  const used = [
    fact('registeredOn', registeredOn),
    fact('stageUntil', last),
    fact('requiredCents', requiredCents),
    fact('totalCents', totalCents),
    ...(notKnown.length > 0 ? [fact('yearsNotKnown', notKnown.join(', '))] : []),
    ...parts.map((part) => fact('referenceYear', part.year, part.eventId)),
  ]
  const shortCents = requiredCents === null ? null : Math.max(0, requiredCents - totalCents)
  const params = { registeredOn, stageUntil: last, ...(shortCents === null ? {} : { shortCents }) }
  return decision(
    met ? 'granted' : 'refused',
    { requiredCents, totalCents },
    [ground(rule, met, used, [cite(reading)])],
    met ? [] : [{ rule, kind: shortCents === null ? 'proveStage' : 'payStage', params, until }],
    confidence,
  )
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0)

/** The part of the stage that lies in one year, with what the year asks for it. */
function partOf({ registeredOn, years }: StageMinimumFacts, year: number, last: IsoDate) {
  const known = years.find(({ referenceYear }) => referenceYear === year)
  if (known === undefined || known.regime === 'unknown')
    return { year, met: false, open: false, requiredCents: null, paidCents: 0, eventId: undefined }
  const from = yearOf(registeredOn) === year ? registeredOn : newYear(year)
  const to = yearOf(last) === year ? last : yearEnd(year)
  const months = monthOf(to) - monthOf(from) + 1
  const asked = Math.ceil((known.requiredCents * months) / (monthOf(yearEnd(year)) - monthOf(from) + 1))
  const paidCents = Math.min(known.totalCents, asked)
  return {
    year,
    met: known.met || paidCents >= asked,
    open: known.awaits !== undefined,
    requiredCents: asked,
    paidCents,
    eventId: known.eventId,
  }
}
