import { accept, type Decider, type Decision, type IsoDate, sumCents } from '@ziv/kernel'
import type { ClaimEvent } from './claim.events.ts'
import type { Assessment } from './claim-input.ts'
import { storedLines } from './claim-lines.ts'

export interface ClaimHead {
  readonly claimId: string
  readonly channel: 'rest' | 'efact'
  readonly providerNumber: string
  readonly fileId?: string
  readonly sequence?: number
  readonly receivedOn: IsoDate
}

/** Settles what the controls and prices found. */
export interface SettleClaim {
  readonly type: 'SettleClaim'
  readonly head: ClaimHead
  readonly assessment: Assessment
}

export type ClaimState = 'open' | 'settled' | 'refused'

export const claimStream = (claimId: string): string => `claim-${claimId}`

/** A claim is decided once: the same claim again changes nothing. */
export const claim: Decider<ClaimState, SettleClaim, ClaimEvent, never, { readonly today: IsoDate }> = {
  initialState: () => 'open',
  evolve: (_state, event) => {
    if (event.type === 'ClaimSettled') return 'settled'
    if (event.type === 'ClaimRefused') return 'refused'
    throw new Error(`unknown event of a claim: ${JSON.stringify(event satisfies never)}`)
  },
  decide: (command, state, facts): Decision<ClaimEvent, never> =>
    state === 'open' ? accept(outcomeOf(command, facts.today)) : accept(),
}

function outcomeOf({ head, assessment }: SettleClaim, today: IsoDate): ClaimEvent {
  const { personId, insurer, ziekenfonds, codes, lines } = assessment
  const common = { ...head, codes: [...codes], ...storedLines(lines) }
  const paid = lines.filter((line) => line.outcome !== 'refused')
  // a line is paid only of a member of one of our insurers
  if (paid.length > 0) {
    const interventionCents = sumCents(paid.map((line) => line.interventionCents))
    const data = { ...common, personId, insurer, ziekenfonds, settledOn: today, interventionCents }
    return { type: 'ClaimSettled', version: 1, data: data as never }
  }
  const member = {
    ...(personId === undefined ? {} : { personId }),
    ...(insurer === undefined ? {} : { insurer, ziekenfonds }),
  }
  return { type: 'ClaimRefused', version: 1, data: { ...common, ...member, refusedOn: today } as never }
}
