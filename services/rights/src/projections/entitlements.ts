import type { IsoDate } from '@ziv/kernel'
import { copyIn, copyText, type Queryable, type Transaction } from '@ziv/postgres'
import type { RightDecision, RightPeriod } from '../domain/decision.ts'

/** The standing decisions (id -> year) of persons. */
export async function loadDecisionIds(
  q: Queryable,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, number>>> {
  const { rows } = await q.query<{ person_id: string; decision_id: string; year: number }>({
    name: 'rights_decision_ids',
    text: 'select person_id, decision_id, year from app.decisions where person_id = any($1::uuid[])',
    values: [personIds],
  })
  const found = new Map<string, Map<string, number>>(personIds.map((id) => [id, new Map()]))
  for (const row of rows) found.get(row.person_id)?.set(row.decision_id, row.year)
  return found
}

interface PeriodRow {
  person_id: string
  from_day: IsoDate
  to_day: IsoDate
  insurer: string
  ziekenfonds: string
  capacity: string
  ground: RightPeriod['ground']
  decision_id: string
}

/** The days in order of persons, ascending. */
export async function loadPeriods(
  q: Queryable,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, readonly RightPeriod[]>> {
  const { rows } = await q.query<PeriodRow>({
    name: 'rights_periods',
    text: `select person_id, from_day, to_day, insurer, ziekenfonds, capacity, ground, decision_id
           from app.periods where person_id = any($1::uuid[]) order by person_id, from_day`,
    values: [personIds],
  })
  const found = new Map<string, RightPeriod[]>(personIds.map((id) => [id, []]))
  for (const row of rows) found.get(row.person_id)?.push(periodOf(row))
  return found
}

const periodOf = (row: PeriodRow): RightPeriod => ({
  from: row.from_day,
  to: row.to_day,
  insurer: row.insurer,
  ziekenfonds: row.ziekenfonds,
  capacity: row.capacity,
  ground: row.ground,
  decisionId: row.decision_id,
})

/** The standing decisions and the days in order of one person, or a part of them. */
export interface Entitlement {
  readonly personId: string
  readonly decisions: readonly RightDecision[]
  readonly periods: readonly RightPeriod[]
}

/** Replaces the standing decisions and the days in order of persons. */
export async function replaceEntitlements(tx: Transaction, entitlements: readonly Entitlement[]): Promise<void> {
  const ids = entitlements.map(({ personId }) => personId)
  await tx.query('delete from app.decisions where person_id = any($1::uuid[])', [ids])
  await tx.query('delete from app.periods where person_id = any($1::uuid[])', [ids])
  await copyDecisions(tx, entitlements)
  await copyPeriods(tx, entitlements)
}

/** Adds standing decisions. */
export async function copyDecisions(
  tx: Transaction,
  entitlements: Iterable<Pick<Entitlement, 'personId' | 'decisions'>>,
): Promise<void> {
  await copyIn(
    tx,
    'COPY app.decisions (decision_id, person_id, year, kind, outcome, from_day, to_day, capacity, ground) FROM STDIN (FORMAT text)',
    decisionLines(entitlements),
  )
}

function* decisionLines(entitlements: Iterable<Pick<Entitlement, 'personId' | 'decisions'>>): Generator<string> {
  for (const { personId, decisions } of entitlements) {
    for (const d of decisions) {
      yield `${d.decisionId}\t${personId}\t${d.year}\t${d.kind}\t${d.outcome}\t${d.from}\t${d.to}\t${copyText(d.capacity)}\t${d.ground}\n`
    }
  }
}

/** Adds days in order. */
export async function copyPeriods(
  tx: Transaction,
  entitlements: Iterable<Pick<Entitlement, 'personId' | 'periods'>>,
): Promise<void> {
  await copyIn(
    tx,
    'COPY app.periods (person_id, from_day, to_day, insurer, ziekenfonds, capacity, ground, decision_id) FROM STDIN (FORMAT text)',
    periodLines(entitlements),
  )
}

function* periodLines(entitlements: Iterable<Pick<Entitlement, 'personId' | 'periods'>>): Generator<string> {
  for (const { personId, periods } of entitlements) {
    for (const p of periods) {
      yield `${personId}\t${p.from}\t${p.to}\t${copyText(p.insurer)}\t${copyText(p.ziekenfonds)}\t${copyText(p.capacity)}\t${p.ground}\t${p.decisionId}\n`
    }
  }
}

/** How many standing decisions of a year granted and refused, over some persons. */
export async function countOutcomes(
  q: Queryable,
  personIds: readonly string[],
  year: number,
): Promise<{ granted: number; refused: number }> {
  const { rows } = await q.query<{ granted: number; refused: number }>(
    `select count(*) filter (where outcome = 'granted')::int as granted, count(*) filter (where outcome = 'refused')::int as refused
     from app.decisions where person_id = any($1::uuid[]) and year = $2`,
    [personIds, year],
  )
  return rows[0] as { granted: number; refused: number }
}
