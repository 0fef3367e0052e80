import type { Tenant } from '@ziv/http'
import type { IsoDate } from '@ziv/kernel'
import { foldMember, tenantOf } from '@ziv/members'
import type { Queryable } from '@ziv/postgres'
import { loadMemberFacts } from './facts.ts'

/** Who may see a person on a day, by the facts of all insurers of the cell; null when we know nobody of that id. */
export async function seenBy(q: Queryable, personId: string, day: IsoDate): Promise<Tenant | null> {
  const facts = [...(await loadMemberFacts(q, [personId])).values()].flat()
  const tenant = tenantOf(foldMember(personId, facts), day)
  return tenant === undefined ? null : { personId, ...tenant }
}
