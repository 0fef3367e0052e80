import { randomBytes, randomUUID } from 'node:crypto'
import { INSURERS } from '@ziv/contracts'
import { type Authenticator, buildServer, type Caller, problem } from '@ziv/http'
import { isoDate, type MovableClock, movableClock } from '@ziv/kernel'
import { loadLaw } from '@ziv/law'
import type { Database } from '@ziv/postgres'
import { createVault, privacyMigrations } from '@ziv/privacy'
import { registerService, type ServiceDeps, serviceMigrations } from '@ziv/service'
import { createTestDatabase } from '@ziv/testing'
import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { type AffiliationModule, affiliation } from '../index.ts'
import type { AffiliationOptions } from '../service.ts'

/** Callers of the specs; the token is their name. */
export const callers: Readonly<Record<string, Caller>> = {
  clerk306: { subject: 'clerk-306', roles: ['clerk'], insurer: '300', ziekenfonds: '306' },
  clerk311: { subject: 'clerk-311', roles: ['clerk'], insurer: '300', ziekenfonds: '311' },
  clerk501: { subject: 'clerk-501', roles: ['clerk'], insurer: '500', ziekenfonds: '501' },
  clerk900: { subject: 'clerk-900', roles: ['clerk'], insurer: '900', ziekenfonds: '900' },
  viewer300: { subject: 'viewer-300', roles: ['landsbondViewer'], insurer: '300' },
  approver300: { subject: 'approver-300', roles: ['landsbondApprover'], insurer: '300' },
  supervisor: { subject: 'supervisor', roles: ['rizivSupervisor'] },
  careProvider: { subject: 'care', roles: ['careProvider'], providerNumber: '10000007001' },
  system: { subject: 'system', roles: ['system'] },
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  // biome-ignore lint/suspicious/noExplicitAny: specs look into answers of every shape
  readonly body: any
}

export interface World {
  readonly app: FastifyInstance
  readonly module: AffiliationModule
  readonly database: Database
  readonly keys: Database
  readonly clock: MovableClock
  readonly deps: ServiceDeps
  call(
    caller: keyof typeof callers | null,
    method: 'GET' | 'POST',
    path: string,
    body?: object,
    headers?: Record<string, string>,
  ): Promise<Answer>
  close(): Promise<void>
}

let serial = 1
/** Counts from 2 in every world, whatever specs ran before in this process. */
export const nextSerial = (): number => {
  serial += 1
  return serial
}

/** A service over databases of its own, called through its real HTTP server. */
export async function startWorld(today = '2026-03-20', options?: AffiliationOptions): Promise<World> {
  serial = 1
  const service = await createTestDatabase({
    migrations: [...serviceMigrations, affiliation.migrations],
  })
  const privacy = await createTestDatabase({ migrations: [privacyMigrations] })
  const clock = movableClock(isoDate(today))
  const vault = createVault({ database: privacy.database, masterKey: randomBytes(32), indexKey: randomBytes(32) })
  const logger = pino({ level: 'silent' })
  const auth: Authenticator = {
    async verify(token) {
      const caller = callers[token]
      const [kind, personId] = token.split('.')
      if (kind === 'insured' && personId) return { subject: 'insured', roles: ['insured'], personId }
      if (!caller) throw problem('invalidAccessToken', 401)
      return { ...caller }
    },
  }
  const deps: ServiceDeps = {
    ...{
      database: service.database,
      clock,
      vault,
      auth,
      law: loadLaw(),
      logger,
      insurers: INSURERS,
      environment: 'sandbox',
    },
    driver: null as never,
  }
  const module = await affiliation.create(deps, options)
  const app = await buildServer({ logger, auth, environment: 'sandbox', eventLoopDelayMaxMs: 0 })
  await registerService(app, module, deps)
  await app.ready()
  return {
    ...{ app, module, database: service.database, keys: privacy.database, clock, deps },
    async call(caller, method, path, body, headers = {}) {
      const answer = await app.inject({
        method,
        url: `/affiliation/v1${path}`,
        ...(body === undefined ? {} : { payload: body }),
        headers: { ...(caller === null ? {} : { authorization: `Bearer ${caller}` }), ...headers },
      })
      const isJson = String(answer.headers['content-type'] ?? '').includes('json')
      return { status: answer.statusCode, headers: answer.headers, body: isJson ? answer.json() : answer.body }
    },
    async close() {
      await module.stop()
      await app.close()
      await vault.close()
      await service.drop()
      await privacy.drop()
    },
  }
}

export const key = (): Record<string, string> => ({ 'idempotency-key': randomUUID() })
