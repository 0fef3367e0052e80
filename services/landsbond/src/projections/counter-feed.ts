import { setTimeout as sleep } from 'node:timers/promises'
import type { StreamedEvent, TenantFilter } from '@ziv/http'
import type { Context } from '../context.ts'
import { moveBusinessDay } from './member-counts.ts'
import { type Counters, type FundCounters, readCounters } from './overview.ts'

export interface CounterFeedOptions extends Pick<Context, 'database' | 'clock'> {
  /** Least time between two looks at the database, however many watch. Default 400 ms. */
  readonly pauseMs?: number
}

export interface CounterFeed {
  /** The counters as they are now. */
  read(): Promise<Counters>
  /**
   * What changes for a tenant, from everything (or from the id of the last event seen) until the signal ends. A change may
   * come twice around a reconnection, never not at all: counters are whole values, so a repetition is harmless.
   */
  watch(filter: TenantFilter, lastEventId: string | null, signal: AbortSignal): AsyncIterable<StreamedEvent>
}

interface Place {
  readonly month: string
  readonly horizon: bigint
}

const idOf = ({ month, horizon }: Place): string => `${month}.${horizon}`

function placeOf(lastEventId: string | null): Place | null {
  const parts = lastEventId === null ? null : /^(\d{4}-\d{2})\.(\d{1,19})$/.exec(lastEventId)
  return parts === null ? null : { month: parts[1]!, horizon: BigInt(parts[2]!) }
}

const publicOf = ({ changedTx: _, lastReturn, ...fund }: Counters['funds'][number]): object => ({
  ...fund,
  ...(lastReturn === null ? {} : { lastReturn }),
})

/** One reader of the database for all who watch. */
export function createCounterFeed({ database, clock, pauseMs = 400 }: CounterFeedOptions): CounterFeed {
  let latest: { readonly at: number; readonly counters: Promise<Counters> } | null = null

  const read = async (): Promise<Counters> => {
    const today = clock.today()
    await moveBusinessDay(database, today)
    return await readCounters(database, today.slice(0, 7))
  }

  const shared = (): Promise<Counters> => {
    const now = performance.now()
    if (latest === null || now - latest.at >= pauseMs) latest = { at: now, counters: read() }
    return latest.counters
  }

  return {
    read,
    async *watch(filter, lastEventId, signal) {
      const sent = new Map<string, string>()
      let since = placeOf(lastEventId)
      while (!signal.aborted) {
        const counters = await shared()
        // an id of another month or from the future (a restored database) says nothing: everything is told again
        const known =
          since !== null && since.month === counters.month && since.horizon <= counters.horizon ? since : null
        const changed = counters.funds
          .filter((fund) => visible(fund, filter))
          .filter((fund) => {
            const key = fund.ziekenfonds
            const text = JSON.stringify([counters.month, publicOf(fund)])
            const isNew = sent.has(key) ? sent.get(key) !== text : known === null || fund.changedTx >= known.horizon
            sent.set(key, text)
            return isNew
          })
        for (const [index, fund] of changed.entries()) {
          // only the last one of a look carries the id: who is cut off before it gets all of them again
          const id = index === changed.length - 1 ? { id: idOf(counters) } : {}
          yield { ...id, event: 'counters', data: { month: counters.month, ...publicOf(fund) } }
        }
        since = counters
        await sleep(pauseMs, undefined, { signal }).catch(() => undefined)
      }
    },
  }
}

const visible = (fund: FundCounters, filter: TenantFilter): boolean =>
  (filter.insurer === undefined || filter.insurer === fund.insurer) &&
  (filter.ziekenfonds === undefined || filter.ziekenfonds === fund.ziekenfonds)
