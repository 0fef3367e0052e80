import type { IsoDate } from '@ziv/kernel'
import { arrayLiteral, copyIn, copyText, type Queryable, type Transaction } from '@ziv/postgres'
import type { HolderDays, RightDecision, RightPeriod } from '../domain/decision.ts'

/** The standing decisions (id -> year) of persons: those that days rest on, and those without a day. */
export async function loadDecisionIds(
  q: Queryable,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, number>>> {
  const { rows } = await q.query<{ person_id: string; decision_id: string; year: number }>({
    name: 'rights_decision_ids',
    text: `select person_id, decision_id, year from app.periods where person_id = any($1::uuid[])
           union all select person_id, decision_id, year from app.decisions where person_id = any($1::uuid[])`,
    values: [personIds],
  })
  const found = new Map<string, Map<string, number>>(personIds.map((id) => [id, new Map()]))
  for (const row of rows) found.get(row.person_id)?.set(row.decision_id, row.year)
  return found
}

/** Columns as one text with tabs between, none of them null: faster than `concat_ws`, which looks every type up per row. */
const tabbed = (...columns: readonly string[]): string => columns.map((name) => `${name}::text`).join(` || E'\\t' || `)

const HOLDER_DAY = tabbed('d.from_day', 'd.to_day', 'd.decision_id')
const DAYS = tabbed('person_id', 'from_day', 'to_day', 'insurer', 'ziekenfonds', 'capacity', 'ground', 'decision_id')

/** Days as lines of text, all in one row: a row of its own costs more than its content. */
const LINES = `string_agg(${DAYS}, E'\\n' order by person_id, from_day)`

/** The days in order of persons, ascending. */
export async function loadPeriods(
  q: Queryable,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, readonly RightPeriod[]>> {
  const { rows } = await q.query<{ lines: string | null }>({
    name: 'rights_periods',
    text: `select ${LINES} as lines from app.periods where person_id = any($1::uuid[])`,
    values: [arrayLiteral(personIds)],
  })
  const found = new Map<string, RightPeriod[]>(personIds.map((id) => [id, []]))
  for (const line of linesOf(rows[0]?.lines)) {
    const [personId, from, to, insurer, ziekenfonds, capacity, ground, decisionId] = line.split('\t')
    found.get(personId as string)?.push({
      from: from as IsoDate,
      to: to as IsoDate,
      insurer: insurer as string,
      ziekenfonds: ziekenfonds as string,
      capacity: capacity as string,
      ground: ground as RightPeriod['ground'],
      decisionId: decisionId as string,
    })
  }
  return found
}

const linesOf = (text: string | null | undefined): readonly string[] => text?.split('\n') ?? []

/**
 * The days in order, ending on a day or later, of holders: from their own right, which is the only one they have. Null for
 * those who are or were dependants themselves: their days do not tell which right they rest on.
 */
export async function loadHolderDays(
  q: Queryable,
  holderIds: readonly string[],
  since: IsoDate,
): Promise<ReadonlyMap<string, readonly HolderDays[] | null>> {
  if (holderIds.length === 0) return new Map()
  const { rows } = await q.query<{ lines: string | null }>({
    name: 'rights_holder_days',
    text: `select string_agg(${tabbed('p.person_id', 'p.dependant')} || coalesce(E'\\t' || ${HOLDER_DAY}, ''), E'\\n'
             order by p.person_id, d.from_day) as lines
           from app.persons p left join app.periods d on d.person_id = p.person_id and d.to_day >= $2 and not p.dependant
           where p.person_id = any($1::uuid[])`,
    values: [arrayLiteral(holderIds), since],
  })
  const found = new Map<string, HolderDays[] | null>()
  for (const line of linesOf(rows[0]?.lines)) {
    const [id, dependant, from, to, decisionId] = line.split('\t') as [string, string, ...string[]]
    const days = found.get(id) ?? (dependant === 'true' ? null : [])
    if (decisionId !== undefined) days?.push({ from: from as IsoDate, to: to as IsoDate, decisionId })
    found.set(id, days)
  }
  return found
}

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
  await copyEntitlements(tx, entitlements)
}

/** Adds days in order and standing decisions. */
const copyEntitlements = (tx: Transaction, entitlements: readonly Entitlement[]): Promise<void> =>
  copyEntitlementLines(tx, entitlements.map(entitlementLines))

/** What COPY takes of one person: the lines of the days, and those of the decisions without a day. */
export interface EntitlementLines {
  readonly days: string
  readonly decisions: string
}

/** A decision without a day has a row of its own, of the others the days tell. */
export function entitlementLines({ personId, decisions, periods }: Entitlement): EntitlementLines {
  let days = ''
  for (const p of periods) {
    const year = decisions.find(({ decisionId }) => decisionId === p.decisionId)?.year
    days += `${personId}\t${p.from}\t${p.to}\t${year}\t${copyText(p.insurer)}\t${copyText(p.ziekenfonds)}\t${copyText(p.capacity)}\t${p.ground}\t${p.decisionId}\n`
  }
  let without = ''
  for (const d of decisions) {
    if (periods.some(({ decisionId }) => decisionId === d.decisionId)) continue
    without += `${d.decisionId}\t${personId}\t${d.year}\t${d.kind}\t${d.outcome}\t${d.from}\t${d.to}\t${copyText(d.capacity)}\t${d.ground}\n`
  }
  return { days, decisions: without }
}

/** Adds what `entitlementLines` made. */
export async function copyEntitlementLines(tx: Transaction, lines: readonly EntitlementLines[]): Promise<void> {
  const days = lines.flatMap((entry) => (entry.days === '' ? [] : [entry.days]))
  if (days.length > 0) await copyIn(tx, COPY_PERIODS, days)
  const decisions = lines.flatMap((entry) => (entry.decisions === '' ? [] : [entry.decisions]))
  if (decisions.length > 0) await copyIn(tx, COPY_DECISIONS, decisions)
}

const COPY_PERIODS = `COPY app.periods (person_id, from_day, to_day, year, insurer, ziekenfonds, capacity, ground, decision_id)
  FROM STDIN (FORMAT text)`
const COPY_DECISIONS = `COPY app.decisions (decision_id, person_id, year, kind, outcome, from_day, to_day, capacity, ground)
  FROM STDIN (FORMAT text)`

/** How many standing decisions of a year granted and refused, over some persons. */
export async function countOutcomes(
  q: Queryable,
  personIds: readonly string[],
  year: number,
): Promise<{ granted: number; refused: number }> {
  const { rows } = await q.query<{ granted: number; refused: number }>(
    `select count(*) filter (where granted)::int as granted, count(*) filter (where not granted)::int as refused
     from (select decision_id, true as granted from app.periods where person_id = any($1::uuid[]) and year = $2
           union select decision_id, outcome = 'granted' from app.decisions where person_id = any($1::uuid[]) and year = $2)`,
    [personIds, year],
  )
  return rows[0] as { granted: number; refused: number }
}
