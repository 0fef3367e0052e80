import type { AffiliationSpell, AssessmentState, CapacitySpell, Dossier } from '../domain/facts.ts'

type D = Dossier
type A = AffiliationSpell
type C = CapacitySpell
type S = AssessmentState

/** A dossier as it lies in `app.persons`: values in a fixed order, no names, for bulk runs read millions of them. */
export type StoredDossier = readonly [
  birthDate: D['birthDate'],
  diedOn: D['diedOn'],
  diedFactId: D['diedFactId'],
  affiliations: readonly (readonly [A['id'], A['insurer'], A['ziekenfonds'], A['from'], A['to'], A['factIds']])[],
  capacities: readonly (readonly [C['id'], C['capacity'], C['from'], C['to'], C['holderPersonId'], C['factIds']])[],
  assessments: readonly StoredAssessment[],
]

type StoredAssessment = readonly [
  ...fact: [id: S['id'], recordedAt: S['recordedAt'], sequence: S['sequence']],
  ...about: [S['referenceYear'], S['regime'], S['totalCents'], S['requiredCents'], S['met'], S['shortCents']],
  ...until: [S['payableUntil'], S['confidence']],
]

/** A dossier as one JSON value; `inflate` is its inverse. */
export const deflate = ({ birthDate, diedOn, diedFactId, affiliations, capacities, assessments }: Dossier): string =>
  JSON.stringify([
    birthDate,
    diedOn,
    diedFactId,
    affiliations.map((a) => [a.id, a.insurer, a.ziekenfonds, a.from, a.to, a.factIds]),
    capacities.map((c) => [c.id, c.capacity, c.from, c.to, c.holderPersonId, c.factIds]),
    Array.from(assessments.values(), (s) => [
      ...[s.id, s.recordedAt, s.sequence, s.referenceYear, s.regime, s.totalCents, s.requiredCents, s.met],
      ...[s.shortCents, s.payableUntil, s.confidence],
    ]),
  ])

/** Reads the stored dossier of a person back. */
export function inflate(personId: string, stored: StoredDossier): Dossier {
  const [birthDate, diedOn, diedFactId, affiliations, capacities, assessments] = stored
  return {
    personId,
    birthDate,
    affiliations: affiliations.map(([id, insurer, ziekenfonds, from, to, factIds]) => {
      return { id, insurer, ziekenfonds, from, to, factIds }
    }),
    capacities: capacities.map(([id, capacity, from, to, holderPersonId, factIds]) => {
      return { id, capacity, from, to, holderPersonId, factIds }
    }),
    assessments: new Map(assessments.map((entry) => [entry[3], assessmentOf(entry)])),
    diedOn,
    diedFactId,
  }
}

function assessmentOf(stored: StoredAssessment): AssessmentState {
  return {
    kind: 'assessed',
    id: stored[0],
    recordedAt: stored[1],
    sequence: stored[2],
    referenceYear: stored[3],
    regime: stored[4],
    totalCents: stored[5],
    requiredCents: stored[6],
    met: stored[7],
    shortCents: stored[8],
    payableUntil: stored[9],
    confidence: stored[10],
  }
}
