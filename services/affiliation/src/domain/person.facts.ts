import type { IsoDate, Rejection } from '@ziv/kernel'
import type {
  CapacityRule,
  CapacityRuleValue,
  Confidence,
  DependantFacts,
  Capacity as LawCapacity,
  LawDecision,
  ProofClaim,
  ProofVerdict,
  Retention,
  RetentionFacts,
  recoveryTerm,
  ShownProof,
} from '@ziv/law'
import type { PersonEvent } from './person.events.ts'
import type { Person } from './person.ts'

/** Dated figures of the agreement between proofs and claims. */
export interface ProofRules {
  /** Months before the claim from which an attest still speaks of it. */
  readonly attestMonths: number
  /** Quarters before that of the claim of which the income still counts. */
  readonly incomeQuartersBefore: number
  /** First day in the first year of an academic year, and last day in its second, written MM-DD. */
  readonly academicYear: { readonly first: string; readonly last: string }
}

/** The days of a capacity as they were told; without a first day there is none. */
export interface CapacityDays {
  readonly capacity: string
  readonly from: IsoDate | null
  readonly to: IsoDate | null
}

/** Everything a decision needs beside the stream: read once, before deciding, so that it can be replayed. */
export interface PersonFacts {
  readonly today: IsoDate
  /** First day of the law that this system knows: nothing before it can be decided. */
  readonly firstDay: IsoDate
  /** First day for which the law knows a capacity that `capacityOf` gives. */
  readonly knownFrom: (kind: string) => IsoDate
  /** First day of insurance by the start rule of the capacity. */
  readonly startOfInsurance: (kind: string, acquiredOn: IsoDate, requestedOn: IsoDate) => IsoDate
  /** Insurer of a ziekenfonds (or of 600 and 900 themselves) on a day; null when the register has none. */
  readonly insurerOf: (ziekenfonds: string, onDay: IsoDate) => string | null
  /** The kind of proof that the members of an insurer show, where a staff statute and no choice makes them; null elsewhere. */
  readonly statuteProof: (insurer: string, onDay: IsoDate) => string | null
  /** What the proofs of a capacity come to together, by the law of the day of the claim. */
  readonly weighProofs: (proofs: readonly ShownProof[], claim: ProofClaim) => ProofVerdict
  /** A capacity of the catalogue; undefined for a code that the law here does not know. */
  readonly capacityOf: (code: string) => LawCapacity | undefined
  /** What the law says of a capacity on a day. */
  readonly capacityRule: <R extends CapacityRule>(code: string, rule: R, onDay: IsoDate) => CapacityRuleValue<R>
  /** Whether a registration in a capacity for one year alone repairs that year. */
  readonly mendsYear: (code: string, onDay: IsoDate) => boolean
  /** Last day of a capacity, also where the age limit of children sets it and nobody recorded it yet (ZIV-besluit art. 123). */
  readonly lastDayOf: (spell: CapacityDays, birthDate: IsoDate | null) => IsoDate | null
  /** Whether a person can depend on a holder, with every ground (ZIV-besluit art. 123, 124). */
  readonly dependantAdmission: (claim: DependantFacts) => LawDecision<unknown>
  /** Partners who can depend on one holder at a time. */
  readonly dependantPartners: (onDay: IsoDate) => number
  /** Last day of insurance after the last own quality ended, as far as it can reach. */
  readonly lastDayOfRunOut: (endedOn: IsoDate, openedFrom: IsoDate) => IsoDate
  /** Whether the data of a person who left may go, and from which day. */
  readonly retention: (left: Omit<RetentionFacts, 'on'>) => LawDecision<Retention>
  /** How long what was paid until a day can be claimed back, asked today. */
  readonly recoveryTerm: (toldUntil: IsoDate) => ReturnType<typeof recoveryTerm>
  /** Months after a departure before another insurer can be chosen without a transfer, and how sure they are. */
  readonly freeChoice: (onDay: IsoDate) => { readonly months: number; readonly confidence: Confidence }
  /** The oldest year that can still be repaired today (ZIV-besluit art. 131). */
  readonly firstRepairableYear: () => number
  /** How the dates of a proof have to lie. */
  readonly proofRules: (onDay: IsoDate) => ProofRules
  /** The holder, for commands about a dependant. */
  readonly holder?: Person
  /** Proofs accepted by an earlier system stand in for documents: imports of the operator only. */
  readonly acceptsMigratedRecords?: boolean
}

export type PersonDecision =
  | { readonly ok: true; readonly events: readonly PersonEvent[] }
  | { readonly ok: false; readonly rejection: Rejection }
