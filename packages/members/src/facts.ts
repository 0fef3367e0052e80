import type { Instant, IsoDate } from '@ziv/kernel'

/** Insurer and ziekenfonds (three digits each) whose member a person is. */
export interface Membership {
  readonly insurer: string
  readonly ziekenfonds: string
}

/** Place of a fact among the facts about a person: of two about the same thing the later one by this triple counts. */
export interface FactPlace {
  /** Id of the event at the affiliation service; grounds of decisions point to it. */
  readonly id: string
  /** Moment at which the affiliation service recorded it; `knownAt` compares with it. */
  readonly recordedAt: Instant
  /** Place among the events about the person on one topic: two facts of one append share their moment. */
  readonly sequence: number
}

/** A capacity that waits for a decision of others. */
export interface PendingFacts
  extends Pick<CapacityFacts, 'capacityId' | 'capacity' | 'role' | 'acquiredOn' | 'requestedOn'> {
  readonly waitingFor: 'immigrationOffice' | 'manualDecision'
  /** The reference year for which alone it was asked, to repair it; null: for none. */
  readonly repairsYear: number | null
}

/** A capacity as it was acquired, without its end. */
export interface CapacityFacts {
  readonly capacityId: string
  /** Open code of the published list, for example `EMPLOYEE`. */
  readonly capacity: string
  readonly role: 'holder' | 'dependant'
  /** First day of insurance in this capacity, by its start rule. */
  readonly from: IsoDate
  readonly acquiredOn: IsoDate
  readonly requestedOn: IsoDate
  /** The person a dependant depends on; null for a holder. */
  readonly holderPersonId: string | null
}

/**
 * One fact about a person, from one event of the affiliation service. A correction carries the whole new state of what it
 * corrects, so that the newest fact about a thing is enough.
 */
export type MemberFact = FactPlace &
  Membership &
  (
    | {
        readonly kind: 'opened'
        readonly affiliationId: string
        readonly from: IsoDate
        readonly birthDate: IsoDate | null
      }
    | { readonly kind: 'closed'; readonly affiliationId: string; readonly to: IsoDate }
    | ({ readonly kind: 'acquired' } & CapacityFacts)
    | ({ readonly kind: 'requested' } & PendingFacts)
    | { readonly kind: 'refused'; readonly capacityId: string }
    | { readonly kind: 'ended'; readonly capacityId: string; readonly to: IsoDate }
    | { readonly kind: 'died'; readonly diedOn: IsoDate }
    | { readonly kind: 'erased' }
    | {
        readonly kind: 'affiliationCorrected'
        readonly affiliationId: string
        readonly from: IsoDate
        readonly to: IsoDate | null
      }
    | { readonly kind: 'affiliationWithdrawn'; readonly affiliationId: string }
    | ({ readonly kind: 'capacityCorrected'; readonly to: IsoDate | null } & CapacityFacts)
    | { readonly kind: 'capacityWithdrawn'; readonly capacityId: string }
    | {
        readonly kind: 'personCorrected'
        /** null: the birth date is not corrected. */
        readonly birthDate: IsoDate | null
        /** null: the person is not dead. */
        readonly diedOn: IsoDate | null
      }
  )

/** Facts of some kinds. */
export type FactOf<K extends MemberFact['kind']> = Extract<MemberFact, { readonly kind: K }>

/** True when `a` counts rather than `b`: recorded later, else later in the owner's order, else the greater id. */
export function isNewer(a: FactPlace, b: FactPlace): boolean {
  if (a.recordedAt !== b.recordedAt) return a.recordedAt > b.recordedAt
  return a.sequence === b.sequence ? a.id > b.id : a.sequence > b.sequence
}
