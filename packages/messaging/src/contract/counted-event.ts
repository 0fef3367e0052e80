import { randomUUID } from 'node:crypto'
import type { IntegrationEvent } from '@ziv/contracts'
import type { OutboxDraft } from '@ziv/event-store'
import type { Queryable } from '@ziv/postgres'
import { z } from 'zod'
import { draft } from '../draft.ts'

const schema = z.object({
  n: z.int().describe('A number'),
  fail: z.string().optional().describe('How the handler fails'),
  insurer: z.string().optional().describe('Insurer'),
  ziekenfonds: z.string().optional().describe('Ziekenfonds'),
  personId: z.string().optional().describe('Person'),
})

export type CountedEvent = IntegrationEvent<typeof schema>

/** A contract for specs, on a topic of its own. */
export function countedEvent(topic: string): CountedEvent {
  return {
    type: 'be.ziv.spec.v1.things.notify.counted',
    topic,
    messageClass: 'notification',
    summary: 'A thing was counted',
    description: 'For specs',
    schema,
  }
}

export const catalogOf = (event: CountedEvent): ReadonlyMap<string, IntegrationEvent> => new Map([[event.type, event]])

export const counted = (event: CountedEvent, key: string, n: number, fail?: string): OutboxDraft =>
  draft(event, {
    data: { n, ...(fail !== undefined && { fail }) },
    key,
    recordedAt: '2026-11-22T10:00:00.000Z',
    actor: 'spec',
    correlationId: 'spec',
    source: '/spec',
    id: randomUUID(),
  })

/** Writes outbox rows as the event store does, without the events. */
export async function publish(q: Queryable, drafts: readonly OutboxDraft[]): Promise<void> {
  const rows = drafts.map((d) => ({ i: d.eventId, t: d.topic, k: d.key, y: d.type, p: d.payload, h: d.attributes }))
  await q.query('select es.write_outbox(es.current_epoch(), $1::json)', [JSON.stringify(rows)])
}
