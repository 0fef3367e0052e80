import type { AccessLog, Tenant } from '@ziv/http'
import type { Queryable } from '@ziv/postgres'
import type { Runs } from '@ziv/runs'
import type { ServiceDeps } from '@ziv/service'
import type { createStandings } from '../projections/standing.ts'
import type { Runner } from '../runs/runner.ts'

export interface ApiContext extends Pick<ServiceDeps, 'database' | 'clock' | 'law' | 'vault'> {
  readonly accessLog: AccessLog
  readonly runner: Runner
  readonly runs: Pick<Runs, 'find'>
  readonly standings: ReturnType<typeof createStandings>
}

/** Whose a person is now, null when we know nobody of that id, or nobody who was ever insured. */
export async function tenantOf(q: Queryable, personId: string): Promise<Tenant | null> {
  const { rows } = await q.query<{ insurer: string | null; ziekenfonds: string | null }>({
    name: 'rights_tenant',
    text: 'select insurer, ziekenfonds from app.persons where person_id = $1',
    values: [personId],
  })
  const row = rows[0]
  if (row?.insurer == null || row.ziekenfonds == null) return null
  return { personId, insurer: row.insurer, ziekenfonds: row.ziekenfonds }
}
