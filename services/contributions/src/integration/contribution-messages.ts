import { type DataOf, referenceYearAssessed, referenceYearSettled, slipRecorded } from '@ziv/contracts'
import type { OutboxDraft, StreamChange } from '@ziv/event-store'
import { isoDate } from '@ziv/kernel'
import { type Repair, runsOn, whileItRuns } from '@ziv/law'
import { type Membership, tenantOf } from '@ziv/members'
import { draft } from '@ziv/messaging'
import type { YearWork } from '../commands/year-work.ts'
import type { ContributionYearCommand } from '../domain/contribution-year.commands.ts'
import type { ContributionYearEvent, PublishedYearEvent } from '../domain/contribution-year.events.ts'
import type { YearState } from '../domain/contribution-year.ts'
import type { outcomeOf, YearAssessment } from '../domain/year-assessment.ts'

type ExplainedYear = ReturnType<typeof outcomeOf>

export const messageSource = '/contributions'

type SettledData = DataOf<typeof referenceYearSettled>
type RunningData = Pick<DataOf<typeof referenceYearAssessed>, 'assessment' | 'grounds' | 'repairs' | 'atYearEnd'>
type InsurerCode = DataOf<typeof slipRecorded>['insurer']

function slipContent(event: Exclude<PublishedYearEvent, { type: 'YearSettled' | 'YearAssessed' }>) {
  switch (event.type) {
    case 'SlipRecorded':
    case 'SlipCorrected': {
      const { slipId, source, employerNumber, quarter, amountCents } = event.data
      const previous = event.type === 'SlipCorrected' ? { previousAmountCents: event.data.previousAmountCents } : {}
      return { slipId, source, employerNumber, quarter, amountCents, ...previous }
    }
    case 'AttestRecorded': {
      const { attestId, quarter, amountCents, previousAmountCents } = event.data
      const previous = previousAmountCents === undefined ? {} : { previousAmountCents }
      return { slipId: attestId, source: 'selfEmployedFund' as const, quarter, amountCents, ...previous }
    }
    case 'PersonalContributionPaid': {
      const { contributionId, quarter, amountCents } = event.data
      return { slipId: contributionId, source: 'personalContribution' as const, quarter, amountCents }
    }
  }
}

function figuresOf(assessment: ExplainedYear): Omit<YearAssessment, 'repairs'> {
  const { grounds: _, repairs: __, ...figures } = assessment
  return figures
}

/** A year that runs and is not met, as it is told: what is in so far, and apart from that how it would stand on its last day. */
function runningYear(referenceYear: number, { grounds, repairs, ...figures }: ExplainedYear) {
  if (figures.met) return null
  const { shortCents, awaits } = figures
  const atEnd = { shortCents, ...(awaits === undefined ? {} : { awaits }), grounds, repairs }
  const result = { referenceYear, ...figures, payableUntil: isoDate(figures.payableUntil) }
  const now = whileItRuns({
    outcome: 'refused',
    confidence: figures.confidence,
    result,
    grounds,
    repairs: repairs as Repair[],
  })
  const told = { assessment: now.result, grounds: now.grounds, repairs: now.repairs, atYearEnd: atEnd }
  return told as unknown as RunningData
}

const quiet: ReadonlySet<string> = new Set<Exclude<ContributionYearEvent, PublishedYearEvent>['type']>([
  'SlipSuperseded',
  'SlipConfirmed',
  'AttestConfirmed',
  'IncomeProofAsked',
  'IncomeProofClosed',
])

export const isPublished = (event: ContributionYearEvent): event is PublishedYearEvent => !quiet.has(event.type)

type YearChange = StreamChange<YearState, ContributionYearCommand, ContributionYearEvent, YearWork>

/** The messages the other services read about a change of a year; each carries the assessment after it. */
export function yearMessages(change: YearChange): readonly OutboxDraft[] {
  const { events, facts, after } = change
  const published = events.filter(({ event }) => isPublished(event))
  if (published.length === 0) return []
  const assessment = facts.assess(after)
  return published.map(({ event, eventId }) => messageOf(event as PublishedYearEvent, eventId, change, assessment))
}

function messageOf(
  event: PublishedYearEvent,
  eventId: string,
  { facts, after, recordedAt, metadata }: YearChange,
  assessment: ExplainedYear,
): OutboxDraft {
  const { person, personId, year, today } = facts
  const { insurer, ziekenfonds } = tenantOf(person, today) as Membership
  const who = { personId, insurer: insurer as InsurerCode, ziekenfonds }
  const envelope = {
    ...{ key: personId, insurer, ziekenfonds, recordedAt, source: messageSource, id: eventId, causationId: eventId },
    ...{ actor: metadata.actor, correlationId: metadata.correlationId },
  }
  // what the law gives is read-only; a message has the same content
  const grounds = assessment.grounds as unknown as SettledData['grounds']
  if (event.type === 'YearSettled') {
    const { settledOn, repairs, ...outcome } = event.data
    const told = {
      assessment: { referenceYear: year, ...outcome },
      grounds,
      repairs: repairs as SettledData['repairs'],
    }
    return draft(referenceYearSettled, { ...envelope, data: { ...who, settledOn, ...told } })
  }
  const running = runsOn(year, today) ? runningYear(year, assessment) : null
  if (event.type === 'YearAssessed') {
    const { assessedOn, repairs, ...outcome } = event.data
    const told = running ?? {
      assessment: { referenceYear: year, ...outcome },
      grounds,
      repairs: repairs as SettledData['repairs'],
    }
    return draft(referenceYearAssessed, { ...envelope, data: { ...who, assessedOn, ...told } })
  }
  if (running !== null) {
    // that it runs and what is in so far stands in the assessment: a slip repeats neither in words
    const { assessment: soFar, atYearEnd } = running
    return draft(slipRecorded, { ...envelope, data: { ...who, ...slipContent(event), assessment: soFar, atYearEnd } })
  }
  const told = { referenceYear: year, ...figuresOf(assessment) }
  // a settled year explains itself with its settlement, and what is met on confirmed values needs no words
  const plain = after.settled !== null || (assessment.met && assessment.confidence === 'verified')
  const words = plain ? {} : { grounds, repairs: assessment.repairs as SettledData['repairs'] }
  return draft(slipRecorded, { ...envelope, data: { ...who, ...slipContent(event), assessment: told, ...words } })
}
