import { INSURERS } from '@ziv/contracts'
import { type Authenticator, buildServer, type Caller } from '@ziv/http'
import { isoDate, movableClock } from '@ziv/kernel'
import { type Law, loadLaw } from '@ziv/law'
import type { MessagingDriver, ReceivedEvent } from '@ziv/messaging'
import type { Vault } from '@ziv/privacy'
import { registerService, serviceMigrations } from '@ziv/service'
import { createTestDatabase } from '@ziv/testing'
import { pino } from 'pino'
import { landsbond } from '../service.ts'

/** A token is the caller as JSON in base64url: specs say who calls without an issuer. */
const specAuth: Authenticator = {
  verify: async (token) => JSON.parse(Buffer.from(token, 'base64url').toString()) as Caller,
}

const callers = {
  system: { roles: ['system'] },
  clerk306: { roles: ['clerk'], insurer: '300', ziekenfonds: '306' },
  clerk304: { roles: ['clerk'], insurer: '300', ziekenfonds: '304' },
  clerk501: { roles: ['clerk'], insurer: '500', ziekenfonds: '501' },
  viewer300: { roles: ['landsbondViewer'], insurer: '300' },
  approver300: { roles: ['landsbondApprover'], insurer: '300' },
  approver500: { roles: ['landsbondApprover'], insurer: '500' },
  supervisor: { roles: ['rizivSupervisor'] },
  distributor: { roles: ['rizivDistributor'] },
  insured: { roles: ['insured'], personId: '0198c1a2-7f00-7000-8000-000000000001' },
} as const satisfies Record<string, Partial<Caller>>
export type CallerName = keyof typeof callers

export interface Reply {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: specs read answers of every shape
  readonly body: any
  readonly headers: Readonly<Record<string, string | undefined>>
}

export interface World extends Awaited<ReturnType<typeof worldOn>> {}

async function openDeps(today: string, law: Law) {
  const { database, drop } = await createTestDatabase({
    migrations: [...serviceMigrations, landsbond.migrations],
  })
  return {
    drop,
    database,
    driver: {} as MessagingDriver,
    clock: movableClock(isoDate(today)),
    vault: {} as Vault,
    auth: specAuth,
    law,
    logger: pino({ level: 'silent' }),
    insurers: INSURERS,
    environment: 'sandbox' as const,
  }
}

/** The service on a database of its own, with its API; events go straight into its consumer, in batches. */
export async function startWorld(today = '2024-03-31', law = loadLaw()) {
  const { drop, ...deps } = await openDeps(today, law)
  return await worldOn(deps, drop)
}

async function worldOn(deps: Omit<Awaited<ReturnType<typeof openDeps>>, 'drop'>, drop: () => Promise<void>) {
  const { database, clock, logger } = deps
  const service = await landsbond.create(deps)
  const app = await buildServer({ logger, auth: specAuth, environment: 'sandbox', eventLoopDelayMaxMs: 0 })
  await registerService(app, service, { database })
  await app.ready()
  const [consumer] = service.consumers

  return {
    deps,
    database,
    clock,
    /** The same data with another law, as after an update of the service. */
    under: (law: Law): Promise<World> => worldOn({ ...deps, law }, async () => undefined),
    service,
    app,
    take: (...events: readonly ReceivedEvent[]) => database.transaction((tx) => consumer!.handle(tx, events)),
    tokenOf: (as: CallerName): string =>
      Buffer.from(JSON.stringify({ subject: as, ...callers[as] })).toString('base64url'),
    async call(
      as: CallerName,
      method: 'GET' | 'POST',
      path: string,
      body?: object,
      headers: object = {},
    ): Promise<Reply> {
      const answer = await app.inject({
        method,
        url: `/landsbond/v1${path}`,
        headers: { authorization: `Bearer ${this.tokenOf(as)}`, ...headers },
        ...(body === undefined ? {} : { payload: body }),
      })
      const text = answer.body
      return {
        status: answer.statusCode,
        body: text === '' ? undefined : JSON.parse(text),
        headers: answer.headers as Reply['headers'],
      }
    },
    membersNow: async () =>
      (
        await database.query<{
          insurer: string
          ziekenfonds: string
          capacity: string
          members: string
          insured: string
        }>('select * from app.members_now order by insurer, ziekenfonds, capacity')
      ).rows.map((row) => `${row.ziekenfonds} ${row.capacity} ${row.members} ${row.insured}`),
    async findings() {
      const all = []
      for await (const finding of service.verify()) all.push(finding)
      return all
    },
    async close() {
      await app.close()
      await service.stop()
      await drop()
    },
  }
}
