import type { AttestStatus, ContributionYearEvent, IncomeOutcome, SlipSource } from './contribution-year.events.ts'
import type { YearAssessment } from './year-assessment.ts'

export interface SlipState {
  readonly slipId: string
  readonly source: SlipSource
  readonly employerNumber: string
  /** Second number under which the employer was named. */
  readonly otherNumber?: string | undefined
  readonly quarter: string
  readonly amountCents: number
  readonly createdAt: number
  readonly arrival: number
  /** Records of the sending `arrival` that are already in the amount. */
  readonly parts: readonly number[]
  /** Records of sendings made before the one on file, as `arrival:part`: none of them is decided twice. */
  readonly superseded?: readonly string[]
}

export interface AttestState {
  readonly attestId: string
  readonly fundNumber: string
  readonly quarter: string
  readonly status: AttestStatus
  readonly amountCents: number
  readonly arrival: number
  readonly part: number
}

export interface PaymentState {
  readonly contributionId: string
  readonly paymentId: string
  readonly quarter: string
  readonly amountCents: number
  readonly receivedOn: string
}

/** Proof of the family income, as it was asked last. */
export interface IncomeState {
  readonly askedOn: string
  readonly answerUntil: string
  /** Null while the proof can still be given. */
  readonly closed: { readonly closedOn: string; readonly outcome: IncomeOutcome } | null
}

/** Contributions of one person for one year. Plain JSON: it is also what the read model keeps. */
export interface YearState {
  /** By employer and quarter. */
  readonly slips: Readonly<Record<string, SlipState>>
  /** By quarter: one social insurance fund answers for a quarter. */
  readonly attests: Readonly<Record<string, AttestState>>
  /** By payment reference. */
  readonly payments: Readonly<Record<string, PaymentState>>
  /** Null while nobody asked for it. */
  readonly income: IncomeState | null
  readonly settled: (YearAssessment & { readonly settledOn: string }) | null
  /** What was told beside the contributions since the last of them; null when that contribution told how the year stands. */
  readonly told: YearAssessment | null
}

export const initialState = (): YearState => ({
  slips: {},
  attests: {},
  payments: {},
  income: null,
  settled: null,
  told: null,
})

export const sendingKey = ({ arrival, part }: { readonly arrival: number; readonly part: number }): string =>
  `${arrival}:${part}`

export const slipKey = (employerNumber: string, quarter: string): string => `${employerNumber}|${quarter}`

const otherOf = ({ otherNumber }: { readonly otherNumber?: string | undefined }, known: SlipState | undefined) => {
  const other = otherNumber ?? known?.otherNumber
  return other === undefined ? {} : { otherNumber: other }
}

/** Folds one event. Total: a type that is not ours in our own stream is a broken invariant. */
export function evolve(state: YearState, event: ContributionYearEvent): YearState {
  switch (event.type) {
    case 'SlipRecorded':
    case 'SlipCorrected':
    case 'SlipConfirmed': {
      const { slipId, source, employerNumber, quarter, amountCents, createdAt, arrival, part } = event.data
      const key = slipKey(employerNumber, quarter)
      const known = state.slips[key]
      const sameSending = known !== undefined && known.arrival === arrival && known.createdAt === createdAt
      const parts = sameSending ? [...known.parts, part] : [part]
      const replaced =
        known === undefined || sameSending ? [] : known.parts.map((at) => sendingKey({ ...known, part: at }))
      const superseded = [...(known?.superseded ?? []), ...replaced]
      const earlier = superseded.length === 0 ? {} : { superseded }
      const content = { slipId, source, employerNumber, quarter, amountCents, createdAt, arrival, parts }
      const slip: SlipState = { ...content, ...otherOf(event.data, known), ...earlier }
      return { ...state, told: null, slips: { ...state.slips, [key]: slip } }
    }
    case 'SlipSuperseded': {
      const key = slipKey(event.data.employerNumber, event.data.quarter)
      const known = state.slips[key]
      if (known === undefined) throw new Error('a slip was superseded by one that is not on file')
      const superseded = [...(known.superseded ?? []), sendingKey(event.data)]
      return { ...state, slips: { ...state.slips, [key]: { ...known, ...otherOf(event.data, known), superseded } } }
    }
    case 'AttestRecorded': {
      const { previousAmountCents: _, ...attest } = event.data
      return { ...state, told: null, attests: { ...state.attests, [attest.quarter]: attest } }
    }
    case 'AttestConfirmed':
      return { ...state, attests: { ...state.attests, [event.data.quarter]: event.data } }
    case 'PersonalContributionPaid':
      return { ...state, told: null, payments: { ...state.payments, [event.data.paymentId]: event.data } }
    case 'IncomeProofAsked':
      return { ...state, income: { ...event.data, closed: null } }
    case 'IncomeProofClosed': {
      if (state.income === null) throw new Error('a request for proof of income was closed that is not on file')
      return { ...state, income: { ...state.income, closed: event.data } }
    }
    case 'YearAssessed': {
      const { assessedOn: _, ...told } = event.data
      return { ...state, told }
    }
    case 'YearSettled':
      return { ...state, settled: event.data, told: null }
    default:
      throw new Error(`unknown event in a contribution year: ${JSON.stringify(event satisfies never)}`)
  }
}
