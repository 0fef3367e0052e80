import {
  accept,
  addYears,
  type Decider,
  type Decision,
  dayToCome,
  type IsoDate,
  lastDayOfYear,
  quarterStart,
  type Rejection,
  reject,
} from '@ziv/kernel'
import type {
  AskIncomeProof,
  CloseIncomeProof,
  ContributionYearCommand,
  PayContribution,
  RecordAttest,
  RecordSlip,
  SettleYear,
} from './contribution-year.commands.ts'
import type { ContributionYearEvent, SlipCorrected } from './contribution-year.events.ts'
import { evolve, initialState, type SlipState, sendingKey, type YearState } from './contribution-year.ts'
import { sameEmployer } from './employer-numbers.ts'
import { sameOutcome, type YearAssessment } from './year-assessment.ts'

/** What a decision needs from outside the stream; pure, so that a decision can be played again years later. */
export interface YearFacts {
  readonly year: number
  readonly today: IsoDate
  /** Assesses a state of this year with the person's capacities, age and the parameters of the law. */
  readonly assess: (state: YearState) => YearAssessment
  /** Earliest last day that a request for information of a day may name. */
  readonly answerableUntil: (askedOn: IsoDate) => IsoDate
}

type SlipContent = Omit<RecordSlip, 'type' | 'commandId'>
type YearDecision = Decision<ContributionYearEvent, Rejection>

/**
 * Records a slip. The sending that was made last replaces the earlier by (employer, quarter), under either number of the employer
 * and whatever the order of arrival here; of two made at one moment the last received. Records of the same sending add up, except lines on paper. One that comes too late
 * is recorded as superseded; the same amount made later is recorded as confirmed, and is no news to anybody.
 * @law art. 277 and 286 KB 03-07-1996
 */
function recordSlip(command: RecordSlip, state: YearState, facts: YearFacts): YearDecision {
  if (Number(command.quarter.slice(0, 4)) !== facts.year)
    return reject('quarterOfAnotherYear', { quarter: command.quarter })
  if (command.amountCents < 0) return reject('amountImpossible', { amountCents: command.amountCents })
  const { type: _, commandId: __, ...sent } = command
  const [known, ...doubles] = slipsOf(command, state)
  if (known === undefined) return accept({ type: 'SlipRecorded', version: 1, data: sent })
  const content = underNumbersOf(known, sent)
  const replaced = doubles.filter((double) => double.amountCents > 0).map((double) => emptied(double, content))
  const order = command.createdAt - known.createdAt || command.arrival - known.arrival || lineOrder(command, known)
  if (order < 0) return superseded(content, known, replaced)
  const sameSending = order === 0
  if (sameSending && known.parts.includes(command.part)) return accept()
  const amountCents = sameSending ? known.amountCents + command.amountCents : command.amountCents
  if (amountCents === known.amountCents && !sameSending) {
    // of one moment: no event, so its place in the order of arrival is not kept; only a slip that waited under another
    // number and was received in between could tell the difference
    const named = content.otherNumber === known.otherNumber
    if (command.createdAt === known.createdAt && named && command.source === 'rsz') return accept()
    const confirmed = { type: 'SlipConfirmed', version: 1, data: { ...content, slipId: known.slipId } } as const
    return accept<ContributionYearEvent>(confirmed, ...replaced)
  }
  const data = { ...content, slipId: known.slipId, amountCents, previousAmountCents: known.amountCents }
  return accept<ContributionYearEvent>({ type: 'SlipCorrected', version: 1, data }, ...replaced)
}

/** Lines of a file of paper slips replace each other in their order; records of a file of the RSZ are of one sending. */
const lineOrder = ({ source, part }: RecordSlip, { parts }: SlipState): number =>
  source === 'paper' ? part - Math.max(...parts) : 0

/** Slips on file of the quarter whose employer a sending names by either number: one known under both, then the newest. */
function slipsOf(command: RecordSlip, state: YearState): readonly SlipState[] {
  const own = Object.values(state.slips).filter(
    (slip) => slip.quarter === command.quarter && sameEmployer(slip, command),
  )
  const paired = (slip: SlipState): number => (slip.otherNumber === undefined ? 1 : 0)
  return own.sort((a, b) => paired(a) - paired(b) || b.createdAt - a.createdAt || b.arrival - a.arrival)
}

/** A sending under the number that its slip has on file, with the other number where it is known. */
function underNumbersOf({ employerNumber, otherNumber }: SlipState, sent: SlipContent): SlipContent {
  const { otherNumber: _, ...content } = sent
  const other = otherNumber ?? [sent.employerNumber, sent.otherNumber].find((name) => name !== employerNumber)
  return { ...content, employerNumber, ...(other === undefined ? {} : { otherNumber: other }) }
}

