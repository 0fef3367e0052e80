import { randomUUID } from 'node:crypto'
import {
  affiliationClosed,
  affiliationOpened,
  capacityAcquired,
  capacityEnded,
  INSURERS,
  identifierReplaced,
  personDied,
  personErased,
  referenceYearSettled,
} from '@ziv/contracts'
import { type Authenticator, buildServer, type Caller, problem } from '@ziv/http'
import { isoDate, movableClock, uuidV5 } from '@ziv/kernel'
import { loadCapacities, loadLaw } from '@ziv/law'
import { sealPersonal } from '@ziv/members/testing'
import type { MessagingDriver, ReceivedEvent } from '@ziv/messaging'
import { createMemoryVault } from '@ziv/privacy/testing'
import { registerService, serviceMigrations } from '@ziv/service'
import { createTestDatabase } from '@ziv/testing'
import { pino } from 'pino'
import { type RightsOptions, rights } from '../service.ts'

const roleOf = (capacity: string) => loadCapacities().at(capacity).role

const vault = createMemoryVault()
const { indexOf } = vault

/** A token is the caller as JSON in base64url: specs say who calls without an issuer. */
const auth: Authenticator = {
  verify: async (token) => {
    const text = Buffer.from(token, 'base64url').toString()
    if (!text.startsWith('{')) throw problem('invalidAccessToken', 401)
    return JSON.parse(text) as Caller
  },
}
export const bearer = (caller: Partial<Caller> & Pick<Caller, 'roles'>): string =>
  `Bearer ${Buffer.from(JSON.stringify({ subject: 'spec', ...caller })).toString('base64url')}`

/** What meets a year that is short by 812.40 of wage. */
const complementOf = (referenceYear: number) => ({
  ...{ rule: 'minimum.wage', kind: 'payComplement', until: `${referenceYear + 5}-12-31` },
  params: { referenceYear, shortCents: 81_240, payCents: 5_971, residentYearCents: 275_368, cheaper: 'payComplement' },
})

export interface Harness extends Awaited<ReturnType<typeof createHarness>> {}

/** The rights service on a database of its own; facts come in through its consumer. */
export async function createHarness(today = '2025-03-10', options: RightsOptions = {}) {
  const { database, connectionString, drop } = await createTestDatabase({
    migrations: [...serviceMigrations, rights.migrations],
  })
  const clock = movableClock(isoDate(today))
  const logger = pino({ level: 'silent' })
  const deps = {
    ...{ database, clock, vault, auth, logger, insurers: INSURERS, law: loadLaw(), environment: 'sandbox' as const },
    driver: {} as MessagingDriver,
  }
  const restart = (other: RightsOptions = options) => rights.create(deps, { config: { personsPerChunk: 4 }, ...other })
  const service = await restart()
  return {
    ...{ database, connectionString, drop, clock, deps, service, restart },
    tell: async (...events: readonly ReceivedEvent[]) => {
      const sealed = await sealPersonal(vault, events)
      await database.transaction(async (tx) => await service.consumers[0]?.handle(tx, sealed))
    },
    server: async () => {
      const app = await buildServer({ logger, auth, environment: 'sandbox', eventLoopDelayMaxMs: 0 })
      await registerService(app, service, deps)
      await app.ready()
      return app
    },
    rows: async (sql: string, values: readonly unknown[] = []) => (await database.query(sql, values)).rows,
  }
}

let sequence = 0
/** A person whose events are told, with the moment their owner recorded them. */
export function personNamed(name: string, about: { insurer?: string; ziekenfonds?: string; born?: string } = {}) {
  const personId = uuidV5(`rights-spec/${name}`)
  const { insurer = '300', ziekenfonds = '306', born = '1980-05-05' } = about
  const member = { personId, insurer, ziekenfonds }
  const event = (type: string, context: string, data: object, at: string): ReceivedEvent => {
    sequence += 1
    return {
      ...{ topic: `ziv.${insurer}.${context}.v1`, partition: 0, offset: String(sequence), key: personId },
      ...{ id: randomUUID(), type, epoch: 1, sequence, recordedAt: at, actor: 'spec', correlationId: randomUUID() },
      ...{ insurer, ziekenfonds, data: { ...member, ...data } },
    }
  }
  const affiliation = (type: string, data: object, at: string) => event(type, 'affiliation', data, at)
  const at0 = '2023-01-02T10:00:00.000Z'
  return {
    personId,
    insurer,
    joins: (from: string, at = at0) =>
      affiliation(
        affiliationOpened.type,
        { affiliationId: uuidV5(`${name}/${insurer}`), from, inszIndex: indexOf(name), birthDate: born, sex: 'X' },
        at,
      ),
    leaves: (to: string, at = at0) =>
      affiliation(affiliationClosed.type, { affiliationId: uuidV5(`${name}/${insurer}`), to, reason: 'transfer' }, at),
    acquires: (capacity: string, from: string, holderPersonId?: string, at = at0) =>
      affiliation(
        capacityAcquired.type,
        {
          ...{ capacityId: uuidV5(`${name}/${capacity}/${from}`), capacity, from, acquiredOn: from, requestedOn: from },
          role: roleOf(capacity),
          ...(holderPersonId === undefined ? {} : { holderPersonId }),
        },
        at,
      ),
    ends: (capacity: string, from: string, to: string, at = at0) =>
      affiliation(
        capacityEnded.type,
        { capacityId: uuidV5(`${name}/${capacity}/${from}`), capacity, role: roleOf(capacity), to },
        at,
      ),
    dies: (diedOn: string, at = at0) => affiliation(personDied.type, { diedOn }, at),
    isRenumbered: (number: string, at = at0) =>
      affiliation(identifierReplaced.type, { previousInszIndex: indexOf(name), inszIndex: indexOf(number) }, at),
    isErased: (at = at0) => affiliation(personErased.type, {}, at),
    settles: (referenceYear: number, met: boolean, at = at0) =>
      event(
        referenceYearSettled.type,
        'contributions',
        {
          settledOn: at.slice(0, 10),
          assessment: {
            ...{ referenceYear, regime: 'wage', met, totalCents: met ? 900_000 : 718_760, requiredCents: 800_000 },
            ...{ shortCents: met ? 0 : 81_240, payableUntil: `${referenceYear + 5}-12-31`, confidence: 'verified' },
          },
          grounds: [],
          repairs: met ? [] : [complementOf(referenceYear)],
        },
        at,
      ),
  }
}
