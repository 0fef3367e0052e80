import type { Instant, IsoDate } from '@ziv/kernel'
import type { KeyRange, Queryable, Transaction } from '@ziv/postgres'
import type { CapacityFacts, MemberFact, PendingFacts } from '../facts.ts'
import { yearOnly } from '../fold-member.ts'

/** A fact with the person it is about. */
export interface PersonFact {
  readonly personId: string
  readonly fact: MemberFact
}

/** A row of `app_members.facts`; what a kind of fact does not have is null or left out. */
interface FactRow {
  readonly event_id: string
  readonly person_id: string
  readonly kind: MemberFact['kind']
  readonly recorded_at: Instant
  readonly sequence: string | number
  readonly insurer: string
  readonly ziekenfonds: string
  readonly thing_id?: string | null
  readonly capacity?: string | null
  readonly role?: CapacityFacts['role'] | null
  readonly from_day?: IsoDate | null
  readonly to_day?: IsoDate | null
  readonly acquired_on?: IsoDate | null
  readonly requested_on?: IsoDate | null
  readonly holder_id?: string | null
  readonly waiting_for?: PendingFacts['waitingFor'] | null
  readonly repairs_year?: number | null
  readonly birth_date?: IsoDate | null
  readonly died_on?: IsoDate | null
}

/** Keeps facts for good; one that is known already (by its event id) is left as it is. */
export async function insertMemberFacts(tx: Transaction, facts: readonly PersonFact[]): Promise<void> {
  if (facts.length === 0) return
  await tx.query({
    name: 'members-insert-facts',
    text: `insert into app_members.facts
           select * from json_populate_recordset(null::app_members.facts, $1::json) on conflict (event_id) do nothing`,
    values: [JSON.stringify(facts.map(rowOf))],
  })
}

/** All facts about some persons, by person, optionally only those recorded up to a moment (an erasure always). */
export async function loadMemberFacts(
  q: Queryable,
  personIds: readonly string[],
  knownAt?: Instant,
): Promise<Map<string, MemberFact[]>> {
  const { rows } = await q.query<FactRow>({
    name: knownAt === undefined ? 'members-facts' : 'members-facts-known-at',
    text: `select * from app_members.facts where person_id = any ($1::uuid[])${
      knownAt === undefined ? '' : ` and (recorded_at <= $2::timestamptz or kind = 'erased')`
    }`,
    values: knownAt === undefined ? [personIds] : [personIds, knownAt],
  })
  const found = new Map<string, MemberFact[]>(personIds.map((id) => [id, []]))
  for (const row of rows) found.get(row.person_id)?.push(factOf(row))
  return found
}

/** Makes the birth dates of erased persons years, in facts that came before the erasure and after it. */
export async function eraseBirthDates(tx: Transaction, personIds: readonly string[]): Promise<void> {
  await tx.query(
    `update app_members.facts set birth_date = make_date(extract(year from birth_date)::int, 7, 1)
      where person_id = any ($1::uuid[]) and birth_date is not null`,
    [personIds],
  )
}

const columns = [
  ...(['event_id', 'person_id', 'kind', 'recorded_at', 'sequence', 'insurer', 'ziekenfonds', 'thing_id'] as const),
  ...(['capacity', 'role', 'from_day', 'to_day', 'acquired_on', 'requested_on', 'holder_id', 'waiting_for'] as const),
  ...(['repairs_year', 'birth_date', 'died_on'] as const),
] satisfies readonly (keyof FactRow)[]

/** Every column of a row, as a text that can be compared. */
const textOf = (row: FactRow): string =>
  JSON.stringify(columns.map((column) => (column === 'sequence' ? Number(row.sequence) : (row[column] ?? null))))

/** Facts of a person as texts of the rows that have to be stored of them. */
export const factTextsOf = (personId: string, facts: readonly MemberFact[], erased: boolean): readonly string[] =>
  facts.map((fact) => {
    const row = rowOf({ personId, fact })
    return textOf(erased && row.birth_date ? { ...row, birth_date: yearOnly(row.birth_date) } : row)
  })

/** The rows of the persons of a range as texts, by person. */
export async function storedFactTexts(q: Queryable, { after, through }: KeyRange): Promise<Map<string, string[]>> {
  const { rows } = await q.query<FactRow>(
    `select * from app_members.facts
      where ($1::uuid is null or person_id > $1) and ($2::uuid is null or person_id <= $2)`,
    [after, through],
  )
  const texts = new Map<string, string[]>()
  for (const row of rows) {
    const own = texts.get(row.person_id)
    if (own === undefined) texts.set(row.person_id, [textOf(row)])
    else own.push(textOf(row))
  }
  return texts
}

function rowOf({ personId, fact }: PersonFact): FactRow {
  const { id, kind, recordedAt, sequence, insurer, ziekenfonds } = fact
  return {
    event_id: id,
    person_id: personId,
    kind,
    recorded_at: recordedAt,
    sequence,
    insurer,
    ziekenfonds,
    ...('affiliationId' in fact && { thing_id: fact.affiliationId }),
    ...('capacityId' in fact && { thing_id: fact.capacityId }),
    ...('capacity' in fact && {
      capacity: fact.capacity,
      role: fact.role,
      acquired_on: fact.acquiredOn,
      requested_on: fact.requestedOn,
      ...('holderPersonId' in fact
        ? { holder_id: fact.holderPersonId }
        : { waiting_for: fact.waitingFor, repairs_year: fact.repairsYear }),
    }),
    ...('from' in fact && { from_day: fact.from }),
    ...('to' in fact && { to_day: fact.to }),
    ...('birthDate' in fact && { birth_date: fact.birthDate }),
    ...('diedOn' in fact && { died_on: fact.diedOn }),
  }
}

/** The row as a fact: each kind reads its own columns of it, the others are undefined to it. */
function factOf(row: FactRow): MemberFact {
  return {
    id: row.event_id,
    kind: row.kind,
    recordedAt: row.recorded_at,
    sequence: Number(row.sequence),
    insurer: row.insurer,
    ziekenfonds: row.ziekenfonds,
    affiliationId: row.thing_id,
    capacityId: row.thing_id,
    capacity: row.capacity,
    role: row.role,
    from: row.from_day,
    to: row.to_day,
    acquiredOn: row.acquired_on,
    requestedOn: row.requested_on,
    holderPersonId: row.holder_id,
    waitingFor: row.waiting_for,
    repairsYear: row.repairs_year,
    birthDate: row.birth_date,
    diedOn: row.died_on,
  } as MemberFact
}
