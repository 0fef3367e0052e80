import { type EventStore, verifyChains } from '@ziv/event-store'
import type { Clock } from '@ziv/kernel'
import { type Database, streamBatches } from '@ziv/postgres'
import type { Finding } from '@ziv/service'
import { recompute } from '../commands/recompute.ts'
import { differencesOf } from '../domain/figures.ts'
import { foldMembers } from '../projections/figures.ts'
import { businessDay, moveBusinessDay } from '../projections/member-counts.ts'
import { contexts, type Positions, topicOf } from '../projections/positions.ts'
import { RETURN_COLUMNS, type StoredReturn } from '../projections/returns.ts'
import { affiliatedOf } from './affiliated.ts'
import { returnsEqualEvents } from './returns-of-events.ts'

export interface VerifyDeps {
  readonly database: Database
  readonly store: EventStore
  readonly clock: Clock
  readonly insurers: readonly string[]
}

/** The proofs of this service: chains, counts equal to the fold of the facts, every return recomputed. */
export async function* verifyLandsbond(deps: VerifyDeps): AsyncIterable<Finding> {
  yield { check: 'landsbond: hash chains', ...(await verifyChains(deps.store, deps.database)) }
  yield await factsArePlaced(deps.database)
  yield await membersNow(deps)
  yield await monthAmounts(deps.database)
  yield await returnsEqualEvents(deps.database, deps.store)
  yield* await returns(deps.database)
}

/** No fact lies beyond the position of its partition: a position promises that everything up to it is there. */
async function factsArePlaced(database: Database): Promise<Finding> {
  const tables = [
    ['member_facts', 'affiliation'],
    ['right_facts', 'rights'],
    ['slip_facts', 'contributions'],
    ['claim_facts', 'reimbursement'],
  ]
  const { rows } = await database.query<{ topic: string; facts: string; beyond: string }>(
    tables
      .map(
        ([table, context]) =>
          `select f.topic, f.facts, (f.last > coalesce(p."offset", -1))::int as beyond from (
             select 'ziv.' || insurer || '.${context}.v1' as topic, partition, count(*) as facts, max("offset") as last
             from app.${table} group by insurer, partition) f
           left join app.positions p on p.topic = f.topic and p.partition = f.partition`,
      )
      .join(' union all '),
  )
  const examined = rows.reduce((sum, row) => sum + Number(row.facts), 0)
  const beyond = rows.filter((row) => Number(row.beyond) === 1)
  return {
    check: 'landsbond: every fact lies before the position of its partition',
    ok: beyond.length === 0 && examined > 0,
    examined,
    detail: beyond.length === 0 ? `${examined} facts` : `beyond it: ${beyond.map((row) => row.topic).join(', ')}`,
  }
}

type Count = { members: number; insured: number }

/** The counts of today against a fold of all facts, ziekenfonds by ziekenfonds; and those of a day far ahead. */
async function membersNow({ database, clock, insurers }: VerifyDeps): Promise<Finding> {
  await moveBusinessDay(database, clock.today())
  let examined = 0
  const wrong: string[] = []
  for (const insurer of insurers) {
    const result = await compareMembers(database, insurer)
    examined += result.examined
    wrong.push(...result.wrong)
  }
  return {
    check: 'landsbond: members now equal the fold of the facts',
    ok: wrong.length === 0 && examined > 0,
    examined,
    detail: wrong.length === 0 ? `${examined} members counted again` : `differ: ${wrong.slice(0, 5).join(', ')}`,
  }
}