/** Two slips turn out to be of one employer, once a sending names both numbers: the wage stays on one of them. */
function emptied({ slipId, employerNumber, amountCents }: SlipState, sent: SlipContent): SlipCorrected {
  const { otherNumber: _, ...content } = sent
  const data = { ...content, slipId, employerNumber, amountCents: 0, previousAmountCents: amountCents }
  return { type: 'SlipCorrected', version: 1, data }
}

function superseded(content: SlipContent, known: SlipState, replaced: readonly SlipCorrected[]): YearDecision {
  if (known.superseded?.includes(sendingKey(content))) return accept()
  const { createdAt, arrival } = known
  const data = { ...content, slipId: known.slipId, supersededBy: { createdAt, arrival } }
  return accept<ContributionYearEvent>({ type: 'SlipSuperseded', version: 1, data }, ...replaced)
}

/** Records what the social insurance fund attests for a quarter; the attest received later replaces the earlier, of one file the later line. */
function recordAttest(command: RecordAttest, state: YearState, facts: YearFacts): YearDecision {
  if (Number(command.quarter.slice(0, 4)) !== facts.year)
    return reject('quarterOfAnotherYear', { quarter: command.quarter })
  if (command.amountCents < 0) return reject('amountImpossible', { amountCents: command.amountCents })
  const { type: _, commandId: __, ...content } = command
  const known = state.attests[command.quarter]
  if (known === undefined) return accept({ type: 'AttestRecorded', version: 1, data: content })
  const same =
    known.status === command.status &&
    known.amountCents === command.amountCents &&
    known.fundNumber === command.fundNumber
  if ((command.arrival - known.arrival || command.part - known.part) <= 0) return accept()
  if (same) return accept({ type: 'AttestConfirmed', version: 1, data: { ...content, attestId: known.attestId } })
  return accept({
    type: 'AttestRecorded',
    version: 1,
    data: { ...content, attestId: known.attestId, previousAmountCents: known.amountCents },
  })
}

/**
 * Records a personal contribution or a complement. Payments add up; one payment reference counts once (over other persons
 * and years its writer looks before it asks).
 * @law art. 131 and 134 KB 03-07-1996: payable until 31 December of the fifth year after the reference year
 */
function payContribution(command: PayContribution, state: YearState, facts: YearFacts): YearDecision {
  if (Number(command.quarter.slice(0, 4)) !== facts.year)
    return reject('quarterOfAnotherYear', { quarter: command.quarter })
  if (command.amountCents <= 0) return reject('amountImpossible', { amountCents: command.amountCents })
  const { type: _, commandId: __, ...content } = command
  const known = state.payments[command.paymentId]
  if (known !== undefined) {
    const same =
      known.amountCents === command.amountCents &&
      known.quarter === command.quarter &&
      known.receivedOn === command.receivedOn
    return same ? accept() : reject('paymentDiffers', { paymentId: command.paymentId })
  }
  if (dayToCome({ receivedOn: command.receivedOn }, facts.today))
    return reject('receivedInFuture', { receivedOn: command.receivedOn })
  // a guard of ours against a mistyped day, not a rule of the law: people pay ahead, but not for years
  if (command.receivedOn < addYears(quarterStart(command.quarter), -1)) {
    return reject('receivedLongBefore', { receivedOn: command.receivedOn, quarter: command.quarter })
  }
  const { payableUntil, regime, met, repairs } = facts.assess(state)
  // of a year that also asks for a contribution of its own, as of studies, that payment is taken while the fund still has to attest
  if (!met && regime === 'selfEmployed' && !repairs.some(({ kind }) => kind === 'payQuarters')) {
    // only a year that is over is repaired by a registration as resident
    if (facts.today <= lastDayOfYear(facts.year))
      return reject('paidAtFund', { year: facts.year, quarter: command.quarter })
    const quarters = repairs.find(({ kind }) => kind === 'attestQuarters')?.params.quarters ?? ''
    return reject('fundMustAttest', { year: facts.year, quarters: String(quarters) })
  }
  if (command.receivedOn > payableUntil) {
    return reject('paidTooLate', { year: facts.year, payableUntil, receivedOn: command.receivedOn })
  }
  return accept({ type: 'PersonalContributionPaid', version: 1, data: content })
}

/**
 * Asks for proof of the family income, with a term to give it in.
 * @law art. 134 KB 03-07-1996; Charter of the socially insured art. 11 (recalled): a month at least to answer
 */
