import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { problem } from '../problems/problem-error.ts'

/** Writes about one person that may hold a connection at a time. */
const ACTIVE_MAX = 3
/** How long the others wait for their turn, in ms. */
const PATIENCE_MS = 4_000

const reads = new Set(['GET', 'HEAD', 'OPTIONS'])

declare module 'fastify' {
  interface FastifyRequest {
    writesAbout: string | null
  }
}

/**
 * Writes about one person wait for each other here, without a connection of the database: when the person is locked, those who come
 * for others still find one. Who waited too long gets 503 with Retry-After.
 */
export function queueWrites(
  app: FastifyInstance,
  { patienceMs = PATIENCE_MS }: { readonly patienceMs?: number } = {},
): void {
  const active = new Map<string, number>()
  app.decorateRequest('writesAbout', null)
  app.addHook('preHandler', (request, _reply, done) => {
    const { personId } = (request.params ?? {}) as { readonly personId?: unknown }
    if (reads.has(request.method) || typeof personId !== 'string') return done()
    turnOf(personId).then(() => {
      request.writesAbout = personId
      done()
    }, done)
  })
  const turnOf = async (personId: string): Promise<void> => {
    const deadline = performance.now() + patienceMs
    for (let waitMs = 5; (active.get(personId) ?? 0) >= ACTIVE_MAX; waitMs = Math.min(waitMs * 2, 100)) {
      if (performance.now() >= deadline) throw problem('serviceUnavailable', 503, { headers: { 'Retry-After': '5' } })
      await pause(waitMs)
    }
    active.set(personId, (active.get(personId) ?? 0) + 1)
  }
  app.addHook('onResponse', ({ writesAbout }, _reply, done) => {
    if (writesAbout !== null) {
      const left = (active.get(writesAbout) ?? 1) - 1
      if (left === 0) active.delete(writesAbout)
      else active.set(writesAbout, left)
    }
    done()
  })
}
