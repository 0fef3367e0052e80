import type { IsoDate } from '@ziv/kernel'
import type { Evidence } from './evidence.ts'

export type Leaving = 'death' | 'transfer' | 'departure'

/** First and last day, null while it runs. */
export interface Span {
  readonly from: IsoDate
  readonly to: IsoDate | null
}

/**
 * An affiliation: the days that count (`from`, `to`, `reason`) follow from what was asked and told (`claimedFrom`, `leftOn`), from
 * the capacities within it and from the death of the person, in whatever order all that became known.
 */
export interface Affiliation extends Span {
  readonly affiliationId: string
  readonly insurer: string
  readonly ziekenfonds: string
  readonly reason: Leaving | null
  readonly claimedFrom: IsoDate
  readonly leftOn: IsoDate | null
  /** It ended because the holder left the insurer. */
  readonly followsHolder: boolean
  readonly requestedOn: IsoDate
  /** Events that say what now holds of it; a correction names them. */
  readonly eventIds: readonly string[]
}

export interface Proof {
  readonly evidenceId: string
  readonly evidence: Evidence
  readonly eventIds: readonly string[]
}

/** `displaced`: claimed and proven, and no day is left beside what goes before it. */
export type CapacityStatus = 'pending' | 'acquired' | 'refused' | 'displaced'

/** A capacity: its days (`status`, `from`, `to`) follow from what was claimed and from everything else about the person. */
export interface Capacity {
  readonly capacityId: string
  readonly affiliationId: string
  /** Code of the capacity. */
  readonly capacity: string
  readonly status: CapacityStatus
  readonly waitingFor: 'immigrationOffice' | 'manualDecision' | null
  readonly acquiredOn: IsoDate
  /** The day of acquisition told first, whatever corrections say since: of it speaks the record that an import brought. */
  readonly firstAcquiredOn: IsoDate
  readonly requestedOn: IsoDate
  readonly from: IsoDate | null
  readonly to: IsoDate | null
  readonly holderPersonId: string | null
  /** What was decided on the claim itself. */
  readonly verdict: 'pending' | 'acquired' | 'refused'
  /** First day by the start rule; null while it waits. */
  readonly ruleStart: IsoDate | null
  /** Last day as it was told. */
  readonly endedOn: IsoDate | null
  /** Days on which the holder gives the quality; null for a dependant to whom the holder gives none, and for a holder. */
  readonly holderSpan: Span | null
  /** Of a dependant: the first day of insurance for which the proofs were found to bear the quality; null for a holder. */
  readonly provenFrom: IsoDate | null
  /** The year short of contributions that it repairs, and for which alone it counts. */
  readonly repairsYear: number | null
  readonly relation: 'own' | 'adopted' | 'partnerChild' | 'grandchild' | 'foster' | null
  readonly partnership: 'married' | 'cohabiting' | null
  readonly proofs: readonly Proof[]
  readonly eventIds: readonly string[]
}

/** `from` and `to` of one who is displaced are the days that were told last: the place to which the claim can come back. */
export interface Dependant extends Span {
  readonly personId: string
  readonly capacityId: string
  readonly capacity: string
  readonly partnership: 'married' | 'cohabiting' | null
  /** Claimed, and without a day as long as what displaces it stands. */
  readonly displaced: boolean
}

export interface Person {
  readonly personId: string | null
  readonly inszIndex: string | null
  readonly previousInszIndexes: readonly string[]
  readonly birthDate: IsoDate | null
  readonly sex: 'M' | 'F' | 'X' | null
  readonly diedOn: IsoDate | null
  readonly erased: boolean
  readonly affiliations: readonly Affiliation[]
  /** Where the affiliation was that was withdrawn last; null when none was. */
  readonly withdrawnFrom: { readonly insurer: string; readonly ziekenfonds: string } | null
  /** Withdrawn while claims in them can come back, each with the days it had. */
  readonly withdrawnAffiliations: readonly Affiliation[]
  /** The last day on which others took the person for insured and that counts no more; null when there is none. */
  readonly toldUntil: IsoDate | null
  readonly capacities: readonly Capacity[]
  /** Those that never were: only what a refusal says of them is kept. */
  readonly withdrawnCapacities: readonly Pick<Capacity, 'capacityId' | 'capacity'>[]
  readonly dependants: readonly Dependant[]
  /** Every insurer that was ever told of the person, with its last ziekenfonds. */
  readonly toldTo: readonly { readonly insurer: string; readonly ziekenfonds: string }[]
  /** Events that say what now holds of birth and sex, and of death. */
  readonly birthEventIds: readonly string[]
  readonly deathEventIds: readonly string[]
}

export const nobody: Person = {
  personId: null,
  inszIndex: null,
  previousInszIndexes: [],
  birthDate: null,
  sex: null,
  diedOn: null,
  erased: false,
  affiliations: [],
  withdrawnFrom: null,
  withdrawnAffiliations: [],
  toldUntil: null,
  capacities: [],
  withdrawnCapacities: [],
  dependants: [],
  toldTo: [],
  birthEventIds: [],
  deathEventIds: [],
}

export const coversDay = (entry: { from: IsoDate | null; to: IsoDate | null }, onDay: IsoDate): boolean =>
  entry.from !== null && entry.from <= onDay && (entry.to === null || entry.to >= onDay)

export const openAffiliation = (person: Person): Affiliation | undefined =>
  person.affiliations.find((entry) => entry.to === null)

/** The affiliation of a holder in which somebody depends from a day on: that of the day, or the one it was moved to. */
export const bearing = ({ affiliations }: Person, from: IsoDate): Affiliation | undefined =>
  affiliations.find((entry) => coversDay(entry, from)) ?? affiliations.find(({ to }) => to === null || to >= from)

/**
 * The affiliation in which something that begins on a day has its place: the open one, and where none is open the one of the day, or
 * the first one after it, which reaches back.
 */
export const placeOn = (person: Person, from: IsoDate): Affiliation | undefined =>
  openAffiliation(person) ?? bearing(person, from)

/** The affiliation that a capacity lies in, also one that was withdrawn under its claim; a capacity without one is a defect. */
export function homeOf(person: Person, entry: Pick<Capacity, 'affiliationId' | 'capacityId'>): Affiliation {
  const known = [...person.affiliations, ...person.withdrawnAffiliations]
  const home = known.find((affiliation) => affiliation.affiliationId === entry.affiliationId)
  if (!home) throw new Error(`capacity ${entry.capacityId} has no affiliation`)
  return home
}
