import { setTimeout as sleep } from 'node:timers/promises'
import { messageOf } from './logger.ts'
import type { PartitionLag, RunningConsumer, RunningRelay } from './types.ts'

export interface IdleOptions {
  readonly relays: readonly Pick<RunningRelay, 'service' | 'pending' | 'wake'>[]
  readonly consumers: readonly Pick<RunningConsumer, 'name' | 'lag'>[]
  /** Other work that must be done too, for instance projections: true when it is. */
  readonly also?: readonly (() => Promise<boolean>)[]
  /** Default 60 000. Throws with what is still open. */
  readonly timeoutMs?: number
}

interface Look {
  readonly open: readonly string[]
  /** Ends of everything: equal twice means that nothing was sent in between. */
  readonly ends: string
}

const endsOf = (lags: readonly PartitionLag[]): string =>
  lags
    .map((lag) => `${lag.topic}/${lag.partition}:${lag.end}`)
    .sort()
    .join()

async function look({ relays, consumers, also = [] }: IdleOptions): Promise<Look> {
  const open: string[] = []
  // relays first: what a consumer writes to an outbox after this is found by the second look
  const pending = await Promise.all(relays.map((relay) => relay.pending()))
  pending.forEach((rows, i) => {
    if (rows === 0) return
    open.push(`relay ${relays[i]!.service}: ${rows} rows`)
    relays[i]!.wake()
  })
  // asking a broker for every end costs it work: not while we know that there is more to come
  if (open.length > 0) return { open, ends: '' }
  // a broker that is away for a while is not idle, and not the end either
  const lags = await Promise.all(
    consumers.map((consumer) =>
      consumer.lag().catch((error: unknown) => {
        open.push(`consumer ${consumer.name}: ${messageOf(error)}`)
        return []
      }),
    ),
  )
  lags.forEach((partitions, i) => {
    const messages = partitions.reduce((sum, partition) => sum + partition.lag, 0)
    if (messages > 0) open.push(`consumer ${consumers[i]!.name}: ${messages} messages`)
  })
  const done = await Promise.all(also.map((probe) => probe()))
  if (done.includes(false)) open.push('other work')
  return { open, ends: lags.map(endsOf).join('|') }
}

/**
 * Resolves when every outbox is relayed and every consumer is at the end. It looks twice: a message on its way between the
 * two counts of one look has moved an end or left a row by the next, so a quiet moment is not taken for the end.
 */
export async function waitUntilIdle(options: IdleOptions): Promise<void> {
  const deadline = Date.now() + (options.timeoutMs ?? 60_000)
  let before: Look | null = null
  for (let pauseMs = 5; ; pauseMs = Math.min(100, pauseMs * 1.5)) {
    const now = await look(options)
    if (now.open.length === 0 && before?.open.length === 0 && before.ends === now.ends) return
    if (Date.now() > deadline) {
      throw new Error(`not idle in time: ${now.open.join('; ') || 'messages keep coming'}`)
    }
    before = now
    if (now.open.length > 0) await sleep(pauseMs)
    else pauseMs = 5
  }
}
