import {
  arrayLiteral,
  bytesArrayLiteral,
  copyIn,
  copyText,
  listOf,
  splitList,
  sqlState,
  type Transaction,
} from '@ziv/postgres'
import type { ChainedAppend } from './chain.ts'

/** Order stamp of the new rows of one stream or one (topic, key). */
export interface Stamp {
  readonly epoch: number
  readonly tx: string
}

// from here COPY into a savepoint is cheaper than INSERT ... ON CONFLICT ... RETURNING (half the time at 2,000 streams)
const COPY_FROM = 50

/** Moves the heads that are where their append expects them and locks them; a stream that is absent from the answer was not. */
export async function moveHeads(tx: Transaction, items: readonly ChainedAppend[]): Promise<ReadonlyMap<string, Stamp>> {
  const created = items.filter(({ append }) => append.expected.version === 0)
  if (created.length < COPY_FROM) return await moveOneByOne(tx, items)
  const stamp = await tryCopy(tx, created)
  if (stamp === undefined) return await moveOneByOne(tx, items)
  const moved = await moveOneByOne(
    tx,
    items.filter(({ append }) => append.expected.version > 0),
  )
  return new Map([...moved, ...created.map(({ append }) => [append.streamId, stamp] as const)])
}

async function moveOneByOne(tx: Transaction, items: readonly ChainedAppend[]): Promise<ReadonlyMap<string, Stamp>> {
  if (items.length === 0) return new Map()
  const { rows } = await tx.query<{ ids: string | null; txs: string | null; epoch: number | null }>({
    name: 'es_move_heads',
    text: `select ${listOf('stream_id')} as ids, ${listOf('tx')} as txs, max(epoch) as epoch
      from es.move_heads($1::text[], $2::bigint[], $3::bytea[], $4::bigint[], $5::bytea[])`,
    values: [
      arrayLiteral(items.map(({ append }) => append.streamId)),
      arrayLiteral(items.map(({ append }) => append.expected.version)),
      bytesArrayLiteral(items.map(({ append }) => append.expected.hash.toString('hex'))),
      arrayLiteral(items.map(({ append, events }) => append.expected.version + events.length)),
      bytesArrayLiteral(items.map(({ headHash }) => headHash)),
    ],
  })
  const { ids, txs, epoch } = rows[0]!
  const stamps = splitList(txs)
  return new Map(splitList(ids).map((streamId, place) => [streamId, { epoch: epoch!, tx: stamps[place]! }]))
}

/** All new streams by COPY; undefined, and nothing done, when one of them exists already. */
async function tryCopy(tx: Transaction, items: readonly ChainedAppend[]): Promise<Stamp | undefined> {
  const { rows } = await tx.query<Stamp>({
    name: 'es_stamp',
    text: 'select max(epoch) as epoch, pg_current_xact_id() as tx from es.epochs',
  })
  const stamp = rows[0]!
  await tx.query('savepoint es_new_streams')
  try {
    const lines = items.map(
      ({ append, events, headHash }) =>
        `${copyText(append.streamId)}\t${events.length}\t\\\\x${headHash}\t${stamp.epoch}\t${stamp.tx}\n`,
    )
    await copyIn(tx, 'copy es.streams (stream_id, version, head_hash, epoch, tx) from stdin', lines)
    await tx.query('release savepoint es_new_streams')
    return stamp
  } catch (error) {
    if (sqlState(error) !== '23505') throw error
    await tx.query('rollback to savepoint es_new_streams')
    return undefined
  }
}
