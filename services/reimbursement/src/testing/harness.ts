import { randomBytes, randomUUID } from 'node:crypto'
import { affiliationOpened, type DataOf, INSURERS, insurabilityChanged, type PersonalFacts } from '@ziv/contracts'
import { type EfactFileInput, type EfactInvoiceInput, writeEfact } from '@ziv/formats'
import type { Authenticator, Caller } from '@ziv/http'
import { cents, type IsoDate, isoDate, makeInsz, makeRizivNumber, movableClock, uuidV5 } from '@ziv/kernel'
import { loadLaw } from '@ziv/law'
import { sealPersonal } from '@ziv/members/testing'
import type { MessagingDriver, ReceivedEvent } from '@ziv/messaging'
import { createVault, privacyMigrations } from '@ziv/privacy'
import { serviceMigrations } from '@ziv/service'
import { createTestDatabase } from '@ziv/testing'
import { pino } from 'pino'
import { type ReimbursementOptions, reimbursement } from '../service.ts'

/** A token is the caller as JSON in base64url: specs say who calls without an issuer. */
const specAuth: Authenticator = {
  verify: async (token) => JSON.parse(Buffer.from(token, 'base64url').toString()) as Caller,
}
export const bearer = (caller: Partial<Caller> & Pick<Caller, 'roles'>): string =>
  `Bearer ${Buffer.from(JSON.stringify({ subject: 'spec', ...caller })).toString('base64url')}`

export const provider = makeRizivNumber(110_003, 4) as string

export interface Harness extends Awaited<ReturnType<typeof createHarness>> {}

export async function createHarness(options: ReimbursementOptions = {}, today = '2024-06-10') {
  const { database, connectionString, drop } = await createTestDatabase({
    migrations: [...serviceMigrations, privacyMigrations, reimbursement.migrations],
  })
  const clock = movableClock(isoDate(today))
  const vault = createVault({ database, masterKey: randomBytes(32), indexKey: randomBytes(32) })
  const deps = {
    database,
    driver: {} as MessagingDriver,
    clock,
    vault,
    auth: specAuth,
    law: loadLaw(),
    logger: pino({ level: 'silent' }),
    insurers: INSURERS,
    environment: 'sandbox' as const,
  }
  const restart = (other: ReimbursementOptions = options) => reimbursement.create(deps, other)
  const service = await restart()
  const deliver = async (...plain: readonly ReceivedEvent[]) => {
    const events = await sealPersonal(vault, plain)
    for (const consumer of service.consumers) {
      const mine = events.filter((event) => consumer.topics.includes(event.topic))
      if (mine.length > 0) await database.transaction((tx) => consumer.handle(tx, mine))
    }
  }
  const count = async (table: string): Promise<number> =>
    Number((await database.query<{ count: string }>(`select count(*) from ${table}`)).rows[0]!.count)
  const insured = async (...patients: readonly Patient[]) => {
    await deliver(
      ...patients.flatMap((patient) => [opened(patient, vault.blindIndex('insz', patient.insz)), inOrder(patient)]),
    )
  }
  return { database, connectionString, drop, clock, deps, vault, service, restart, deliver, count, insured }
}

export interface Patient {
  readonly personId: string
  readonly insz: string
  readonly birthDate: IsoDate
  readonly insurer: string
  readonly ziekenfonds: string
}

/** The nth person of the specs. */
export function patient(n: number, ziekenfonds = '306'): Patient {
  const birthDate = isoDate(`19${60 + (n % 30)}-0${1 + (n % 9)}-1${n % 10}`)
  return {
    personId: uuidV5(`spec-person-${n}`),
    insz: makeInsz(birthDate, 1 + (n % 900)),
    birthDate,
    insurer: `${ziekenfonds[0]}00`,
    ziekenfonds,
  }
}

