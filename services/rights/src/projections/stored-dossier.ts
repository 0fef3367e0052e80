import { deflateMember, inflateMember, type StoredMember } from '@ziv/members/store'
import type { AssessmentState, Dossier, YearExplanation } from '../domain/facts.ts'

type S = AssessmentState

/** A dossier as it lies in `app.persons`: values in a fixed order, no names, for bulk runs read millions of them. */
export type StoredDossier = readonly [member: StoredMember, assessments: readonly StoredAssessment[]]

type StoredAssessment = readonly [
  ...fact: [id: S['id'], recordedAt: S['recordedAt'], sequence: S['sequence']],
  ...about: [S['referenceYear'], S['regime'], S['totalCents'], S['requiredCents'], S['met'], S['shortCents']],
  ...until: [S['payableUntil'], S['confidence']],
  explanation: StoredExplanation | null,
  /** Only of an open year. */
  awaits?: S['awaits'],
]

type E = YearExplanation
type StoredExplanation = readonly [
  E['id'],
  E['recordedAt'],
  E['sequence'],
  E['met'],
  E['grounds'],
  E['repairs'],
  E['awaits']?,
]

/** A dossier as one JSON value; `inflate` is its inverse. */
export function deflate({ assessments, ...member }: Dossier): string {
  const years = Array.from(assessments.values(), (s) => [
    ...[s.id, s.recordedAt, s.sequence, s.referenceYear, s.regime, s.totalCents, s.requiredCents, s.met],
    ...[s.shortCents, s.payableUntil, s.confidence],
    s.explanation === null ? null : storedExplanation(s.explanation),
    ...(s.awaits === undefined ? [] : [s.awaits]),
  ])
  return `[${deflateMember(member)},${JSON.stringify(years)}]`
}

const storedExplanation = (e: YearExplanation): StoredExplanation => {
  const stored = [e.id, e.recordedAt, e.sequence, e.met, e.grounds, e.repairs] as const
  return e.awaits === undefined ? stored : [...stored, e.awaits]
}

function explanationOf([id, recordedAt, sequence, met, grounds, repairs, awaits]: StoredExplanation): YearExplanation {
  return { id, recordedAt, sequence, met, grounds, repairs, ...(awaits === undefined ? {} : { awaits }) }
}

/** Reads the stored dossier of a person back. */
export const inflate = (personId: string, [member, assessments]: StoredDossier): Dossier => ({
  ...inflateMember(personId, member),
  assessments: new Map(assessments.map((entry) => [entry[3], assessmentOf(entry)])),
})

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
    explanation: stored[11] === null ? null : explanationOf(stored[11]),
    ...(stored[12] === undefined ? {} : { awaits: stored[12] }),
  }
}
