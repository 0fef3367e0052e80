import type { KeyRange, Queryable } from '@ziv/postgres'
import { loadKeys } from './key-store.ts'
import type { MasterKeys } from './master-keys.ts'

/** What a look at every key found. */
export interface KeysProof {
  readonly examined: number
  /** Persons whose key does not open. */
  readonly damaged: readonly string[]
  /** Persons (and files) whose key was destroyed. */
  readonly destroyed: readonly string[]
  /** Those whose key is there. */
  readonly kept: readonly string[]
}

const perPage = 2_000
const all: KeyRange = { after: null, through: null }

/** Unwraps every key (of a range of persons) that was not destroyed with the master key, page by page, and names those that do not open, those that are gone and the others. */
export async function proveKeys(q: Queryable, masterKeys: MasterKeys, range = all): Promise<KeysProof> {
  const damaged: string[] = []
  const destroyed: string[] = []
  const kept: string[] = []
  let examined = 0
  for (let after = range.after ?? ''; ; ) {
    const { rows } = await q.query<{ subject_id: string; destroyed: boolean }>({
      name: 'privacy-key-page',
      text: `select subject_id, wrapped is null as destroyed from privacy.keys
              where subject_id > $1 and ($3::text is null or subject_id <= $3) order by subject_id limit $2`,
      values: [after, perPage, range.through],
    })
    const ids = rows.map((row) => row.subject_id)
    damaged.push(...(await damagedOf(q, masterKeys, ids)))
    for (const row of rows) (row.destroyed ? destroyed : kept).push(row.subject_id)
    examined += ids.length
    if (ids.length < perPage) break
    after = ids.at(-1)!
  }
  return { examined, damaged, destroyed, kept }
}

/** One query when all open; one each only when one of them does not. */
async function damagedOf(q: Queryable, masterKeys: MasterKeys, ids: readonly string[]): Promise<readonly string[]> {
  const opens = async (some: readonly string[]): Promise<boolean> =>
    loadKeys(q, masterKeys, some).then(
      () => true,
      () => false,
    )
  if (await opens(ids)) return []
  const damaged: string[] = []
  for (const id of ids) if (!(await opens([id]))) damaged.push(id)
  return damaged
}
