import {
  addDays,
  addMonths,
  firstDayOfMonth,
  type IsoDate,
  lastDayOfMonth,
  maxDate,
  minDate,
  yearOf,
} from '@ziv/kernel'
import { capacityRule } from '../capacities/rule.ts'
import { datedRule } from '../dated-rule.ts'
import { cite, decision, fact } from '../decision.ts'
import { ground } from '../ground.ts'
import { UnknownParameter } from '../parameters/errors.ts'
import { perLaw } from '../per-law.ts'
import type { Law, LawDecision } from '../types.ts'
import { dependantReach } from './dependant-right.ts'
import { lastCoveredDay } from './last-covered-day.ts'
import { repairDeadline } from './repair-deadline.ts'
import { timeBar } from './time-bar.ts'

export interface RetentionFacts {
  /** Day of the question. */
  readonly on: IsoDate
  /** Last day with an insurer, whichever that was. */
  readonly affiliatedUntil: IsoDate
  /** Every capacity that was acquired, with its first and last day. */
  readonly capacities: readonly { readonly capacity: string; readonly from: IsoDate; readonly to: IsoDate }[]
  /** Nothing runs out after a death. */
  readonly diedOn?: IsoDate
}

/** Last days on which something can still be asked of what is known of a person, and the first day on which it may go. */
export interface Retention {
  readonly insuredUntil: IsoDate
  readonly billableUntil: IsoDate
  readonly repairableUntil: IsoDate
  readonly erasableFrom: IsoDate
}

/** The last day on which the data are kept after a last day with an insurer, by the terms that run from it. */
const termsOf = datedRule('procedure/erasure-terms', {
  everyTerm: (_: IsoDate, ...terms: readonly [IsoDate, ...IsoDate[]]): IsoDate => maxDate(...terms),
  departure: (lastDay: IsoDate): IsoDate => lastDay,
})

/**
 * Whether the data of a person who left may be erased (AVG art. 17, 3, b: not while the law obliges to keep them). Under the reading
 * `everyTerm` the right has run out (ZIV-besluit art. 131), care of its last day can be billed no more (ZIV-wet art. 174), and the
 * last year with an affiliation can be repaired no more (ZIV-besluit art. 131).
 */
export function retention(facts: RetentionFacts, law: Law): LawDecision<Retention> {
  const { on, affiliatedUntil } = facts
  const insuredUntil = lastInsuredDay(facts, law)
  const referenceYear = yearOf(affiliatedUntil)
  const deadline = repairDeadline(law, referenceYear)
  const repairableUntil = deadline.until
  const billing = timeBar({ careDate: maxDate(insuredUntil, lapseKnownFrom(law, null)), receivedOn: on }, law)
  const billableUntil = billing.result.lastDay
  const { version, parameter } = termsOf(law, affiliatedUntil)
  const ends = { insuredUntil, billableUntil, repairableUntil }
  const erasableFrom = addDays(version(affiliatedUntil, insuredUntil, billableUntil, repairableUntil), 1)
  const years = billing.grounds.flatMap(({ parameters }) => parameters)
  const granted = on >= erasableFrom
  const held = (until: IsoDate): boolean => granted || on > until
  const read = cite(parameter)
  const grounds = [
    ground('retention.insured', held(insuredUntil), [fact('insuredUntil', insuredUntil)], [read]),
    ground('retention.billing', held(billableUntil), [fact('billableUntil', billableUntil)], [read, ...years]),
    ground(
      'retention.repair',
      held(repairableUntil),
      [fact('referenceYear', referenceYear), fact('repairableUntil', repairableUntil)],
      [read, deadline.parameter],
    ),
  ]
  return decision(granted ? 'granted' : 'refused', { ...ends, erasableFrom }, grounds)
}

/**
 * Whether the data of a person may be erased who was told as insured on days that count no more: an affiliation that was withdrawn,
 * or ended on an earlier day than it was told to last. Care was paid on the strength of what was told, on `toldUntil` at the
 * latest, and what was paid unduly can be claimed back for some years after the end of the month of payment (ZIV-wet art. 174).
 */
export function recoveryTerm(
  { on, toldUntil }: { readonly on: IsoDate; readonly toldUntil: IsoDate },
  law: Law,
): LawDecision<{ readonly recoverableUntil: IsoDate; readonly erasableFrom: IsoDate }> {
  const years = law.at<number>('reimbursement/recovery-lapse-years', toldUntil)
  const recoverableUntil = lastDayOfMonth(addMonths(firstDayOfMonth(toldUntil), years.value * 12))
  const { version, parameter } = termsOf(law, toldUntil)
  const erasableFrom = addDays(version(toldUntil, recoverableUntil), 1)
  const granted = on >= erasableFrom
  const used = [fact('toldUntil', toldUntil), fact('recoverableUntil', recoverableUntil)]
  const grounds = [ground('retention.recovery', granted || on > recoverableUntil, used, [cite(parameter), cite(years)])]
  return decision(granted ? 'granted' : 'refused', { recoverableUntil, erasableFrom }, grounds)
}

/** Last day of a right: with every year in order it runs out latest; a death ends it. */
function lastInsuredDay({ affiliatedUntil, capacities, diedOn }: RetentionFacts, law: Law): IsoDate {
  const last = maxDate(affiliatedUntil, ...capacities.map((capacity) => lastDayOfRight(capacity, law)))
  return diedOn === undefined ? last : minDate(last, diedOn)
}

function lastDayOfRight({ capacity, from, to }: RetentionFacts['capacities'][number], law: Law): IsoDate {
  if (capacityRule(law, capacity, 'regime', from).value !== 'followsHolder')
    return lastCoveredDay({ endedOn: to, openedFrom: from }, law).result.lastDay
  // the last day is told; no day of birth is needed to find it
  return dependantReach({ capacity, birthDate: null, from, to }, law) ?? to
}

/** First day for which the law here knows when a claim lapses: older care is taken as of that day, so that it lapses no earlier. */
const lapseKnownFrom = perLaw((law, _: null): IsoDate => {
  const name = 'reimbursement/claim-lapse-years'
  const first = law.list().find((parameter) => parameter.name === name)?.values[0]
  if (first === undefined) throw new UnknownParameter(`${name} has no value`)
  return first.from
})
