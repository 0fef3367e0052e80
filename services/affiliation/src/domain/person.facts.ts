import type { IsoDate, Rejection } from '@ziv/kernel'
import type { CapacityKind } from './capacities.ts'
import type { PersonEvent } from './person.events.ts'
import type { Person } from './person.ts'

/** What a ticked box of an annex 15 means under one model of the document. */
export type BoxEffect =
  | 'accepted'
  | 'refused'
  | 'awaitsImmigrationOffice'
  | 'needsSupport'
  | 'needsProtectionDecision'
  | 'manualDecision'

/** Dated figures of the agreement between proofs and claims. */
export interface ProofRules {
  /** Months before the claim from which an attest still speaks of it. */
  readonly attestMonths: number
  /** Months of validity up to which a card A is taken for that of a victim of trafficking. */
  readonly shortCardMonths: number
}

/** Everything a decision needs beside the stream: read once, before deciding, so that it can be replayed. */
export interface PersonFacts {
  readonly today: IsoDate
  /** First day of the law that this system knows: nothing before it can be decided. */
  readonly firstDay: IsoDate
  /** First day of insurance by the start rule of the capacity. */
  readonly startOfInsurance: (kind: CapacityKind, acquiredOn: IsoDate, requestedOn: IsoDate) => IsoDate
  /** Insurer of a ziekenfonds (or of 600 and 900 themselves) on a day; null when the register has none. */
  readonly insurerOf: (ziekenfonds: string, onDay: IsoDate) => string | null
  /** Effect of a box of an annex 15 under the model in force on its date. */
  readonly annex15Box: (box: number, modelDate: IsoDate) => BoxEffect
  /** Age at which a child can no longer depend. */
  readonly childAgeLimit: (onDay: IsoDate) => number
  /** Last day on which somebody can depend as a child, whatever was proven. */
  readonly lastDayAsChild: (birthDate: IsoDate) => IsoDate
  /** Last day of insurance after the last own quality ended, as far as it can reach. */
  readonly lastDayOfRunOut: (endedOn: IsoDate, openedFrom: IsoDate) => IsoDate
  /** Months after a departure before another insurer can be chosen without a transfer. */
  readonly monthsBeforeFreeChoice: (onDay: IsoDate) => number
  /** How the dates of a proof have to lie. */
  readonly proofRules: (onDay: IsoDate) => ProofRules
  /** The capacity gives a right without a contribution of one's own: whoever has it cannot be a dependant (art. 124). */
  readonly freeOwnRight: (kind: CapacityKind) => boolean
  /** Highest own gross income per quarter of an adult dependant, in cents. */
  readonly dependantIncomeCeiling: (onDay: IsoDate) => number
  /** The holder, for commands about a dependant. */
  readonly holder?: Person
  /** Proofs accepted by an earlier system stand in for documents: imports only. */
  readonly acceptsMigratedRecords?: boolean
}

export type PersonDecision =
  | { readonly ok: true; readonly events: readonly PersonEvent[] }
  | { readonly ok: false; readonly rejection: Rejection }
