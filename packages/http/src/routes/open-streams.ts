import type { FastifyInstance } from 'fastify'
import { problem } from '../problems/problem-error.ts'
import type { Caller } from '../types.ts'

/** Open event streams at a time: each holds a connection and asks the database again and again. */
export interface StreamLimits {
  readonly perCaller: number
  readonly inAll: number
}

/** Who has a stream open on a server. */
export interface OpenStreams {
  readonly size: number
  /**
   * Takes a stream up, with what ends it; it is ended when the token of the caller expires. The function given back is called
   * when it is over. Throws 429 for a caller who has too many open, 503 when the server has.
   */
  open(caller: Caller | null, end: () => void): () => void
}

declare module 'fastify' {
  interface FastifyInstance {
    openStreams: OpenStreams
  }
}

const retry = { headers: { 'Retry-After': '30' } }

/** Needed once on the server: counts streams, and ends them before it closes, so that a stop does not wait for dashboards. */
export function keepStreams(
  app: FastifyInstance,
  { perCaller, inAll }: StreamLimits = { perCaller: 5, inAll: 250 },
): void {
  const open = new Map<() => void, string | null>()
  app.decorate('openStreams', {
    get size() {
      return open.size
    },
    open(caller, end) {
      const subject = caller?.subject ?? null
      const own = [...open.values()].filter((other) => other === subject).length
      if (subject !== null && own >= perCaller) throw problem('tooManyRequests', 429, retry)
      if (open.size >= inAll) throw problem('serviceUnavailable', 503, retry)
      open.set(end, subject)
      // a longer wait than a timer holds is no expiry that anybody sees
      const waitMs = Math.min((caller?.expiresMs ?? Number.POSITIVE_INFINITY) - Date.now(), 2 ** 31 - 1)
      const expiry = setTimeout(end, Math.max(0, waitMs))
      return () => {
        clearTimeout(expiry)
        open.delete(end)
      }
    },
  } satisfies OpenStreams)
  app.addHook('preClose', async () => {
    for (const end of [...open.keys()]) end()
  })
}
