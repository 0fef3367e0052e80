import { type EventStore, verifyChains } from '@ziv/event-store'
import type { Law } from '@ziv/law'
import { proveMembers } from '@ziv/members/store'
import { type Database, streamBatches, type Transaction } from '@ziv/postgres'
import type { Finding } from '@ziv/service'
import type { RightDecision } from '../domain/decision.ts'
import { loadDecisionIds, loadPeriods } from '../projections/entitlements.ts'
import { foldPersons } from '../projections/fold-persons.ts'
import { deflate } from '../projections/stored-dossier.ts'
import { lastYearRenewed } from '../runs/years.ts'

interface VerifyDeps {
  readonly database: Database
  readonly store: EventStore
  readonly law: Law
}

/** The proofs of this service: chains unbroken, and every stored answer equal to the fold of the facts. */
export async function* verifyRights(deps: VerifyDeps): AsyncIterable<Finding> {
  yield { check: 'rights: hash chains', ...(await verifyChains(deps.store, deps.database)) }
  yield await refold(deps)
  const members = await proveMembers(deps.database)
  yield { check: 'rights: members equal the fold of their facts', ...members, ok: members.ok && members.examined > 0 }
}

/** Folds the facts of everybody again and compares with what is stored, batch by batch. */
async function refold(deps: VerifyDeps): Promise<Finding> {
  let examined = 0
  let wrong = 0
  const examples: string[] = []
  // everybody of whom something is known or stored: a person missing from the read models shows too
  const persons = streamBatches<{ person_id: string }>(
    deps.database,
    `select person_id from app.all_facts union select person_id from app.persons where dossier is not null order by person_id`,
    [],
    { batchSize: 500 },
  )
  const renewedThrough = (await lastYearRenewed(deps.database)) ?? 0
  for await (const batch of persons) {
    const ids = batch.map((row) => row.person_id)
    examined += ids.length
    for (const id of await differing(deps, ids, renewedThrough)) {
      wrong += 1
      if (examples.length < 5) examples.push(id)
    }
  }
  return {
    check: 'rights: stored timelines equal the fold of the facts',
    ok: wrong === 0 && examined > 0,
    examined,
    detail:
      wrong === 0
        ? 'every timeline recomputed to the same days and decisions'
        : `${wrong} differ: ${examples.join(', ')}; make them again with: ziv rebuild rights`,
  }
}

async function differing(deps: VerifyDeps, ids: readonly string[], renewedThrough: number): Promise<string[]> {
  return await deps.database.transaction(async (tx) => {
    await tx.query('set transaction isolation level repeatable read read only')
    const { rows } = await tx.query<{ person_id: string; dossier: object; decided_through: number }>(
      'select person_id, dossier, decided_through from app.persons where person_id = any($1::uuid[])',
      [ids],
    )
    const stored = new Map(rows.map((row) => [row.person_id, row]))
    const decidedThrough = (id: string) => Math.max(stored.get(id)?.decided_through ?? 0, renewedThrough)
    const folded = await foldPersons(tx, ids, { rules: { law: deps.law }, decidedThrough })
    const decisions = await loadDecisionIds(tx, ids)
    const listed = await listedDecisions(tx, ids)
    const periods = await loadPeriods(tx, ids)
    return ids.filter((id) => {
      const { dossier, timeline } = folded.get(id) as NonNullable<ReturnType<typeof folded.get>>
      if (canonical(JSON.parse(deflate(dossier))) !== canonical(stored.get(id)?.dossier)) return true
      // what was decided with a birth date stands after the birth date is gone
      if (dossier.erased) return false
      const standing = timeline.decisions.map(({ decisionId }) => decisionId).sort()
      return (
        canonical(standing) !== canonical([...(decisions.get(id)?.keys() ?? [])].sort()) ||
        canonical(timeline.periods) !== canonical(periods.get(id)) ||
        !(listed.get(id) ?? []).every((row) => timeline.decisions.some((decision) => sameDecision(row, decision)))
      )
    })
  })
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

/** JSON with sorted members: jsonb keeps no order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
}
