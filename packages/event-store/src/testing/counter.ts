import { randomUUID } from 'node:crypto'
import { type Decider, type DomainEvent, defineEvents, type Instant, instant } from '@ziv/kernel'
import { type EventMetadata, GENESIS_HASH, type NewEvent, type OutboxDraft, type StreamAppend } from '../index.ts'

/** The smallest decider that can refuse: what the specs of the store append. */
export interface Counted extends DomainEvent {
  readonly type: 'Counted'
  readonly version: 1
  readonly data: { readonly amount: number }
}

export const counter: Decider<number, { amount: number }, Counted, { code: string }, { limit: number }> = {
  initialState: () => 0,
  evolve: (state, event) => state + event.data.amount,
  decide: (command, state, facts) =>
    state + command.amount > facts.limit
      ? { ok: false, rejection: { code: 'TEST-0001' } }
      : { ok: true, events: [{ type: 'Counted', version: 1, data: { amount: command.amount } }] },
}

/** What the specs of the store append, whatever their streams are called. */
export const counterEvents = defineEvents({
  aggregate: 'counter',
  schemas: { Counted: { parse: (data) => data }, Noted: { parse: (data) => data } },
})

export const RECORDED_AT: Instant = instant('2026-01-15T10:00:00.000Z')
export const METADATA: EventMetadata = { actor: 'spec', correlationId: 'spec-1' }
export const NEW_STREAM = { version: 0, hash: GENESIS_HASH } as const

export function someEvent(amount = 1): NewEvent {
  return { eventId: randomUUID(), type: 'Counted', schemaVersion: 1, data: { amount } }
}

export function someEvents(count: number): readonly NewEvent[] {
  return Array.from({ length: count }, (_, index) => someEvent(index))
}

export function draftFor(key: string, topic = 'ziv.300.spec.v1'): OutboxDraft {
  return { eventId: randomUUID(), topic, key, type: 'spec.counted', payload: { key }, attributes: { source: '/spec' } }
}

export function firstAppend(streamId: string, more: Partial<StreamAppend> = {}): StreamAppend {
  return {
    streamId,
    expected: NEW_STREAM,
    events: [someEvent()],
    recordedAt: RECORDED_AT,
    metadata: METADATA,
    ...more,
  }
}