let number = 0
export function received<T extends object>(topic: string, type: string, key: string, data: T): ReceivedEvent<T> {
  number += 1
  return {
    topic,
    partition: 0,
    offset: String(number),
    key,
    id: randomUUID(),
    type,
    epoch: 1,
    sequence: number,
    recordedAt: new Date(Date.UTC(2023, 0, 2) + number).toISOString(),
    actor: 'spec',
    correlationId: randomUUID(),
    data,
  }
}

export const opened = (person: Patient, inszIndex: string, from = '2020-01-01') =>
  received<Omit<DataOf<typeof affiliationOpened>, 'personal' | 'birthYear'> & PersonalFacts>(
    `ziv.${person.insurer}.affiliation.v1`,
    affiliationOpened.type,
    person.personId,
    {
      personId: person.personId,
      insurer: person.insurer as '300',
      ziekenfonds: person.ziekenfonds,
      affiliationId: uuidV5(`affiliation-${person.personId}-${from}`),
      from,
      inszIndex,
      birthDate: person.birthDate,
      sex: 'F',
    },
  )

export const inOrder = (person: Patient, from = '2020-01-01', to = '2026-12-31') =>
  received<DataOf<typeof insurabilityChanged>>(
    `ziv.${person.insurer}.rights.v1`,
    insurabilityChanged.type,
    person.personId,
    {
      personId: person.personId,
      insurer: person.insurer as '300',
      ziekenfonds: person.ziekenfonds,
      periods: [
        {
          from,
          to,
          insurer: person.insurer as '300',
          ziekenfonds: person.ziekenfonds,
          capacity: 'EMPLOYEE',
          ground: 'renewal',
          decisionId: uuidV5(`decision-${person.personId}`),
        },
      ],
      changedFrom: from,
      cause: 'opening',
    },
  )

export interface LineSpec {
  readonly code?: string
  readonly date?: string
  readonly insurance?: number
  readonly patient?: number
  readonly supplement?: number
  readonly units?: number
  readonly convention?: number
}

/** An invoice with GP consultations (101032 in 2024: 25.68 = 19.68 + 6.00) unless said otherwise. */
export function invoice(
  person: Patient,
  number: number,
  lines: readonly LineSpec[] = [{}],
  extra: Partial<EfactInvoiceInput> = {},
): EfactInvoiceInput {
  return {
    ziekenfonds: person.ziekenfonds,
    insz: person.insz,
    sex: 'F',
    ct1: '110',
    ct2: '110',
    invoiceNumber: String(number),
    reference: `F${number}`,
    invoiceDate: isoDate('2024-06-01'),
    billingInstitution: provider,
    services: lines.map((line, index) => ({
      code: line.code ?? '101032',
      from: isoDate(line.date ?? '2024-05-06'),
      provider,
      units: line.units ?? 1,
      insuranceCents: cents(line.insurance ?? 1968),
      patientCents: cents(line.patient ?? 600),
      supplementCents: cents(line.supplement ?? 0),
      convention: line.convention ?? 1,
      reference: `L${number}-${index}`,
    })),
    ...extra,
  }
}

let sendNumber = 0
export async function fileText(
  invoices: readonly EfactInvoiceInput[],
  extra: Partial<EfactFileInput> = {},
): Promise<string> {
  sendNumber += 1
  const parts: string[] = []
  for await (const part of writeEfact({
    senderReference: String(20240000 + sendNumber),
    invoicingMonth: '2024-06',
    sendNumber: sendNumber % 1000,
    createdOn: isoDate('2024-06-05'),
    thirdPartyNumber: provider,
    bic: 'GEBABEBB',
    iban: 'BE68539007547034',
    contact: { lastName: 'PEETERS', firstName: 'AN' },
    invoices,
    ...extra,
  }))
    parts.push(part)
  return parts.join('')
}

export async function* bytes(text: string | Buffer, size = 65_536): AsyncGenerator<Buffer> {
  const all = Buffer.from(text as string, 'latin1')
  for (let at = 0; at < all.length; at += size) yield all.subarray(at, at + size)
}
