import { addDays, type Instant, type IsoDate } from '@ziv/kernel'
import type { MemberFact } from '@ziv/members'
import { copyIn, copyRow, type KeyRange, type Queryable, type Transaction } from '@ziv/postgres'
import type { InsuredDays } from '../domain/membership.ts'
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
    'sequence, kind, thing_id, capacity, from_day, to_day, acquired_on',
    facts.members.map((fact) => copyRow([...placeOf(fact), ...contentOf(fact.fact)])),
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

/** What counting needs of a fact, in the order of the columns; the last day of a person is the day of death. */
function contentOf(fact: MemberFact): (string | number | null)[] {
  const thing = 'affiliationId' in fact ? fact.affiliationId : 'capacityId' in fact ? fact.capacityId : null
  const to = 'to' in fact ? fact.to : 'diedOn' in fact ? fact.diedOn : null
  const from = 'from' in fact ? fact.from : null
  const [capacity, acquiredOn] = 'capacity' in fact ? [fact.capacity, fact.acquiredOn] : [null, null]
  return [fact.sequence, fact.kind, thing, capacity, from, to, acquiredOn]
}

/** What is kept of facts, fact by fact as a text that can be compared. */
export const textsOf = (facts: readonly MemberFact[]): readonly string[] =>
  facts.map((fact) => JSON.stringify([fact.id, fact.insurer, fact.ziekenfonds, fact.recordedAt, ...contentOf(fact)]))

/** The stored facts of the persons of a range as the same texts, by person. */
export async function storedTexts(q: Queryable, { after, through }: KeyRange): Promise<Map<string, string[]>> {
  const { rows } = await q.query<MemberRow>(
    `select insurer, person_id, event_id, recorded_at, sequence, kind, ziekenfonds, thing_id, capacity, from_day, to_day,
            acquired_on
       from app.member_facts where ($1::uuid is null or person_id > $1) and ($2::uuid is null or person_id <= $2)`,
    [after, through],
  )
  const texts = new Map<string, string[]>()
  for (const row of rows) {
    const place = [row.event_id, row.insurer, row.ziekenfonds, row.recorded_at, Number(row.sequence)]
    const content = [row.kind, row.thing_id, row.capacity, row.from_day, row.to_day, row.acquired_on]
    const own = texts.get(row.person_id) ?? []
    own.push(JSON.stringify([...place, ...content]))
    texts.set(row.person_id, own)
  }
  return texts
}

interface MemberRow {
  readonly insurer: string
  readonly person_id: string
  readonly event_id: string
  readonly recorded_at: Instant
  readonly sequence: string
  readonly kind: MemberFact['kind']
  readonly ziekenfonds: string
  readonly thing_id: string | null
  readonly capacity: string | null
  readonly from_day: IsoDate | null
  readonly to_day: IsoDate | null
  readonly acquired_on: IsoDate | null
}

/** The row as a fact, as far as counting needs it: who the holder is and when it was requested is not kept here. */
const factOf = (row: MemberRow): MemberFact =>
  ({
    id: row.event_id,
    kind: row.kind,
    recordedAt: row.recorded_at,
    sequence: Number(row.sequence),
    insurer: row.insurer,
    ziekenfonds: row.ziekenfonds,
    affiliationId: row.thing_id,
    capacityId: row.thing_id,
    capacity: row.capacity,
    from: row.from_day,
    to: row.to_day,
    acquiredOn: row.acquired_on,
    diedOn: row.to_day,
    birthDate: null,
  }) as MemberFact

/** All membership facts of some persons, by `personKey`. */
export async function loadMemberFacts(
  q: Queryable,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, readonly MemberFact[]>> {
  const { rows } = await q.query<MemberRow>({
    name: 'landsbond_member_facts',
    text: `select insurer, person_id, event_id, recorded_at, sequence, kind, ziekenfonds, thing_id, capacity, from_day, to_day,
                  acquired_on
           from app.member_facts where person_id = any($1::uuid[])`,
    values: [personIds],
  })
  const found = new Map<string, MemberFact[]>()
  for (const row of rows) {
    const key = personKey(row.insurer, row.person_id)
    const own = found.get(key) ?? []
    own.push(factOf(row))
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
