import type { Database, Queryable } from '@ziv/postgres'
import type { Finding } from '../types.ts'
import { type RangedProof, rowsIn, wholeProof } from './proof.ts'
import { countedNames, firstOf, NAMED_MAX, naming } from './tally.ts'

/** Nothing is staged but for a file that is there: in the pages of the one door for files, and in tables of a service beside them. */
export function stagedProof(api: string, database: Database, ...own: readonly string[]): RangedProof {
  const check = `${api}: what is staged belongs to a file`
  const tables = ['app_files.pages', ...own] as const
  return wholeProof(check, database, rowsIn(database, 'app_files.files', ...tables), (tx) => staged(tx, check, tables))
}

async function staged(tx: Queryable, check: string, tables: readonly string[]): Promise<Finding> {
  const files = tables.map((table) => `select file_id from ${table}`).join(' union ')
  const { rows } = await tx.query<{ files: number; orphans: number; first: string[] | null }>(
    `with orphans as (select file_id from (${files}) s where not exists (select from app_files.files f where f.file_id = s.file_id))
     select (select count(*)::int from app_files.files) as files, (select count(*)::int from orphans) as orphans,
            (select (array_agg(file_id::text order by file_id))[1:${NAMED_MAX}] from orphans) as first`,
  )
  const { files: examined, orphans, first } = rows[0]!
  const found = countedNames(orphans, first)
  const detail = `${examined} files, ${orphans} staged without one${firstOf(found)}`
  return { check, ok: orphans === 0, examined, detail, ...naming(found) }
}
