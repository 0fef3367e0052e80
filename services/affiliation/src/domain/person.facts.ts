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

/** Everything a decision needs beside the stream: read once, before deciding, so that it can be replayed. */
export interface PersonFacts {
  readonly today: IsoDate
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
