import type { IsoDate } from '@ziv/kernel'
import { addDays } from '@ziv/kernel'
import { copyIn, copyRow, type Queryable, type Transaction } from '@ziv/postgres'
import type { InsuredDays, MemberFact } from '../domain/membership.ts'
import type { BatchFacts, FactPlace } from '../reactors/to-facts.ts'

const place = 'insurer, partition, "offset", event_id, person_id, recorded_at, ziekenfonds'
const placeOf = (fact: FactPlace) => [
  fact.insurer,
  fact.partition,
  fact.offset,
  fact.eventId,
  fact.personId,
  fact.recordedAt,
  fact.ziekenfonds,
]

/** Keeps the facts of a batch for good: one COPY per kind. The consumer dropped repeats already. */
export async function insertFacts(tx: Transaction, facts: BatchFacts): Promise<void> {
  const copy = async (table: string, columns: string, rows: readonly string[]): Promise<void> => {
    if (rows.length === 0) return
    await copyIn(tx, `COPY app.${table} (${place}, ${columns}) FROM STDIN (FORMAT text)`, rows)
  }
  await copy(
    'member_facts',
    'kind, spell_id, capacity, from_day, to_day, acquired_on',
    facts.members.map((fact) =>
      copyRow([...placeOf(fact), fact.kind, fact.spellId, fact.capacity, fact.from, fact.to, fact.acquiredOn]),
    ),
  )
  await copy(
    'right_facts',
    'periods',
    facts.rights.map((fact) => copyRow([...placeOf(fact), multirange(fact.periods)])),
  )
  await copy(
    'slip_facts',
    'day, amount_cents',
    facts.slips.map((fact) => copyRow([...placeOf(fact), fact.day, fact.amountCents])),
  )
  await copy(
    'claim_facts',
    'day, intervention_cents, patient_share_cents, supplement_cents',
    facts.claims.map((fact) =>
      copyRow([...placeOf(fact), fact.day, fact.interventionCents, fact.patientShareCents, fact.supplementCents]),
    ),
  )
}

/** Days as a literal of PostgreSQL, whose upper bounds are exclusive. */
const multirange = (periods: readonly InsuredDays[]): string =>
  `{${periods.map(({ from, to }) => `[${from},${to}]`).join(',')}}`

function daysOf(literal: string): readonly InsuredDays[] {
  return Array.from(literal.matchAll(/\[(\d{4}-\d\d-\d\d),(\d{4}-\d\d-\d\d)\)/g), ([, from, end]) => ({
    from: from as IsoDate,
    to: addDays(end as IsoDate, -1),
  }))
}

/** One person at one insurer, as one text. */
export const personKey = (insurer: string, personId: string): string => `${insurer}/${personId}`

interface MemberRow extends Omit<MemberFact, 'offset'> {
  readonly insurer: string
  readonly person_id: string
  readonly offset: string
}

/** All membership facts of some persons, by `personKey`. */
export async function loadMemberFacts(
  q: Queryable,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, readonly MemberFact[]>> {
  const { rows } = await q.query<MemberRow>({
    name: 'landsbond_member_facts',
    text: `select insurer, person_id, "offset", kind, ziekenfonds, spell_id as "spellId", capacity, from_day as "from",
                  to_day as "to", acquired_on as "acquiredOn"
           from app.member_facts where person_id = any($1::uuid[])`,
    values: [personIds],
  })
  const found = new Map<string, MemberFact[]>()
  for (const { insurer, person_id, offset, ...fact } of rows) {
    const key = personKey(insurer, person_id)
    const own = found.get(key) ?? []
    own.push({ ...fact, offset: Number(offset) })
    found.set(key, own)
  }
  return found
}

/** The newest days in order of some persons at some insurers, by `personKey`. */
export async function loadInsuredDays(
  q: Queryable,
  keys: readonly { readonly insurer: string; readonly personId: string }[],
): Promise<ReadonlyMap<string, readonly InsuredDays[]>> {
  const { rows } = await q.query<{ insurer: string; person_id: string; periods: string }>({
    name: 'landsbond_insured_days',
    text: `select w.insurer, w.person_id, r.periods::text as periods
           from unnest($1::text[], $2::uuid[]) as w(insurer, person_id)
           cross join lateral (
             select periods from app.right_facts f where f.insurer = w.insurer and f.person_id = w.person_id
             order by f."offset" desc limit 1) r`,
    values: [keys.map((key) => key.insurer), keys.map((key) => key.personId)],
  })
  return new Map(rows.map((row) => [personKey(row.insurer, row.person_id), daysOf(row.periods)]))
}
