import { handleCommand, type OutboxDraft } from '@ziv/event-store'
import { rejectionToProblem } from '@ziv/http'
import { type Decider, type DomainEvent, type Rejection, uuidV5 } from '@ziv/kernel'
import type { Transaction } from '@ziv/postgres'
import type { Context } from '../context.ts'
import { rejections } from '../domain/rejections.ts'

/** One command in its transaction: who gave it, and with what it works. */
export interface Work {
  readonly tx: Transaction
  readonly deps: Context
  readonly actor: string
}

/** Runs a command. Money moves one command at a time: the lock makes "is there enough" and "pay" one step. */
export const inTreasury = <T>(deps: Context, actor: string, work: (work: Work) => Promise<T>): Promise<T> =>
  deps.database.transaction(async (tx) => {
    await tx.query(`select pg_advisory_xact_lock(hashtext('riziv.treasury'))`)
    return work({ tx, deps, actor })
  })

/** Throws the problem of a refusal: nothing of the command is left behind. */
export const refuse = (rejection: Rejection): never => {
  throw rejectionToProblem(rejections, rejection)
}

export interface Decision<C, F, E> {
  readonly streamId: string
  readonly command: C
  readonly facts: F
  /** The conversation it belongs to, in the metadata and in the messages. */
  readonly correlationId: string
  /** Derived from what was decided; the deciders know a repeated command by what it says. */
  readonly eventId: (event: E, version: number) => string
  readonly outbox?: (event: E) => readonly OutboxDraft[]
}

/** Decides on a stream and stores what was decided; null when there was nothing to decide any more. */
export async function decideOn<S, C, E extends DomainEvent, F>(
  { tx, deps, actor }: Work,
  decider: Decider<S, C, E, Rejection, F>,
  { streamId, command, facts, correlationId, eventId, outbox }: Decision<C, F, E>,
): Promise<E | null> {
  const outcome = await handleCommand<S, C, E, Rejection, F>(tx, deps.store, {
    ...{ decider, streamId, command, facts, commandId: streamId },
    eventId: ({ event, version }) => eventId(event, version),
    recordedAt: () => deps.clock.now(),
    metadata: { actor, correlationId, law: deps.law.version },
    toOutbox: (changes) => changes.map(({ events }) => events.flatMap(({ event }) => outbox?.(event) ?? [])),
  })
  if (!outcome.ok) return refuse(outcome.rejection)
  return outcome.events[0] ?? null
}

/** The envelope of a public message about one key of a distribution or receipt. */
export const envelope = ({ deps, actor }: Work, id: string, key: string) => ({
  key,
  recordedAt: deps.clock.now(),
  actor,
  correlationId: id,
  source: '/riziv',
  id: uuidV5(`${id}/${key}`),
})