async function compareMembers(database: Database, insurer: string): Promise<{ examined: number; wrong: string[] }> {
  // one snapshot for counts and facts, while events keep coming in
  return await database.transaction(async (tx) => {
    await tx.query('set transaction isolation level repeatable read, read only')
    const day = await businessDay(tx)
    const { rows } = await tx.query<{ ziekenfonds: string; capacity: string; members: string; insured: string }>(
      `select ziekenfonds, capacity, sum(members) as members, sum(insured) as insured from app.member_counts
       where insurer = $1 group by 1, 2`,
      [insurer],
    )
    const { rows: places } = await tx.query<{ topic: string; partition: number; offset: string }>(
      'select topic, partition, "offset" from app.positions where topic = any($1)',
      [contexts.map((context) => topicOf(insurer, context))],
    )
    const positions: Positions = Object.fromEntries(places.map((p) => [`${p.topic}:${p.partition}`, p.offset]))
    const { rows: funds } = await tx.query<{ ziekenfonds: string }>(
      'select distinct ziekenfonds from app.member_facts where insurer = $1',
      [insurer],
    )
    const ziekenfondsen = funds.map((fund) => fund.ziekenfonds)
    const folded = await foldMembers(tx, { insurer, ziekenfondsen, positions, day })
    const key = (row: { ziekenfonds: string; capacity: string }) => `${row.ziekenfonds}/${row.capacity}`
    const expected = new Map<string, Count>(folded.map((row) => [key(row), row]))
    const kept = new Map<string, Count>(
      rows.map((row) => [key(row), { members: Number(row.members), insured: Number(row.insured) }]),
    )
    const wrong = [...new Set([...expected.keys(), ...kept.keys()])].filter((name) => {
      const [one, other] = [expected.get(name), kept.get(name)]
      return (one?.members ?? 0) !== (other?.members ?? 0) || (one?.insured ?? 0) !== (other?.insured ?? 0)
    })
    return { examined: folded.reduce((sum, row) => sum + row.members, 0), wrong }
  })
}

async function monthAmounts(database: Database): Promise<Finding> {
  const { rows } = await database.query<{ examined: string; wrong: string }>(
    `with fact as (
       select insurer, ziekenfonds, to_char(day, 'YYYY-MM') as month, count(*) as slips, 0 as claims, 0 as i, 0 as p, 0 as s
       from app.slip_facts group by 1, 2, 3
       union all
       select insurer, ziekenfonds, to_char(day, 'YYYY-MM'), 0, count(*), sum(intervention_cents), sum(patient_share_cents),
              sum(supplement_cents)
       from app.claim_facts group by 1, 2, 3),
     folded as (
       select insurer, ziekenfonds, month, sum(slips) as slips, sum(claims) as claims, sum(i) as i, sum(p) as p, sum(s) as s
       from fact group by 1, 2, 3),
     kept as (
       select insurer, ziekenfonds, month, sum(slips) as slips, sum(claims) as claims, sum(intervention_cents) as i,
              sum(patient_share_cents) as p, sum(supplement_cents) as s
       from app.month_amounts group by 1, 2, 3)
     select coalesce(sum(f.slips + f.claims), 0) as examined,
            count(*) filter (where (f.slips, f.claims, f.i, f.p, f.s) is distinct from (k.slips, k.claims, k.i, k.p, k.s)) as wrong
     from folded f full join kept k using (insurer, ziekenfonds, month)`,
  )
  const examined = Number(rows[0]!.examined)
  const wrong = Number(rows[0]!.wrong)
  return {
    check: 'landsbond: amounts per month equal the fold of the facts',
    ok: wrong === 0 && examined > 0,
    examined,
    detail: wrong === 0 ? `${examined} slips and claims summed again` : `${wrong} months differ`,
  }
}

/** Returns that are folded again at the same time. */
const AT_ONCE = 3

/** Every return ever made is folded again up to its positions, a few at a time. */
async function returns(database: Database): Promise<Finding[]> {
  let examined = 0
  let members = 0
  const wrong: string[] = []
  const unbalanced: string[] = []
  const all = streamBatches<StoredReturn>(
    database,
    `select ${RETURN_COLUMNS} from app.returns order by ziekenfonds, month, attempt`,
    [],
    { batchSize: AT_ONCE },
  )
  const checkOne = async (found: StoredReturn): Promise<void> => {
    const name = `${found.ziekenfonds} ${found.month}`
    const differences = differencesOf(found.figures, await recompute(database, found))
    if (differences.length > 0) wrong.push(`${name}: ${differences[0]!.cell}`)
    const affiliated = await affiliatedOf(database, found)
    members += affiliated
    if (affiliated !== found.figures.membersTotal) unbalanced.push(name)
  }
  for await (const batch of all) {
    examined += batch.length
    await Promise.all(batch.map(checkOne))
  }
  return [
    {
      check: 'landsbond: every return recomputes to the same numbers',
      ok: wrong.length === 0 && examined > 0,
      examined,
      detail: wrong.length === 0 ? `${examined} returns folded again` : `differ: ${wrong.slice(0, 5).join(', ')}`,
    },
    {
      check: 'landsbond: members in the returns are the affiliations that ran',
      ok: unbalanced.length === 0 && examined > 0,
      examined: members,
      detail:
        unbalanced.length === 0
          ? `${members} memberships in ${examined} returns`
          : `differ: ${unbalanced.slice(0, 5).join(', ')}`,
    },
  ]
}
