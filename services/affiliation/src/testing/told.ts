import { catalog, personalContext } from '@ziv/contracts'
import type { Sealed } from '@ziv/privacy'
import { expect } from 'vitest'
import type { World } from './world.ts'

export interface Told {
  readonly topic: string
  readonly type: string
  readonly payload: Readonly<Record<string, unknown>>
}

/** Every public event about a person, in order, each by its contract; what is personal in it lies open while the key exists. */
export async function toldOf({ database, deps: { vault } }: World, personId: string): Promise<readonly Told[]> {
  const { rows } = await database.query<Told & { event_id: string }>(
    'select event_id, topic, type, payload from es.outbox where key = $1 order by epoch, tx, id',
    [personId],
  )
  return await Promise.all(
    rows.map(async ({ event_id, topic, type, payload }) => {
      expect(catalog.get(type)?.schema.parse(payload)).toEqual(payload)
      const sealed = payload.personal as Sealed | undefined
      if (sealed === undefined) return { topic, type, payload }
      const [opened] = await vault.open([{ subjectId: personId, context: personalContext(event_id), sealed }])
      const facts = typeof opened === 'string' ? (JSON.parse(opened) as object) : {}
      return { topic, type, payload: { ...payload, ...facts } }
    }),
  )
}
