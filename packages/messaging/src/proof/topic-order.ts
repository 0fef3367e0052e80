import { partitionOf } from '../partitioner.ts'
import type { IncomingMessage, TopicSpec } from '../types.ts'

/** The number of a message in its topic and key, in an epoch of its database. */
export interface Numbered {
  readonly epoch: number
  readonly sequence: number
}

/** A message in its place. `repeated`: it stands further ahead too, as a relay sends again what nobody confirmed. */
export interface Placed extends Numbered {
  readonly repeated: boolean
  readonly problem: string | null
}

// one number per key: a topic has as many keys as an insurer has members
const EPOCH = 2 ** 40
const packed = ({ epoch, sequence }: Numbered): number => epoch * EPOCH + sequence
const unpacked = (both: number): Numbered => ({ epoch: Math.floor(both / EPOCH), sequence: both % EPOCH })

const whole = (text: string | undefined): number | null =>
  text !== undefined && /^[1-9]\d{0,11}$/.test(text) ? Number(text) : null

/** Whether the messages of a topic come as they were numbered: offsets without holes, every key in one partition, one after the other. */
export class TopicOrder {
  readonly #topic: TopicSpec
  readonly #newest = new Map<string, number>()
  readonly #offsets = new Map<number, bigint>()

  constructor(topic: TopicSpec) {
    this.#topic = topic
  }

  /** Takes the next message of a partition. Null: this place was read before. */
  take({ partition, offset, key, headers }: IncomingMessage): Placed | null {
    const at = BigInt(offset)
    // what a retention removed is gone from the start; a topic that keeps everything begins at its first message
    const expected = this.#offsets.get(partition) ?? (this.#topic.retentionDays === undefined ? 0n : at)
    if (at < expected) return null
    this.#offsets.set(partition, at + 1n)
    const hole =
      at > expected ? `${at - expected} messages are missing before offset ${at} of partition ${partition}` : null
    const place = this.#numberOf(key, headers)
    const own = partitionOf(key, this.#topic.partitions)
    const strayed = own === partition ? null : `in partition ${partition}, though its key belongs to ${own}`
    return { ...place, problem: strayed ?? place.problem ?? hole }
  }

  /** The newest number of a key, and forgets it; what is left at the end was told by nobody. */
  settle(key: string): Numbered | null {
    const newest = this.#newest.get(key)
    this.#newest.delete(key)
    return newest === undefined ? null : unpacked(newest)
  }

  *unsettled(): Generator<Numbered & { readonly key: string }> {
    for (const [key, newest] of this.#newest) yield { key, ...unpacked(newest) }
  }

  #numberOf(key: string, headers: IncomingMessage['headers']): Placed {
    const [epoch, sequence] = [whole(headers.ce_epoch), whole(headers.ce_sequence)]
    if (epoch === null || sequence === null) {
      return { epoch: 0, sequence: 0, repeated: false, problem: 'a message without a number' }
    }
    const number = { epoch, sequence }
    const known = this.#newest.get(key)
    if (known !== undefined && packed(number) <= known) {
      return { ...number, repeated: true, problem: epoch < unpacked(known).epoch ? 'of an epoch that was over' : null }
    }
    this.#newest.set(key, packed(number))
    const before = known === undefined ? null : unpacked(known).sequence
    const next = before === null ? (this.#topic.retentionDays === undefined ? 1 : sequence) : before + 1
    const missing = sequence > next ? `${sequence - next} messages are missing before it, or come behind it` : null
    return { ...number, repeated: false, problem: missing }
  }
}
