import type { EventStore } from '@ziv/event-store'
import type { AccessLog, Tenant } from '@ziv/http'
import { tenantOf } from '@ziv/members'
import { loadMembers } from '@ziv/members/store'
import type { Runs } from '@ziv/runs'
import type { ServiceDeps } from '@ziv/service'
import type { createStandings } from '../projections/standing.ts'
import type { Runner } from '../runs/runner.ts'

export interface ApiContext extends Pick<ServiceDeps, 'database' | 'clock' | 'law' | 'vault'> {
  readonly store: EventStore
  readonly accessLog: AccessLog
  readonly runner: Runner
  readonly runs: Pick<Runs, 'find' | 'list' | 'start' | 'taskKinds' | 'resultOf'>
  readonly standings: ReturnType<typeof createStandings>
}

/** Who may see a person today, null when we know nobody of that id, or nobody who was ever insured. */
export async function seenBy(
  { database, clock }: Pick<ApiContext, 'database' | 'clock'>,
  personId: string,
): Promise<Tenant | null> {
  const member = (await loadMembers(database, [personId])).get(personId)
  const tenant = member && tenantOf(member, clock.today())
  return tenant === undefined ? null : { personId, ...tenant }
}
