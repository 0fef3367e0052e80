import type { KeyRange, Queryable } from '@ziv/postgres'
import { type Finding, type Names, naming, told } from '@ziv/service'

/** Persons of a range whose row in the list of erasures has no event, or whose event has no row; those that cannot be read are left out. */
export async function erasuresDiffer(
  tx: Queryable,
  { after, through }: KeyRange,
  erased: readonly string[],
  unreadable: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await tx.query<{ person_id: string }>({
    name: 'affiliation_prove_erasures',
    text: `select person_id from app.erasures
            where ($1::uuid is null or person_id > $1) and ($2::uuid is null or person_id <= $2)`,
    values: [after, through],
  })
  const listed = new Set(rows.map((row) => row.person_id))
  const missing = erased.filter((id) => !listed.delete(id))
  return [...missing, ...listed].filter((id) => !unreadable.includes(`person-${id}`))
}

/** What is said of them. A key is destroyed by this list: a row too many costs somebody all that is known of them. */
export const erasuresFinding = (persons: number, wrong: Names): Finding => ({
  check: 'affiliation: erasures equal the log',
  ok: wrong.count === 0,
  examined: persons,
  detail: wrong.count === 0 ? `${persons} persons` : `differ: ${told(wrong, 10, '; ')}`,
  ...naming(wrong),
})
