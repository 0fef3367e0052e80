import { canonicalJson } from '@ziv/event-store'
import { type KeyRange, streamBatches, type Transaction } from '@ziv/postgres'
import {
  addTallies,
  type Finding,
  logProofs,
  membersProof,
  namesOf,
  naming,
  type RangedProof,
  rangedProof,
  rowsIn,
  told,
} from '@ziv/service'
import type { Context } from '../context.ts'
import type { RightDecision } from '../domain/decision.ts'
import { loadPeriods } from '../projections/entitlements.ts'
import { foldPersons } from '../projections/fold-persons.ts'
import { lastYearInLog } from '../projections/log-standing.ts'
import { deflate } from '../projections/stored-dossier.ts'
import { isYearHalfRenewed, lastYearRenewed } from '../runs/years.ts'
import { erasedDiffering } from './erased-days.ts'
import { columnsAgree, storedPersons } from './stored-persons.ts'
import { warningsProof } from './warnings.ts'

const ANSWERS = ['app.periods', 'app.decisions', 'app.dependants']

/** What rights proves of itself: chains unbroken, and every stored answer equal to the fold of the facts. */
export function rightsProofs(deps: Context): readonly RangedProof[] {
  const { database, store } = deps
  return [
    ...logProofs('rights', database, store),
    rangedProof({
      name: 'rights: timelines',
      database,
      keys: { sql: 'select person_id::text as key from app.persons' },
      there: rowsIn(database, 'app.all_facts', 'app.persons where dossier is not null', ...ANSWERS),
      prove: (tx, range) => refold(tx, range, deps),
      conclude: concludeTimelines,
    }),
    warningsProof(database, store),
    membersProof('rights: members equal the fold of their facts', database),
  ]
}

/** Folds the facts of everybody in a range again and compares with what is stored, batch by batch. */
async function refold(tx: Transaction, { after, through }: KeyRange, deps: Context) {
  let examined = 0
  const wrong: string[] = []
  const own = '($1::uuid is null or person_id > $1) and ($2::uuid is null or person_id <= $2)'
  // everybody of whom something is known or stored: a person missing from the read models shows too, and one of whom nothing is known
  const persons = streamBatches<{ person_id: string }>(
    tx,
    `select person_id from app.all_facts where ${own}
     union select person_id from app.persons
      where (dossier is not null or insurer is not null or ziekenfonds is not null or dependant) and ${own}
     union select person_id from app.periods where ${own}
     union select person_id from app.decisions where ${own}
     union select dependant_id from (select dependant_id, dependant_id as person_id from app.dependants) d where ${own}
     order by person_id`,
    [after, through],
    { batchSize: 500 },
  )
  const renewed = (await lastYearRenewed(tx)) ?? 0
  const half = await isYearHalfRenewed(tx)
  for await (const batch of persons) {
    examined += batch.length
    const ids = batch.map((row) => row.person_id)
    const reached = half ? await lastYearInLog(tx, deps.store, ids) : new Map<string, number>()
    wrong.push(...(await differing(tx, deps, ids, (id) => Math.max(renewed, reached.get(id) ?? 0))))
  }
  return { examined, wrong: namesOf(wrong) }
}

function concludeTimelines(results: readonly Awaited<ReturnType<typeof refold>>[]): readonly Finding[] {
  const { examined, wrong } = addTallies(results)
  const none = wrong.count === 0
  return [
    {
      check: 'rights: stored timelines equal the fold of the facts',
      ok: none,
      examined,
      detail: none
        ? 'every timeline recomputed to the same days and decisions'
        : `${wrong.count} differ: ${told(wrong)}; make them again with: ziv rebuild rights`,
      ...naming(wrong),
    },
  ]
}

async function differing(
  tx: Transaction,
  deps: Context,
  ids: readonly string[],
  renewedThrough: (personId: string) => number,
): Promise<readonly string[]> {
  const stored = await storedPersons(tx, ids)
  const decidedThrough = (id: string) => Math.max(stored.get(id)?.decidedThrough ?? 0, renewedThrough(id))
  const folded = await foldPersons(tx, ids, { rules: { law: deps.law }, decidedThrough })
  const decisions = await standingDecisions(tx, ids)
  const listed = await listedDecisions(tx, ids)
  const periods = await loadPeriods(tx, ids)
  const erased = ids.filter((id) => folded.get(id)?.dossier.erased)
  const erasedWrong = new Set(await erasedDiffering(tx, deps.store, erased))
  return ids.filter((id) => {
    const { dossier, timeline } = folded.get(id) as NonNullable<ReturnType<typeof folded.get>>
    const row = stored.get(id)
    if (row === undefined || textOf(JSON.parse(deflate(dossier))) !== textOf(row.dossier)) return true
    if (!columnsAgree(dossier, row, renewedThrough(id))) return true
    // what was decided with a birth date stands after the birth date is gone
    if (dossier.erased) return erasedWrong.has(id)
    const standing = timeline.decisions.map(({ decisionId, year }) => `${decisionId} ${year}`).sort()
    return (
      textOf(standing) !== textOf(decisions.get(id) ?? []) ||
      textOf(timeline.periods) !== textOf(periods.get(id)) ||
      !(listed.get(id) ?? []).every((row) => timeline.decisions.some((decision) => sameDecision(row, decision)))
    )
  })
}

/** The decisions that stand, each with the year it is filed under wherever a row says so, sorted. */
async function standingDecisions(tx: Transaction, ids: readonly string[]) {
  const { rows } = await tx.query<{ person_id: string; decisions: readonly string[] }>(
    `select person_id, array_agg(d order by d) as decisions from (
       select person_id, decision_id || ' ' || year as d from app.periods where person_id = any($1::uuid[])
       union select person_id, decision_id || ' ' || year from app.decisions where person_id = any($1::uuid[])) rows
     group by person_id`,
    [ids],
  )
  return new Map(rows.map((row) => [row.person_id, row.decisions.toSorted()]))
}

type ListedDecision = Omit<RightDecision, 'grounds' | 'repairs' | 'confidence'> & { readonly personId: string }

/** Decisions that no day rests on keep a row of their own. */
async function listedDecisions(
  tx: Transaction,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, readonly ListedDecision[]>> {
  const { rows } = await tx.query<ListedDecision>(
    `select person_id as "personId", decision_id as "decisionId", year, kind, outcome, from_day as "from", to_day as "to", capacity, ground
       from app.decisions where person_id = any($1::uuid[])`,
    [personIds],
  )
  return Map.groupBy(rows, ({ personId }) => personId)
}

const listedColumns = ['decisionId', 'year', 'kind', 'outcome', 'from', 'to', 'capacity', 'ground'] as const

const sameDecision = (row: ListedDecision, decision: RightDecision): boolean =>
  listedColumns.every((column) => row[column] === decision[column])

/** JSON with sorted members: the order in which a fact was read or made says nothing. */
const textOf = (value: unknown): string => canonicalJson(value as never)
