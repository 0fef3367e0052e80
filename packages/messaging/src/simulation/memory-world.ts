import { type Lease, LeaseLost, type OutboxRow } from '@ziv/event-store'
import type { Transaction } from '@ziv/postgres'
import type { ConsumerStore } from '../consumer/consumer-store.ts'
import { type KeyState, keyName, type ParkedMessage } from '../consumer/sort-batch.ts'
import { partitionOf } from '../partitioner.ts'
import type { OutboxSource } from '../relay/outbox-source.ts'
import type { IncomingMessage, MessageProducer } from '../types.ts'
import type { Chance } from './chance.ts'

/** A fault that passes: the same call may succeed the next time. */
const passing = (what: string): Error => Object.assign(new Error(what), { retriable: true })

/** The outbox of a service in memory, with one checkpoint and leases that can be lost at any moment. */
export class MemoryOutbox {
  readonly rows: OutboxRow[] = []
  #checkpoint = 0
  #term = 0
  readonly #sequences = new Map<string, number>()

  write(topic: string, key: string, type: string, payload: string): void {
    const sequence = (this.#sequences.get(key) ?? 0) + 1
    this.#sequences.set(key, sequence)
    const position = String(this.rows.length + 1)
    const attributes = { time: '2026-11-22T10:00:00.000Z', actor: 'sim', correlationid: 'sim' }
    this.rows.push({
      epoch: 1,
      tx: position,
      position,
      eventId: `${key}-${sequence}`,
      topic,
      key,
      sequence,
      type,
      payload,
      attributes,
    })
  }

  /** One relay's view; taking the lease ends the lease of everybody else. */
  source(): OutboxSource {
    const guard = (lease: Lease): void => {
      if (lease.term !== this.#term) throw new LeaseLost(lease.processor, lease.term)
    }
    const at = (): Lease['position'] => ({ epoch: 1, tx: String(this.#checkpoint), position: String(this.#checkpoint) })
    return {
      acquire: async () => ({ processor: 'relay', holder: 'sim', term: ++this.#term, position: at() }),
      renew: async (lease) => guard(lease),
      read: async (lease, limit) =>
        this.rows.slice(Number(lease.position.position), Number(lease.position.position) + limit),
      save: async (lease, last) => {
        guard(lease)
        if (lease.position.position !== String(this.#checkpoint)) throw new LeaseLost('relay', lease.term)
        this.#checkpoint = Number(last.position)
        return { ...lease, position: at() }
      },
      release: async () => {},
      pending: async () => this.rows.length - this.#checkpoint,
    }
  }
}

/** A partitioned log that may fail before, in the middle of and after a send. */
export class MemoryLog {
  readonly partitions: IncomingMessage[][]
  readonly #chance: Chance

  constructor(width: number, chance: Chance) {
    this.partitions = Array.from({ length: width }, () => [])
    this.#chance = chance
  }

  producer(faults: boolean): MessageProducer {
    return {
      send: async (messages) => {
        const broken = faults && this.#chance.often(25)
        const arriving = broken ? messages.slice(0, this.#chance.below(messages.length + 1)) : messages
        for (const message of arriving) {
          const partition = partitionOf(message.key, this.partitions.length)
          const list = this.partitions[partition]!
          list.push({ ...message, partition, offset: String(list.length) })
        }
        if (broken) throw passing('the broker went away')
      },
      close: async () => {},
    }
  }
}

/** What the handler of the simulation writes into: the open transaction. */
export interface MemoryTx {
  readonly effects: { readonly key: string; readonly n: number }[]
}

/** A consumer's database in memory: all or nothing, and now and then it fails before or after the commit. */
export class MemoryStore implements ConsumerStore {
  effects: { readonly key: string; readonly n: number }[] = []
  readonly parked = new Map<string, ParkedMessage>()
  readonly #keys = new Map<string, KeyState>()
  readonly #chance: Chance
  faults = true

  constructor(chance: Chance) {
    this.#chance = chance
  }

  readonly transaction: ConsumerStore['transaction'] = async (work) => {
    const tx: MemoryTx = { effects: [] }
    const states: KeyState[] = []
    const parked: ParkedMessage[] = []
    const result = await work({
      tx: tx as unknown as Transaction,
      lockKeys: async (keys) =>
        new Map(
          keys.map(({ topic, key }) => {
            const fresh = { topic, key, known: false, epoch: 0, sequence: 0, parked: null }
            return [keyName(topic, key), this.#keys.get(keyName(topic, key)) ?? fresh]
          }),
        ),
      save: async (moved) => void states.push(...moved),
      park: async (messages) => void parked.push(...messages),
      takenIn: async () => new Map(),
    })
    if (this.faults && this.#chance.often(10)) throw passing('the connection broke before the commit')
    for (const state of states) this.#keys.set(keyName(state.topic, state.key), { ...state, known: true })
    for (const message of parked) {
      const id = `${message.read.message.key}/${message.sequence}`
      if (!this.parked.has(id)) this.parked.set(id, message)
    }
    this.effects.push(...tx.effects)
    if (this.faults && this.#chance.often(10)) throw passing('the connection broke after the commit')
    return result
  }
}
