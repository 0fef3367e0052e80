import type { Queryable } from '@ziv/postgres'
import type { Change } from '../commands/person-work.ts'
import { refusedWith } from '../commands/refused.ts'

interface Claim {
  readonly inszIndex: string
  readonly personId: string
}

function claimOf({ event, personId }: Change): readonly Claim[] {
  const claims = event.type === 'PersonRegistered' || event.type === 'IdentifierReplaced'
  return claims ? [{ inszIndex: event.data.inszIndex, personId }] : []
}

/** Claims numbers for persons; answers those that another person holds. A claim a rival is making now is waited for. */
export async function claimNumbers(q: Queryable, claims: readonly Claim[]): Promise<readonly Claim[]> {
  if (claims.length === 0) return []
  const sorted = claims.toSorted((a, b) => (a.inszIndex < b.inszIndex ? -1 : 1))
  const { rows } = await q.query<{ insz_index: string; person_id: string }>({
    name: 'claim_numbers',
    text: `with wanted as (select * from unnest($1::text[], $2::uuid[]) as w (insz_index, person_id)),
      claimed as (
        insert into app.insz_index (insz_index, person_id) select insz_index, person_id from wanted
        on conflict (insz_index) do update set replaced = false
          where app.insz_index.person_id = excluded.person_id
        returning insz_index
      ) select insz_index from claimed`,
    values: [sorted.map((claim) => claim.inszIndex), sorted.map((claim) => claim.personId)],
  })
  if (rows.length === claims.length) return []
  const claimed = new Set(rows.map((row) => row.insz_index))
  return claims.filter((claim) => !claimed.has(claim.inszIndex))
}

/** Keeps the index of numbers equal to the log, in the transaction of the append. */
export async function projectNumbers(q: Queryable, changes: readonly Change[]): Promise<void> {
  const taken = await claimNumbers(q, changes.flatMap(claimOf))
  if (taken.length > 0) throw refusedWith('inszAlreadyRegistered')
  for (const { event, personId } of changes) {
    if (event.type === 'IdentifierReplaced') {
      await q.query('update app.insz_index set replaced = true where insz_index = $1', [event.data.previousInszIndex])
    }
    if (event.type === 'PersonErased') await q.query('delete from app.insz_index where person_id = $1', [personId])
  }
}
