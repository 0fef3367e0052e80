import type { ConsumerAlarm, ReceivedEvent } from '../types.ts'
import { isSequenced, type ReadMessage, type SequencedMessage } from './read-message.ts'
import { partitionName, type TakenIn } from './taken-in.ts'

/** Where a consumer stands for one key. `known` is false before its first message. */
export interface KeyState {
  readonly topic: string
  readonly key: string
  readonly known: boolean
  readonly epoch: number
  readonly sequence: number
  /** Why the key stands still; null: it runs. */
  readonly parked: string | null
}

export interface ParkedMessage {
  readonly read: ReadMessage
  readonly epoch: number
  readonly sequence: number
  readonly reason: ConsumerAlarm['reason'] | 'behind'
  readonly error: string
}

export interface SortedBatch {
  /** To be handled now, in the order they came. */
  readonly events: readonly ReceivedEvent[]
  readonly parked: readonly ParkedMessage[]
  /** New states of the keys that moved or stopped. */
  readonly states: readonly KeyState[]
  /** Keys that stop in this batch. */
  readonly alarms: readonly Omit<ConsumerAlarm, 'consumer'>[]
  readonly duplicates: number
  readonly unknownTypes: number
}

export type Verdict = 'next' | 'duplicate' | 'gap' | 'epoch'

/** The name of a key inside a batch. */
export const keyName = (topic: string, key: string): string => `${topic}\n${key}`

/**
 * Places a message after the state of its key. A higher epoch counts on from where its producer was restored to: a number that was
 * seen in the old epoch comes again with another content, so it is next and no duplicate. A new number of an older epoch stops
 * the key: somebody still sends what the restore has given up.
 */
export function judge(state: KeyState, epoch: number, sequence: number, joinMidway = false): Verdict {
  if (state.sequence === 0) return sequence === 1 || joinMidway ? 'next' : 'gap'
  if (epoch < state.epoch) return sequence <= state.sequence ? 'duplicate' : 'epoch'
  if (sequence <= state.sequence) return epoch === state.epoch ? 'duplicate' : 'next'
  return sequence === state.sequence + 1 ? 'next' : 'gap'
}

const explain = (verdict: 'gap' | 'epoch', state: KeyState, read: SequencedMessage): string =>
  verdict === 'gap'
    ? `expected sequence ${state.sequence + 1}, received ${read.sequence}: messages in between are missing`
    : `epoch ${read.epoch} sequence ${read.sequence} after epoch ${state.epoch} sequence ${state.sequence}: a producer of before the restore still sends`

/** Whether the batch has messages of an epoch that their key has left: read again, or sent by somebody who should not. */
export const hasOlderEpoch = (reads: readonly ReadMessage[], states: ReadonlyMap<string, KeyState>): boolean =>
  reads
    .filter(isSequenced)
    .some(({ message, epoch }) => epoch < (states.get(keyName(message.topic, message.key))?.epoch ?? 0))

const wasTakenIn = ({ message }: SequencedMessage, takenIn: TakenIn | undefined): boolean =>
  BigInt(message.offset) < (takenIn?.get(partitionName(message)) ?? 0n)

/**
 * Sorts a batch by what is known of its keys: new events, duplicates, and messages of keys that stand still. Pure.
 *
 * @param states of every key in the batch, as locked in the transaction
 * @param options `takenIn` of the partitions, where `hasOlderEpoch`: what was taken in of an older epoch before is no news of it
 */
export function sortBatch(
  reads: readonly ReadMessage[],
  states: ReadonlyMap<string, KeyState>,
  options: { readonly joinMidway?: boolean; readonly takenIn?: TakenIn | undefined } = {},
): SortedBatch {
  const current = new Map(states)
  const moved = new Set<string>()
  const events: ReceivedEvent[] = []
  const parked: ParkedMessage[] = []
  const alarms: Omit<ConsumerAlarm, 'consumer'>[] = []
  let duplicates = 0
  let unknownTypes = 0

  const stop = (read: SequencedMessage, reason: ConsumerAlarm['reason'], detail: string): void => {
    const { topic, key } = read.message
    const name = keyName(topic, key)
    const state = current.get(name)!
    current.set(name, { ...state, epoch: state.known ? state.epoch : read.epoch, parked: reason })
    moved.add(name)
    parked.push({ read, epoch: read.epoch, sequence: read.sequence, reason, error: detail })
    alarms.push({ topic, key, epoch: read.epoch, sequence: read.sequence, reason, detail })
  }

  for (const read of reads) {
    const { topic, key, offset, partition } = read.message
    if (!isSequenced(read)) {
      // no place in its key: kept under a number below zero, made from the offset, and the key goes on
      const place = { epoch: 0, sequence: -(Number(offset) * 4096 + partition) - 1 }
      parked.push({ read, ...place, reason: 'envelope', error: read.problem })
      alarms.push({ topic, key, ...place, reason: 'envelope', detail: read.problem })
      continue
    }
    const name = keyName(topic, key)
    const state = current.get(name)!
    const placed = judge(state, read.epoch, read.sequence, options.joinMidway)
    const verdict = placed === 'epoch' && wasTakenIn(read, options.takenIn) ? 'duplicate' : placed
    if (verdict === 'duplicate') duplicates += 1
    else if (state.parked !== null) {
      parked.push({
        read,
        epoch: read.epoch,
        sequence: read.sequence,
        reason: 'behind',
        error: `the key stands still: ${state.parked}`,
      })
    } else if (verdict !== 'next') stop(read, verdict, explain(verdict, state, read))
    else if (read.content.kind === 'broken') stop(read, 'schema', read.content.problem)
    else {
      if (read.content.kind === 'event') events.push(read.content.event)
      else unknownTypes += 1
      current.set(name, { ...state, epoch: read.epoch, sequence: read.sequence })
      moved.add(name)
    }
  }
  return { events, parked, alarms, duplicates, unknownTypes, states: [...moved].map((name) => current.get(name)!) }
}
