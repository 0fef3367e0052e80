import { type JsonObject, type OutboxDraft, toDomainEvent } from '@ziv/event-store'
import { rejectionToProblem } from '@ziv/http'
import { type Decider, type DomainEvent, foldEvents, type Rejection, uuidV5 } from '@ziv/kernel'
import type { Transaction } from '@ziv/postgres'
import { rejections } from '../domain/rejections.ts'
import type { TreasuryDeps } from './types.ts'

/** One command in its transaction: who gave it, and with what it works. */
export interface Work {
  readonly tx: Transaction
  readonly deps: TreasuryDeps
  readonly actor: string
}

/** Runs a command. Money moves one command at a time: the lock makes "is there enough" and "pay" one step. */
export const inTreasury = <T>(deps: TreasuryDeps, actor: string, work: (work: Work) => Promise<T>): Promise<T> =>
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
  /** Derived from what was decided, so that a repeated command is recognised. */
  readonly eventId: (event: E, version: number) => string
  readonly outbox?: (event: E) => readonly OutboxDraft[]
}

/** Decides on a stream and appends what was decided; null when there was nothing to decide any more. */
export async function decideOn<S, C, E extends DomainEvent, F>(
  { tx, deps, actor }: Work,
  decider: Decider<S, C, E, Rejection, F>,
  { streamId, command, facts, eventId, outbox }: Decision<C, F, E>,
): Promise<E | null> {
  const loaded = await deps.store.load(tx, streamId)
  const past = loaded.events.map(toDomainEvent<E>)
  const decision = decider.decide(command, foldEvents(decider, past), facts)
  if (!decision.ok) return refuse(decision.rejection)
  const [event] = decision.events
  if (event === undefined) return null
  const id = eventId(event, loaded.head.version + 1)
  await deps.store.append(tx, {
    streamId,
    expected: loaded.head,
    events: [{ eventId: id, type: event.type, schemaVersion: event.version, data: event.data as JsonObject }],
    recordedAt: deps.clock.now(),
    metadata: { actor, correlationId: id, law: deps.law.version },
    outbox: outbox?.(event) ?? [],
  })
  return event
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
