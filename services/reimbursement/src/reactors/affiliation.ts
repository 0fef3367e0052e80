import { membersConsumer } from '@ziv/members/store'
import type { ConsumerDefinition } from '@ziv/messaging'
import type { Context } from '../context.ts'

/** Keeps who is insured where, by which number, from the affiliation events of all insurers of the cell. */
export function affiliationConsumer({ vault, insurers }: Pick<Context, 'vault' | 'insurers'>): ConsumerDefinition {
  return membersConsumer({ name: 'reimbursement.affiliation', insurers, vault })
}
