import type { Tenant } from '@ziv/http'
import type { Queryable } from '@ziv/postgres'

/** Whose a person is by the newest affiliation, null when we know nobody of that id. */
export async function tenantOf(q: Queryable, personId: string): Promise<Tenant | null> {
  const { rows } = await q.query<{ insurer: string; ziekenfonds: string }>({
    name: 'landsbond_tenant',
    text: `select insurer, ziekenfonds from app.member_facts where person_id = $1 and kind = 'opened'
           order by from_day desc, recorded_at desc limit 1`,
    values: [personId],
  })
  const row = rows[0]
  return row === undefined ? null : { personId, insurer: row.insurer, ziekenfonds: row.ziekenfonds }
}
