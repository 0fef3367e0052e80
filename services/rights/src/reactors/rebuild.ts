import type { Law } from '@ziv/law'
import type { Database, Transaction } from '@ziv/postgres'
import { foldPersons } from '../answers/fold-persons.ts'
import { replaceEntitlements } from '../projections/entitlements.ts'
import { clearPersons, loadDecidedThrough, savePersons } from '../projections/persons.ts'
import { lastYearRenewed } from './run-store.ts'

export interface RebuildDeps {
  readonly database: Database
  readonly law: Law
  readonly personsPerChunk: number
}

const NOBODY = '00000000-0000-0000-0000-000000000000'

/**
 * Throws the read models away and makes them again from the facts, a chunk per transaction with the cursor in it: a rebuild
 * that was cut off goes on where it was, and whoever was not reached yet keeps the old answer. No event is written:
 * decisions are what they were, because they follow from the facts.
 */
export async function rebuildRights(
  deps: RebuildDeps,
  onProgress?: (persons: number) => void,
): Promise<{ rebuilt: number }> {
  await deps.database.query('insert into app.rebuilds (one) values (true) on conflict do nothing')
  while (true) {
    const step = await deps.database.transaction((tx) => chunk(tx, deps))
    if (step.done) return { rebuilt: step.rebuilt }
    onProgress?.(step.rebuilt)
  }
}

async function chunk(
  tx: Transaction,
  { law, personsPerChunk }: RebuildDeps,
): Promise<{ done: boolean; rebuilt: number }> {
  const { rows: state } = await tx.query<{ cursor: string | null; rebuilt: string }>(
    'select cursor, rebuilt from app.rebuilds for update',
  )
  // another process came to the end first
  if (state[0] === undefined) return { done: true, rebuilt: 0 }
  const { cursor } = state[0]
  const { rows } = await tx.query<{ person_id: string }>(
    'select distinct person_id from app.facts where person_id > $1 order by person_id limit $2',
    [cursor ?? NOBODY, personsPerChunk],
  )
  const ids = rows.map((row) => row.person_id)
  const rebuilt = Number(state[0].rebuilt) + ids.length
  const last = ids.length < personsPerChunk ? null : (ids.at(-1) as string)
  const decided = await loadDecidedThrough(tx, ids)
  await clearPersons(tx, cursor ?? NOBODY, last)
  if (ids.length > 0) await restore(tx, ids, decided, law)
  if (last === null) await tx.query('delete from app.rebuilds')
  else await tx.query('update app.rebuilds set cursor = $1, rebuilt = $2', [last, rebuilt])
  return { done: last === null, rebuilt }
}

async function restore(
  tx: Transaction,
  ids: readonly string[],
  decided: ReadonlyMap<string, number>,
  law: Law,
): Promise<void> {
  const renewedThrough = (await lastYearRenewed(tx)) ?? 0
  const yearOf = (id: string): number => decided.get(id) ?? 0
  const decidedThrough = (id: string): number => Math.max(yearOf(id), renewedThrough)
  const folded = await foldPersons(tx, ids, { rules: { law }, decidedThrough })
  await tx.query(`insert into app.persons (person_id, decided_through) select id, 0 from unnest($1::uuid[]) id`, [ids])
  await savePersons(
    tx,
    [...folded].map(([id, { dossier }]) => ({ dossier, decidedThrough: yearOf(id) })),
  )
  await replaceEntitlements(
    tx,
    [...folded].map(([personId, { timeline }]) => ({ personId, ...timeline })),
  )
}
