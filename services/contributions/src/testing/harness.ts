import { randomUUID } from 'node:crypto'
import {
  affiliationOpened,
  affiliationWithdrawn,
  capacityAcquired,
  type DataOf,
  INSURERS,
  identifierReplaced,
} from '@ziv/contracts'
import type { Authenticator, Caller } from '@ziv/http'
import { isoDate, movableClock, uuidV5 } from '@ziv/kernel'
import { loadCapacities, loadLaw } from '@ziv/law'
import { sealPersonal } from '@ziv/members/testing'
import type { MessagingDriver, ReceivedEvent } from '@ziv/messaging'
import { createMemoryVault } from '@ziv/privacy/testing'
import { serviceMigrations } from '@ziv/service'
import { createTestDatabase } from '@ziv/testing'
import { pino } from 'pino'
import { type ContributionsOptions, contributions } from '../service.ts'

const specVault = createMemoryVault()
const index = specVault.indexOf

/** A token is the caller as JSON in base64url: specs say who calls without an issuer. */
const specAuth: Authenticator = {
  verify: async (token) => JSON.parse(Buffer.from(token, 'base64url').toString()) as Caller,
}
export const bearer = (caller: Partial<Caller> & Pick<Caller, 'roles'>): string =>
  `Bearer ${Buffer.from(JSON.stringify({ subject: 'spec', ...caller })).toString('base64url')}`

export interface Harness extends Awaited<ReturnType<typeof createHarness>> {}

export async function createHarness(options: ContributionsOptions = {}, today = '2026-02-16') {
  const { database, connectionString, drop } = await createTestDatabase({
    migrations: [...serviceMigrations, contributions.migrations],
  })
  const clock = movableClock(isoDate(today))
  const deps = {
    database,
    driver: {} as MessagingDriver,
    clock,
    vault: specVault,
    auth: specAuth,
    law: loadLaw(),
    logger: pino({ level: 'silent' }),
    insurers: INSURERS,
    environment: 'sandbox' as const,
  }
  const restart = (other: ContributionsOptions = options) => contributions.create(deps, other)
  const service = await restart()
  const affiliation = async (...events: readonly ReceivedEvent[]) => {
    const sealed = await sealPersonal(specVault, events)
    await database.transaction((tx) => service.consumers[0]!.handle(tx, sealed))
  }
  const count = async (table: string): Promise<number> =>
    Number((await database.query<{ count: string }>(`select count(*) from ${table}`)).rows[0]!.count)
  return { database, connectionString, drop, clock, deps, service, restart, affiliation, count }
}

let number = 0
function received<T extends object>(type: string, insurer: string, key: string, data: T): ReceivedEvent<T> {
  number += 1
  return {
    topic: `ziv.${insurer}.affiliation.v1`,
    partition: 0,
    offset: String(number),
    key,
    id: randomUUID(),
    type,
    epoch: 1,
    sequence: number,
    // before the years of these specs are over: they are decided by their settlement run
    recordedAt: '2010-01-02T10:00:00.000Z',
    actor: 'spec',
    correlationId: randomUUID(),
    insurer,
    ziekenfonds: '306',
    data,
  }
}

type Insurer = DataOf<typeof affiliationOpened>['insurer']

export interface SpecPerson {
  readonly personId: string
  readonly insz: string
  readonly insurer?: Insurer
  readonly birthDate?: string
  readonly from?: string
}

const who = ({ personId, insurer = '300' }: SpecPerson) => ({ personId, insurer, ziekenfonds: '306' })

export function opened(person: SpecPerson): ReceivedEvent {
  const { personId, insz, insurer = '300', birthDate = '1980-05-05', from = '2010-01-01' } = person
  return received(affiliationOpened.type, insurer, personId, {
    ...who(person),
    affiliationId: uuidV5(`affiliation:${personId}:${insurer}`),
    from,
    inszIndex: index(insz),
    birthDate,
    sex: 'X' as const,
  })
}

export function acquired(person: SpecPerson, capacity: string, from = '2010-01-01'): ReceivedEvent {
  return received(capacityAcquired.type, person.insurer ?? '300', person.personId, {
    ...who(person),
    capacityId: uuidV5(`capacity:${person.personId}:${capacity}`),
    capacity,
    role: loadCapacities().at(capacity).role,
    from,
    acquiredOn: from,
    requestedOn: from,
  })
}

export function withdrawn(person: SpecPerson): ReceivedEvent {
  const { personId, insurer = '300' } = person
  return received(affiliationWithdrawn.type, insurer, personId, {
    ...who(person),
    affiliationId: uuidV5(`affiliation:${personId}:${insurer}`),
    corrects: [personId],
  })
}

export function replaced(person: SpecPerson, previous: string): ReceivedEvent {
  return received(identifierReplaced.type, person.insurer ?? '300', person.personId, {
    ...who(person),
    previousInszIndex: index(previous),
    inszIndex: index(person.insz),
  })
}

export async function* bytesOf(text: string | Buffer, size = 4096): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text)
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size)
}
