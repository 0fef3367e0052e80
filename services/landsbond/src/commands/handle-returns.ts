import { type CommandOutcome, handleCommands, type Origin } from '@ziv/event-store'
import type { Rejection } from '@ziv/kernel'
import type { Database, Transaction } from '@ziv/postgres'
import type { Context } from '../context.ts'
import type { ReturnCommand, ReturnFacts } from '../domain/return.commands.ts'
import { returnDecider } from '../domain/return.decide.ts'
import type { ReturnEvent } from '../domain/return.events.ts'
import type { RejectionCode } from '../domain/return.rejections.ts'
import type { ReturnState } from '../domain/return.ts'
import { returnMessages } from '../integration/return-messages.ts'
import { saveReturns } from '../projections/returns.ts'

/** Who asks, and the id that a repetition of the request brings again. */
export interface CommandOrigin extends Origin {
  readonly commandId: string
}

/** One command on its way to its stream. */
export interface ReturnWork {
  readonly command: ReturnCommand
  readonly streamId: string
  readonly commandId: string
  readonly facts: ReturnFacts
}

export type ReturnOutcome = CommandOutcome<ReturnState, ReturnEvent, Rejection<RejectionCode>>

/** The returns that may be decided on, and what is done with them, asked once they are read. */
export interface LaterReturns {
  readonly streamIds: readonly string[]
  /** Figures are folded here: by none that are older than the return which stands is it taken back. */
  readonly workOf: (tx: Transaction) => Promise<readonly ReturnWork[]>
}

/** Decides, stores and publishes; the read model follows in the same transaction. Outcomes in the order of the work. */
export function handleReturns(
  db: Database | Transaction,
  { store, clock, law }: Context,
  { streamIds, workOf }: LaterReturns,
  { actor, correlationId, request }: Origin,
): Promise<readonly ReturnOutcome[]> {
  const metadata = { actor, correlationId, law: law.version, ...(request === undefined ? {} : { request }) }
  return handleCommands<ReturnState, ReturnCommand, ReturnEvent, Rejection<RejectionCode>, ReturnFacts>(
    db,
    store,
    {
      decider: returnDecider,
      recordedAt: () => clock.now(),
      toOutbox: (changes) => changes.map(returnMessages),
      inTransaction,
    },
    { streamIds, requestsOf: async (tx) => (await workOf(tx)).map((item) => ({ ...item, metadata })) },
  )
}

async function inTransaction(tx: Transaction, outcomes: readonly ReturnOutcome[]): Promise<void> {
  const fresh = outcomes.flatMap((outcome) => (outcome.ok && !outcome.repeated ? [outcome] : []))
  await saveReturns(
    tx,
    fresh.flatMap(({ events, head }) => events.map((event) => ({ event, streamVersion: head.version }))),
  )
}
