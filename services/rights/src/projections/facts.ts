import type { Instant } from '@ziv/kernel'
import { loadMemberFacts } from '@ziv/members/store'
import { copyIn, copyRow, type Queryable, type Transaction } from '@ziv/postgres'
import { type AssessmentState, type Fact, isAssessment } from '../domain/facts.ts'

/** A fact with the person it is about, as a consumer hands it over. */
export interface PersonFact {
  readonly personId: string
  readonly fact: Fact
}

/** What is kept of an assessment beside its place, as the text that is stored. */
export const textOfAssessment = ({ id, recordedAt, sequence, kind, ...data }: AssessmentState): string =>
  JSON.stringify(data)

/**
 * Keeps assessments for good; what tells of a member is kept by `takeMembers`. The consumer has already dropped repeats; the
 * key is a second lock on that door.
 */
export async function insertAssessments(
  tx: Transaction,
  facts: readonly PersonFact[],
  receivedAt: string,
): Promise<void> {
  await copyIn(
    tx,
    'COPY app.facts (event_id, person_id, kind, recorded_at, sequence, received_at, data) FROM STDIN (FORMAT text)',
    facts.flatMap(({ personId, fact }) => {
      if (!isAssessment(fact)) return []
      const { id, recordedAt, sequence, kind } = fact
      return [copyRow([id, personId, kind, recordedAt, sequence, receivedAt, textOfAssessment(fact)])]
    }),
  )
}

interface FactRow {
  event_id: string
  person_id: string
  kind: string
  recorded_at: string
  sequence: string
  data: object
}

/** What contributions told of the years of some persons, optionally only what was recorded up to a moment. */
export async function loadAssessments(
  q: Queryable,
  personIds: readonly string[],
  knownAt?: Instant,
): Promise<ReadonlyMap<string, readonly AssessmentState[]>> {
  const { rows } = await q.query<FactRow>({
    name: knownAt === undefined ? 'rights_facts' : 'rights_facts_known_at',
    text: `select event_id, person_id, kind, recorded_at, sequence, data from app.facts
           where person_id = any($1::uuid[])${knownAt === undefined ? '' : ' and recorded_at <= $2::timestamptz'}`,
    values: knownAt === undefined ? [personIds] : [personIds, knownAt],
  })
  const facts = new Map<string, AssessmentState[]>(personIds.map((id) => [id, []]))
  for (const row of rows) {
    const fact = {
      id: row.event_id,
      recordedAt: row.recorded_at,
      sequence: Number(row.sequence),
      kind: row.kind,
      ...row.data,
    } as AssessmentState
    facts.get(row.person_id)?.push(fact)
  }
  return facts
}

/** All facts of some persons, optionally only those recorded up to a moment: of members and of reference years. */
export async function loadFacts(
  q: Queryable,
  personIds: readonly string[],
  knownAt?: Instant,
): Promise<ReadonlyMap<string, readonly Fact[]>> {
  const assessments = await loadAssessments(q, personIds, knownAt)
  const ofMembers = await loadMemberFacts(q, personIds, knownAt)
  return new Map(personIds.map((id) => [id, [...(ofMembers.get(id) ?? []), ...(assessments.get(id) ?? [])]]))
}
