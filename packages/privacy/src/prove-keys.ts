import type { Database } from '@ziv/postgres'
import { loadKeys } from './key-store.ts'
import type { MasterKeys } from './master-keys.ts'

/** What a look at every key found. */
export interface KeysProof {
  readonly ok: boolean
  readonly examined: number
  readonly detail: string
}

const perPage = 2_000
const shown = 5

/** Unwraps every key that was not destroyed with the master key, page by page, and names those that do not open. */
export async function proveKeys(database: Database, masterKeys: MasterKeys): Promise<KeysProof> {
  const damaged: string[] = []
  let examined = 0
  for (let after = ''; ; ) {
    const { rows } = await database.query<{ subject_id: string }>({
      name: 'privacy-key-page',
      text: 'select subject_id from privacy.keys where subject_id > $1 order by subject_id limit $2',
      values: [after, perPage],
    })
    const ids = rows.map((row) => row.subject_id)
    damaged.push(...(await damagedOf(database, masterKeys, ids)))
    examined += ids.length
    if (ids.length < perPage) break
    after = ids.at(-1)!
  }
  const detail =
    damaged.length === 0
      ? `${examined} keys open or were destroyed`
      : `${damaged.length} keys do not open: ${damaged.slice(0, shown).join(', ')}`
  return { ok: damaged.length === 0 && examined > 0, examined, detail }
}

/** One query when all open; one each only when one of them does not. */
async function damagedOf(
  database: Database,
  masterKeys: MasterKeys,
  ids: readonly string[],
): Promise<readonly string[]> {
  const opens = async (some: readonly string[]): Promise<boolean> =>
    loadKeys(database, masterKeys, some).then(
      () => true,
      () => false,
    )
  if (await opens(ids)) return []
  const damaged: string[] = []
  for (const id of ids) if (!(await opens([id]))) damaged.push(id)
  return damaged
}
