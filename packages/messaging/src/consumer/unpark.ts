import type { IntegrationEvent } from '@ziv/contracts'
import { decodeUtf8 } from '@ziv/kernel'
import type { Database, Transaction } from '@ziv/postgres'
import { messageOf } from '../logger.ts'
import type { ConsumerDefinition, IncomingMessage, UnparkRequest, UnparkResult } from '../types.ts'
import { lockKeys, saveKeys } from './consumer-store.ts'
import { isSequenced, readMessage } from './read-message.ts'
import { judge, type KeyState, keyName } from './sort-batch.ts'

/** What un-parking needs: the database of the consumer, what it does with events, and the contracts it reads them by. */
export interface UnparkContext {
  readonly database: Database
  readonly definition: ConsumerDefinition
  readonly catalog: ReadonlyMap<string, IntegrationEvent>
}

interface ParkedRow {
  partition: number
  offset: string
  epoch: number
  sequence: string
  payload: Buffer
  headers: string
}

class StillParked extends Error {}

async function firstParked(
  tx: Transaction,
  consumer: string,
  { topic, key }: UnparkRequest,
): Promise<ParkedRow | null> {
  const { rows } = await tx.query<ParkedRow>(
    `select "partition", "offset", epoch, sequence, payload, headers from es.parked
     where consumer = $1 and topic = $2 and key = $3 and sequence > 0 order by epoch, sequence limit 1 for update`,
    [consumer, topic, key],
  )
  return rows[0] ?? null
}

/** The state from which the first message is next, or a refusal in words. */
function startingPoint(
  context: UnparkContext,
  request: UnparkRequest,
  state: KeyState,
  row: ParkedRow,
): KeyState | null {
  const sequence = Number(row.sequence)
  const verdict = judge(state, row.epoch, sequence, context.definition.joinMidway)
  if (verdict === 'duplicate') return null
  if (verdict === 'next' || request.acceptGap) return { ...state, epoch: row.epoch, sequence: sequence - 1 }
  throw new StillParked(
    verdict === 'gap'
      ? `messages ${state.sequence + 1} to ${sequence - 1} are missing: get them from the producer, or accept the gap`
      : `epoch ${row.epoch} sequence ${sequence} does not follow epoch ${state.epoch} sequence ${state.sequence}: compare with the producer, then accept the gap`,
  )
}

async function replay(context: UnparkContext, tx: Transaction, row: ParkedRow, request: UnparkRequest): Promise<void> {
  const value = decodeUtf8(row.payload)
  const message: IncomingMessage = {
    topic: request.topic,
    key: request.key,
    partition: row.partition,
    offset: row.offset,
    ...(value === null ? { value: '', bytes: row.payload } : { value }),
    headers: JSON.parse(row.headers) as Record<string, string>,
  }
  const read = readMessage(message, context.catalog)
  if (!isSequenced(read)) throw new StillParked(read.problem)
  if (read.content.kind === 'broken') throw new StillParked(read.content.problem)
  if (read.content.kind === 'event') await context.definition.handle(tx, [read.content.event])
}

/** One message in one transaction; answers its sequence, 0 for one that was known already, null when none is left. */
async function step(context: UnparkContext, request: UnparkRequest, acceptGap: boolean): Promise<number | null> {
  const { name } = context.definition
  const { topic, key } = request
  return await context.database.transaction(async (tx) => {
    const state = (await lockKeys(tx, name, [request])).get(keyName(topic, key))!
    const row = await firstParked(tx, name, request)
    if (!row) {
      if (state.parked !== null) await saveKeys(tx, name, [{ ...state, parked: null }])
      return null
    }
    const from = startingPoint(context, { ...request, acceptGap }, state, row)
    if (from) {
      await replay(context, tx, row, request)
      await saveKeys(tx, name, [{ ...from, sequence: Number(row.sequence) }])
    }
    await tx.query(
      'delete from es.parked where consumer = $1 and topic = $2 and key = $3 and epoch = $4 and sequence = $5',
      [name, topic, key, row.epoch, row.sequence],
    )
    return from ? Number(row.sequence) : 0
  })
}

/** Why a key that does not stand still cannot be released, and what to do instead. */
async function nothingToRelease(database: Database, consumer: string, { topic, key }: UnparkRequest): Promise<string> {
  const { rows } = await database.query<{ place: string }>(
    `select epoch || '/' || sequence as place from es.parked
      where consumer = $1 and topic = $2 and key = $3 order by epoch, sequence limit 1`,
    [consumer, topic, key],
  )
  const place = rows[0]?.place
  return place === undefined
    ? `nothing is parked of key ${key} of ${topic} at ${consumer}: compare the four names with the list of parked messages`
    : `key ${key} of ${topic} runs, only its message ${place} has no place: replace or discard that one`
}

/**
 * Replays the parked messages of a key in order through the same handler, each in its own transaction, and lets the key
 * run again when none is left. Stops at the first that fails; what was replayed stays. The operator's name is recorded.
 */
export async function unparkKey(context: UnparkContext, request: UnparkRequest): Promise<UnparkResult> {
  const { database, definition } = context
  const { topic, key, operator, acceptGap = false } = request
  if (operator.trim() === '') throw new RangeError('unpark needs the name of the operator who decides it')
  const before = await database.query<{ parked: string | null }>(
    'select parked from es.consumed where consumer = $1 and topic = $2 and key = $3',
    [definition.name, topic, key],
  )
  const reason = before.rows[0]?.parked
  if (!reason) {
    return { replayed: 0, remaining: 0, problem: await nothingToRelease(database, definition.name, request) }
  }

  const replayed: number[] = []
  let problem: string | undefined
  try {
    for (let first = true; ; first = false) {
      const sequence = await step(context, request, acceptGap && first)
      if (sequence === null) break
      if (sequence > 0) replayed.push(sequence)
    }
  } catch (error) {
    problem = messageOf(error)
  }
  await database.query(
    `insert into es.unparked (consumer, topic, key, operator, reason, replayed, from_sequence, to_sequence, accepted_gap, problem)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      definition.name,
      topic,
      key,
      operator,
      reason,
      replayed.length,
      replayed[0] ?? null,
      replayed.at(-1) ?? null,
      acceptGap,
      problem ?? null,
    ],
  )
  const left = await database.query<{ count: string }>(
    'select count(*) from es.parked where consumer = $1 and topic = $2 and key = $3 and sequence > 0',
    [definition.name, topic, key],
  )
  return {
    replayed: replayed.length,
    remaining: Number(left.rows[0]!.count),
    ...(problem !== undefined && { problem }),
  }
}
