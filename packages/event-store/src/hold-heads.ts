import type { Transaction } from '@ziv/postgres'
import { WrongExpectedVersions } from './errors.ts'
import type { StreamHead } from './types.ts'

/**
 * Locks streams until the transaction ends, in the order in which every writer of many locks them, and checks that they are where they
 * were read. Throws `WrongExpectedVersions` for those that moved on.
 */
export async function holdHeads(tx: Transaction, heads: ReadonlyMap<string, StreamHead>): Promise<void> {
  const { rows } = await tx.query<{ stream_id: string; version: string }>({
    name: 'es_hold_heads',
    text: `select stream_id, version from es.streams where stream_id = any($1::text[])
      order by stream_id collate "C" for no key update`,
    values: [[...heads.keys()]],
  })
  const moved = rows.flatMap(({ stream_id: streamId, version }) => {
    const expectedVersion = heads.get(streamId)!.version
    return Number(version) === expectedVersion ? [] : [{ streamId, expectedVersion }]
  })
  if (moved.length > 0) throw new WrongExpectedVersions(moved)
}
