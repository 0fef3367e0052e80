import { type DataOf, insurabilityChanged } from '@ziv/contracts'
import type { Instant, IsoDate } from '@ziv/kernel'
import type { ConsumerDefinition, ReceivedEvent } from '@ziv/messaging'
import type { Context } from '../context.ts'
import type { InsurabilityState } from '../domain/insurability.ts'
import { saveInsurability } from '../projections/person-store.ts'

/** Whether an event tells the days in order of a person. */
export const isChange = (event: ReceivedEvent): event is ReceivedEvent<DataOf<typeof insurabilityChanged>> =>
  event.type === insurabilityChanged.type

function stateOf(event: ReceivedEvent<DataOf<typeof insurabilityChanged>>): InsurabilityState {
  const { personId, periods } = event.data
  return {
    personId,
    recordedAt: event.recordedAt as Instant,
    sequence: event.sequence,
    eventId: event.id,
    periods: periods.map(({ from, to, insurer, ziekenfonds, decisionId }) => ({
      from: from as IsoDate,
      to: to as IsoDate,
      insurer,
      ziekenfonds,
      decisionId,
    })),
  }
}

/** Keeps the days in order of every person: care is controlled with this copy and never by asking another service. */
export function rightsConsumer(context: Pick<Context, 'insurers'>): ConsumerDefinition {
  return {
    name: 'reimbursement.rights',
    topics: context.insurers.map((insurer) => `ziv.${insurer}.rights.v1`),
    handle: (tx, events) => saveInsurability(tx, events.filter(isChange).map(stateOf)),
  }
}
