import { type DataOf, referenceYearSettled, slipRecorded } from '@ziv/contracts'
import type { OutboxDraft } from '@ziv/event-store'
import type { Instant } from '@ziv/kernel'
import type { Membership } from '@ziv/members'
import { draft } from '@ziv/messaging'
import type { outcomeOf } from '../domain/assess-year.ts'
import type { ContributionYearEvent, PublishedYearEvent } from '../domain/contribution-year.events.ts'
import type { YearAssessment } from '../domain/year-assessment.ts'

type ExplainedYear = ReturnType<typeof outcomeOf>

export const messageSource = '/contributions'

export interface MessageContext {
  readonly personId: string
  readonly member: Membership
  readonly year: number
  readonly recordedAt: Instant
  readonly actor: string
  readonly correlationId: string
  readonly causationId: string
  /** Assessment of the year after the event; asked only when the message carries it. */
  readonly assessment: () => ExplainedYear
}

type SettledData = DataOf<typeof referenceYearSettled>
type InsurerCode = DataOf<typeof slipRecorded>['insurer']

function slipContent(event: Exclude<PublishedYearEvent, { type: 'YearSettled' }>) {
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

export const isPublished = (event: ContributionYearEvent): event is PublishedYearEvent =>
  event.type !== 'SlipSuperseded' && event.type !== 'SlipConfirmed'

/** Translates one of our events into the message the other services read. */
export function toIntegrationDraft(event: PublishedYearEvent, context: MessageContext): OutboxDraft {
  const { personId, member, year } = context
  const who = { personId, insurer: member.insurer as InsurerCode, ziekenfonds: member.ziekenfonds }
  const envelope = {
    key: personId,
    insurer: member.insurer,
    ziekenfonds: member.ziekenfonds,
    recordedAt: context.recordedAt,
    actor: context.actor,
    correlationId: context.correlationId,
    causationId: context.causationId,
    source: messageSource,
  }
  if (event.type === 'YearSettled') {
    const { settledOn, repairs, ...outcome } = event.data
    const { grounds } = context.assessment()
    return draft(referenceYearSettled, {
      ...envelope,
      id: context.causationId,
      data: {
        ...who,
        settledOn,
        assessment: { referenceYear: year, ...outcome },
        // what the law gives is read-only; a message has the same content
        grounds: grounds as unknown as SettledData['grounds'],
        repairs: repairs as unknown as SettledData['repairs'],
      },
    })
  }
  return draft(slipRecorded, {
    ...envelope,
    id: context.causationId,
    data: { ...who, ...slipContent(event), assessment: { referenceYear: year, ...figuresOf(context.assessment()) } },
  })
}
