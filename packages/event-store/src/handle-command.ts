import type { DomainEvent } from '@ziv/kernel'
import type { Database, Transaction } from '@ziv/postgres'
import { CommandBatch } from './command-batch.ts'
import type { CommandHandling, CommandOutcome, CommandRequest, LaterRequests } from './commands.ts'
import type { EventStore } from './types.ts'

/**
 * Loads a stream, decides, appends the events with their outbox rows, and is run again when another writer was faster. A
 * refusal comes back as a value; a repeated command writes nothing. Throws `StreamVersionMismatch` for a failed
 * `expectedVersion`, `CommandIdReused` for a known command id with another request, and `WrongExpectedVersion` after the
 * last try of the transaction.
 */
export async function handleCommand<S, C, E extends DomainEvent, R, F>(
  db: Database | Transaction,
  store: EventStore,
  options: CommandRequest<C, F> & CommandHandling<S, C, E, R, F>,
): Promise<CommandOutcome<S, E, R>> {
  const outcomes = await handleCommands<S, C, E, R, F>(db, store, options, [options])
  return outcomes[0]!
}

/**
 * `handleCommand` for many: one load, one append and one commit for the whole batch, in time that does not depend on how
 * many streams it touches. Outcomes are in the order of the requests. Several commands for one stream are decided one
 * after the other. When a stream moved on, the transaction is rolled back, and all of it is read and decided again; inside
 * the transaction of a caller that is the caller's transaction. Facts that others may change with the streams are read after them:
 * then the requests are a function, called once the streams are read.
 */
export async function handleCommands<S, C, E extends DomainEvent, R, F>(
  db: Database | Transaction,
  store: EventStore,
  handling: CommandHandling<S, C, E, R, F>,
  requests: readonly CommandRequest<C, F>[] | LaterRequests<C, F>,
): Promise<readonly CommandOutcome<S, E, R>[]> {
  const { streamIds, requestsOf } = 'requestsOf' in requests ? requests : knownRequests(requests)
  if (streamIds.length === 0) return []
  const inOne = async (tx: Transaction): Promise<readonly CommandOutcome<S, E, R>[]> => {
    const batch = new CommandBatch(store, handling)
    await batch.read(tx, streamIds)
    const decided = (await requestsOf(tx)).map((request) => batch.decide(request))
    await batch.store(tx)
    const outcomes = decided.map((outcome) => batch.withHead(outcome))
    await handling.inTransaction?.(tx, outcomes)
    return outcomes
  }
  return 'transaction' in db ? await db.transaction(inOne) : await inOne(db)
}

const knownRequests = <C, F>(requests: readonly CommandRequest<C, F>[]): LaterRequests<C, F> => ({
  streamIds: requests.map(({ streamId }) => streamId),
  requestsOf: async () => requests,
})