function askIncomeProof(command: AskIncomeProof, state: YearState, facts: YearFacts): YearDecision {
  const { askedOn, answerUntil } = command
  if (dayToCome({ askedOn }, facts.today)) return reject('askedInFuture', { askedOn })
  const earliest = facts.answerableUntil(askedOn)
  if (answerUntil < earliest) return reject('termTooShort', { answerUntil, earliest })
  const { income } = state
  if (income?.closed === null && income.askedOn === askedOn && income.answerUntil === answerUntil) return accept()
  if (income !== null && askedOn < income.askedOn)
    return reject('incomeProofAlreadyAsked', { askedOn, known: income.askedOn })
  if (facts.assess({ ...state, income: null }).awaits !== 'incomeProof')
    return reject('incomeProofWithoutEffect', { year: facts.year })
  return told({ type: 'IncomeProofAsked', version: 1, data: { askedOn, answerUntil } }, state, facts)
}

/** Closes the request: for want of a proof only after its term. */
function closeIncomeProof({ outcome }: CloseIncomeProof, state: YearState, facts: YearFacts): YearDecision {
  const { income } = state
  if (income === null) return reject('incomeProofNotAsked', { year: facts.year })
  if (income.closed !== null && income.closed.outcome === outcome) return accept()
  if (outcome === 'notGiven' && facts.today <= income.answerUntil) {
    return reject('answerStillPossible', { answerUntil: income.answerUntil })
  }
  return told({ type: 'IncomeProofClosed', version: 1, data: { closedOn: facts.today, outcome } }, state, facts)
}

/** An event beside the contributions, with how the year stands after it. */
function told(event: ContributionYearEvent, state: YearState, facts: YearFacts): YearDecision {
  const after = assessUnsettled(evolve(state, event), facts)
  return after.ok ? accept(event, ...after.events) : after
}

function settle(facts: YearFacts, state: YearState): ContributionYearEvent[] {
  const assessment = facts.assess(state)
  if (state.settled !== null && sameOutcome(state.settled, assessment)) return []
  return [{ type: 'YearSettled', version: 1, data: { settledOn: facts.today, ...kept(assessment) } }]
}

/** What a settlement keeps: the reasons are worked out again from the same facts. */
function kept(a: YearAssessment): YearAssessment {
  const { regime, totalCents, requiredCents, met, shortCents, payableUntil, confidence, awaits, repairs } = a
  const open = awaits === undefined ? {} : { awaits }
  return { regime, totalCents, requiredCents, met, shortCents, payableUntil, confidence, ...open, repairs }
}

/** A settled year is settled again instead; a year that nobody contributed to was told to nobody. */
function assessUnsettled(state: YearState, facts: YearFacts): YearDecision {
  if (state.settled !== null) return accept(...settle(facts, state))
  const assessment = kept(facts.assess(state))
  if (state.told !== null && sameOutcome(state.told, assessment)) return accept()
  return accept({ type: 'YearAssessed', version: 1, data: { assessedOn: facts.today, ...assessment } })
}

function settleYear(_: SettleYear, state: YearState, facts: YearFacts): YearDecision {
  const end = lastDayOfYear(facts.year)
  if (facts.today <= end) return reject('yearNotOver', { year: facts.year, end })
  return accept(...settle(facts, state))
}

function decideContent(command: ContributionYearCommand, state: YearState, facts: YearFacts): YearDecision {
  switch (command.type) {
    case 'RecordSlip':
      return recordSlip(command, state, facts)
    case 'RecordAttest':
      return recordAttest(command, state, facts)
    case 'PayContribution':
      return payContribution(command, state, facts)
    case 'AskIncomeProof':
      return askIncomeProof(command, state, facts)
    case 'CloseIncomeProof':
      return closeIncomeProof(command, state, facts)
    case 'SettleYear':
      return settleYear(command, state, facts)
    case 'ReviewYear':
      // a year that is not over is decided when it is: its settlement run, or a capacity that is told later
      return accept(...(state.settled === null && facts.today <= lastDayOfYear(facts.year) ? [] : settle(facts, state)))
    case 'AssessYear':
      return assessUnsettled(state, facts)
    default:
      throw new Error(`unknown command: ${JSON.stringify(command satisfies never)}`)
  }
}

/** Decides one command. A contribution that changes the outcome of a settled year settles it again. */
function decide(command: ContributionYearCommand, state: YearState, facts: YearFacts): YearDecision {
  const decision = decideContent(command, state, facts)
  if (!decision.ok || state.settled === null || decision.events.length === 0) return decision
  const after = decision.events.reduce(evolve, state)
  // nothing more when the decision settled it
  return accept(...decision.events, ...settle(facts, after))
}

export const contributionYear: Decider<
  YearState,
  ContributionYearCommand,
  ContributionYearEvent,
  Rejection,
  YearFacts
> = { initialState, evolve, decide }
