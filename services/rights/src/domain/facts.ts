import type { IsoDate } from '@ziv/kernel'

/** What the rights service knows of a person, one entry per event of another service. Never updated, only added. */
export type Fact = FactBase &
  (AffiliationOpenedFact | AffiliationClosedFact | CapacityAcquiredFact | CapacityEndedFact | DiedFact | AssessedFact)

export interface FactBase {
  /** Event id at the owner; the grounds of a decision point to it. */
  readonly id: string
  /** Moment the owner recorded it; `knownAt` compares with it. */
  readonly recordedAt: string
  /** Place among the owner's events about this person: two facts of one append share their moment. */
  readonly sequence: number
}

export interface AffiliationOpenedFact {
  readonly kind: 'affiliationOpened'
  readonly affiliationId: string
  readonly insurer: string
  readonly ziekenfonds: string
  readonly from: IsoDate
  readonly birthDate: IsoDate
}

export interface AffiliationClosedFact {
  readonly kind: 'affiliationClosed'
  readonly affiliationId: string
  readonly to: IsoDate
}

export interface CapacityAcquiredFact {
  readonly kind: 'capacityAcquired'
  readonly capacityId: string
  readonly capacity: string
  readonly from: IsoDate
  readonly holderPersonId?: string
}

export interface CapacityEndedFact {
  readonly kind: 'capacityEnded'
  readonly capacityId: string
  readonly to: IsoDate
}

export interface DiedFact {
  readonly kind: 'died'
  readonly diedOn: IsoDate
}

export interface AssessedFact {
  readonly kind: 'assessed'
  readonly referenceYear: number
  readonly regime: 'wage' | 'selfEmployed' | 'personal'
  readonly totalCents: number
  readonly requiredCents: number
  readonly met: boolean
  readonly shortCents: number
  readonly payableUntil: IsoDate
  readonly confidence: 'verified' | 'secondary' | 'derived' | 'assumed'
}

export interface AffiliationSpell {
  readonly id: string
  readonly insurer: string
  readonly ziekenfonds: string
  readonly from: IsoDate
  readonly to: IsoDate | null
  readonly factIds: readonly string[]
}

export interface CapacitySpell {
  readonly id: string
  readonly capacity: string
  readonly from: IsoDate
  readonly to: IsoDate | null
  readonly holderPersonId: string | null
  readonly factIds: readonly string[]
}

export type AssessmentState = AssessedFact & FactBase

/** The facts of one person put in shape: spells in order of their first day, the newest assessment per year. */
export interface Dossier {
  readonly personId: string
  readonly birthDate: IsoDate | null
  readonly affiliations: readonly AffiliationSpell[]
  readonly capacities: readonly CapacitySpell[]
  readonly assessments: ReadonlyMap<number, AssessmentState>
  readonly diedOn: IsoDate | null
  readonly diedFactId: string | null
}

/** Later recorded wins, then the owner's own order, then the id: the order of arrival never matters. */
const isNewer = (a: FactBase, b: FactBase): boolean => {
  if (a.recordedAt !== b.recordedAt) return a.recordedAt > b.recordedAt
  return a.sequence === b.sequence ? a.id > b.id : a.sequence > b.sequence
}

const newest = <K, F extends FactBase>(map: Map<K, F>, key: K, fact: F): void => {
  const known = map.get(key)
  if (known === undefined || isNewer(fact, known)) map.set(key, fact)
}

const byStart = (a: { from: IsoDate; id: string }, b: { from: IsoDate; id: string }): number =>
  a.from === b.from ? (a.id < b.id ? -1 : 1) : a.from < b.from ? -1 : 1

/**
 * Folds facts into a dossier. With `knownAt`, only facts recorded up to that moment count.
 * The result does not depend on the order of the facts, and a fact given twice counts once.
 */
export function dossierOf(personId: string, facts: Iterable<Fact>, knownAt?: string): Dossier {
  const opened = new Map<string, FactBase & AffiliationOpenedFact>()
  const closed = new Map<string, FactBase & AffiliationClosedFact>()
  const acquired = new Map<string, FactBase & CapacityAcquiredFact>()
  const ended = new Map<string, FactBase & CapacityEndedFact>()
  const assessments = new Map<number, AssessmentState>()
  const deaths = new Map<string, FactBase & DiedFact>()
  for (const fact of facts) {
    if (knownAt !== undefined && fact.recordedAt > knownAt) continue
    if (fact.kind === 'affiliationOpened') newest(opened, fact.affiliationId, fact)
    else if (fact.kind === 'affiliationClosed') newest(closed, fact.affiliationId, fact)
    else if (fact.kind === 'capacityAcquired') newest(acquired, fact.capacityId, fact)
    else if (fact.kind === 'capacityEnded') newest(ended, fact.capacityId, fact)
    else if (fact.kind === 'assessed') newest(assessments, fact.referenceYear, fact)
    else newest(deaths, personId, fact)
  }
  const death = deaths.get(personId)
  let first: (FactBase & AffiliationOpenedFact) | undefined
  for (const fact of opened.values()) if (first === undefined || isNewer(fact, first)) first = fact
  return {
    personId,
    birthDate: first?.birthDate ?? null,
    affiliations: [...opened.values()].map((fact) => affiliationSpell(fact, closed)).sort(byStart),
    capacities: [...acquired.values()].map((fact) => capacitySpell(fact, ended)).sort(byStart),
    assessments: new Map([...assessments].sort(([a], [b]) => a - b)),
    diedOn: death?.diedOn ?? null,
    diedFactId: death?.id ?? null,
  }
}

function affiliationSpell(
  fact: FactBase & AffiliationOpenedFact,
  closed: ReadonlyMap<string, FactBase & AffiliationClosedFact>,
): AffiliationSpell {
  const end = closed.get(fact.affiliationId)
  return {
    id: fact.affiliationId,
    insurer: fact.insurer,
    ziekenfonds: fact.ziekenfonds,
    from: fact.from,
    to: end?.to ?? null,
    factIds: end === undefined ? [fact.id] : [fact.id, end.id],
  }
}

function capacitySpell(
  fact: FactBase & CapacityAcquiredFact,
  ended: ReadonlyMap<string, FactBase & CapacityEndedFact>,
): CapacitySpell {
  const end = ended.get(fact.capacityId)
  return {
    id: fact.capacityId,
    capacity: fact.capacity,
    from: fact.from,
    to: end?.to ?? null,
    holderPersonId: fact.holderPersonId ?? null,
    factIds: end === undefined ? [fact.id] : [fact.id, end.id],
  }
}
