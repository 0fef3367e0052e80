import type { Tenant } from '@ziv/http'
import { tenantOf } from '@ziv/members'
import { loadMembers } from '@ziv/members/store'
import type { Context } from '../context.ts'

/** Who may see a person today, null when we know nobody of that id, or nobody who was ever insured. */
export async function seenBy(
  { database, clock }: Pick<Context, 'database' | 'clock'>,
  personId: string,
): Promise<Tenant | null> {
  const member = (await loadMembers(database, [personId])).get(personId)
  const tenant = member && tenantOf(member, clock.today())
  return tenant === undefined ? null : { personId, ...tenant }
}
