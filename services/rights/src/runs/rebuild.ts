import type { Law } from '@ziv/law'
import type { Transaction } from '@ziv/postgres'
import type { Read, RunKind } from '@ziv/runs'
import { replaceEntitlements } from '../projections/entitlements.ts'
import { foldPersons } from '../projections/fold-persons.ts'
import { clearPersons, loadDecidedThrough, savePersons } from '../projections/persons.ts'
import type { RunDeps } from './runner.ts'
import { lastYearRenewed } from './years.ts'

const NOBODY = '00000000-0000-0000-0000-000000000000'
const EVERYBODY = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

/**
 * Throws the read models away and makes them again from the facts; whoever was not reached yet keeps the old answer. No
 * event is written: decisions are what they were, because they follow from the facts. One chunk at a time and in one part:
 * it also clears what lies between the persons it knows, and a dependant's days follow from a holder's facts.
 */
export function rebuildKind({
  law,
  personsPerChunk,
}: Pick<RunDeps, 'law' | 'personsPerChunk'>): RunKind<object, string, Read<string> & { readonly after: string }> {
  return {
    kind: 'rebuild',
    keyOf: () => 'all',
    chunkSize: personsPerChunk,
    inFlight: 1,
    itemKey: (personId) => personId,
    read: async (tx, { after, through, limit }) => {
      if (after === EVERYBODY) return null
      const { rows } = await tx.query<{ person_id: string }>(
        `select distinct person_id from app.all_facts where person_id > $1 and person_id <= $2 order by person_id limit $3`,
        [after ?? NOBODY, through ?? EVERYBODY, limit],
      )
      const items = rows.map((row) => row.person_id)
      const last = items.length < limit ? (through ?? EVERYBODY) : (items.at(-1) as string)
      return { items, last, after: after ?? NOBODY }
    },
    store: async (tx, { items, last, after }) => {
      const decided = await loadDecidedThrough(tx, items)
      await clearPersons(tx, after, last === EVERYBODY ? null : last)
      if (items.length > 0) await restore(tx, items, decided, law)
      return { rebuilt: items.length }
    },
  }
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
