import { randomUUID } from 'node:crypto'
import {
  affiliationClosed,
  affiliationCorrected,
  affiliationOpened,
  affiliationWithdrawn,
  identifierReplaced,
  personDied,
} from '@ziv/contracts'
import { type Authenticator, buildServer, type Caller } from '@ziv/http'
import { type Clock, type Instant, isoDate, makeInsz, uuidV5 } from '@ziv/kernel'
import { loadLaw } from '@ziv/law'
import { sealPersonal } from '@ziv/members/testing'
import type { MessagingDriver, ReceivedEvent } from '@ziv/messaging'
import { createMemoryVault } from '@ziv/privacy/testing'
import { hosted } from '@ziv/sandbox'
import { registerService, serviceMigrations } from '@ziv/service'
import { createTestDatabase } from '@ziv/testing'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'

const copies = ['contributions', 'rights', 'reimbursement', 'landsbond'] as const
const logger = pino({ level: 'silent' })
const insurers = ['100', '200', '300', '400', '500', '600', '900']
// asked on any day, also before the one asked last
let today = isoDate('2024-01-01')
const vault = createMemoryVault()
const clock: Clock = { today: () => today, now: () => `${today}T10:00:00.000Z` as Instant, millisSince: () => 0 }
const auth: Authenticator = {
  verify: async (token) => JSON.parse(Buffer.from(token, 'base64url').toString()) as Caller,
}
const clerkOf = ({ insurer, ziekenfonds }: Home): string =>
  `Bearer ${Buffer.from(JSON.stringify({ subject: 'spec', roles: ['clerk'], insurer, ziekenfonds })).toString('base64url')}`

interface Home {
  readonly insurer: string
  readonly ziekenfonds: string
}
const home306: Home = { insurer: '300', ziekenfonds: '306' }
const home501: Home = { insurer: '500', ziekenfonds: '501' }

/** One service on a database of its own; the copies are fed through their consumer of the affiliation topics. */
async function startCopy(name: (typeof copies)[number] | 'affiliation') {
  const { database, drop } = await createTestDatabase({ migrations: [...serviceMigrations, hosted[name].migrations] })
  const deps = {
    ...{ database, clock, auth, logger, insurers, law: loadLaw(), environment: 'sandbox' as const },
    driver: {} as MessagingDriver,
    vault,
  }
  const service = await hosted[name].create(deps)
  const app = await buildServer({ logger, auth, environment: 'sandbox', eventLoopDelayMaxMs: 0 })
  await registerService(app, service, deps)
  await app.ready()
  const consumer = service.consumers.find(({ topics }) => topics.includes('ziv.300.affiliation.v1'))
  return {
    name,
    database,
    post: async (path: string, home: Home, payload: object) => {
      const headers = { authorization: clerkOf(home), 'idempotency-key': randomUUID() }
      const answer = await app.inject({ method: 'POST', url: `/${name}/v1${path}`, payload, headers })
      if (answer.statusCode >= 300) throw new Error(`${path}: ${answer.statusCode} ${answer.body}`)
      return answer.json()
    },
    take: async (...events: readonly ReceivedEvent[]) => {
      await database.transaction(async (tx) => await consumer?.handle(tx, events))
    },
    seesPerson: async (personId: string, home: Home) => {
      const url = `/${name}/v1/persons/${personId}/accessLog`
      return (await app.inject({ url, headers: { authorization: clerkOf(home) } })).statusCode
    },
    close: async () => {
      await app.close()
      await service.stop?.()
      await drop()
    },
  }
}

type Started = Awaited<ReturnType<typeof startCopy>>
let started: Started[]
let affiliation: Started
beforeAll(async () => {
  ;[affiliation, ...started] = (await Promise.all((['affiliation', ...copies] as const).map(startCopy))) as [
    Started,
    ...Started[],
  ]
})
afterAll(async () => {
  await Promise.all([affiliation, ...started].map((copy) => copy.close()))
})

let offset = 0
/** What the affiliation service tells of one person; the moment of recording is the number of the event. */
function story(name: string) {
  const personId = uuidV5(`same-member/${name}`)
  const event = (type: string, home: Home, sequence: number, data: object): ReceivedEvent => {
    offset += 1
    return {
      ...{ topic: `ziv.${home.insurer}.affiliation.v1`, partition: 0, offset: String(offset), key: personId },
      ...{ id: uuidV5(`${name}/${sequence}`), type, epoch: 1, sequence, actor: 'spec', correlationId: personId },
      recordedAt: `2023-01-01T00:00:0${sequence}.000Z`,
      data: { personId, ...home, ...data },
    }
  }
  const affiliationId = (home: Home) => uuidV5(`${name}/${home.ziekenfonds}`)
  const numbered = (letter: string): string => name.replaceAll(/\W/g, '').padEnd(43, letter)
  const about = { inszIndex: numbered('a'), birthDate: '1980-05-05', sex: 'X' }
  const corrects = [personId]
  return {
    personId,
    events: [
      event(affiliationOpened.type, home306, 1, {
        affiliationId: affiliationId(home306),
        from: '2020-01-01',
        ...about,
      }),
      event(affiliationClosed.type, home306, 2, {
        affiliationId: affiliationId(home306),
        to: '2024-05-31',
        reason: 'departure',
      }),
      event(affiliationOpened.type, home501, 3, {
        affiliationId: affiliationId(home501),
        from: '2024-11-01',
        ...about,
      }),
      event(affiliationCorrected.type, home501, 4, {
        ...{ affiliationId: affiliationId(home501), from: '2024-09-01', to: null, reason: null, corrects },
      }),
      event(identifierReplaced.type, home501, 5, {
        ...{ previousInszIndex: about.inszIndex, inszIndex: numbered('b') },
      }),
      event(personDied.type, home501, 6, { diedOn: '2025-03-01' }),
    ],
    mistake: event(affiliationWithdrawn.type, home501, 7, { affiliationId: affiliationId(home501), corrects }),
  }
}

/** Whoever sees the person on each day, by the answer of every service. */
async function seers(personId: string, of: readonly Started[] = started) {
  const answers: Record<string, string[]> = {}
  for (const day of ['2019-12-31', '2024-05-31', '2024-06-30', '2024-09-01', '2025-06-30']) {
    today = isoDate(day)
    for (const copy of of) {
      const codes = [await copy.seesPerson(personId, home306), await copy.seesPerson(personId, home501)]
      const seen = codes.map((code, index) => (code === 200 ? ['306', '501'][index] : ''))
      answers[copy.name] = [...(answers[copy.name] ?? []), `${day} ${seen.join('')}`]
    }
  }
  return answers
}

const orders: readonly (readonly number[])[] = [
  [0, 1, 2, 3, 4, 5],
  [4, 2, 3, 5, 0, 1],
  [5, 3, 1, 4, 2, 0],
]

test.each(orders.map((order, index) => [index, order] as const))(
  'order of arrival %i: all four services say on every day that the same ziekenfonds sees a person',
  async (index, order) => {
    const { personId, events, mistake } = story(`person ${index}`)
    for (const copy of started)
      for (const place of order) await copy.take(...(await sealPersonal(vault, [events[place] as ReceivedEvent])))
    const expected = ['2019-12-31 306', '2024-05-31 306', '2024-06-30 306', '2024-09-01 501', '2025-06-30 501']
    expect(await seers(personId)).toEqual(Object.fromEntries(copies.map((name) => [name, expected])))
    for (const copy of started) await copy.take(...(await sealPersonal(vault, [mistake])))
    const after = expected.map((text) => `${text.slice(0, 10)} 306`)
    expect(await seers(personId)).toEqual(Object.fromEntries(copies.map((name) => [name, after])))
  },
)

/** What the affiliation service told of a person, as it comes to the others. */
async function told(personId: string): Promise<readonly ReceivedEvent[]> {
  interface Row {
    readonly event_id: string
    readonly topic: string
    readonly type: string
    readonly epoch: number
    readonly sequence: string
    readonly payload: unknown
    readonly headers: Readonly<Record<string, string>>
  }
  const { rows } = await affiliation.database.query<Row>(
    'select * from es.outbox where key = $1 order by epoch, tx, id',
    [personId],
  )
  return rows.map(({ event_id: id, topic, type, epoch, sequence, payload: data, headers }, place) => ({
    ...{ topic, partition: 0, offset: String(offset + place), key: personId, id, type, epoch, data },
    ...{ sequence: Number(sequence), actor: 'spec', correlationId: personId },
    recordedAt: headers.time as string,
  }))
}

test('the affiliation service itself says the same as those it told, on every day', async () => {
  const clerk = affiliation.post
  today = isoDate('2024-01-15')
  const person = { ssin: makeInsz(isoDate('1980-05-05'), 1), lastName: 'Peeters', firstNames: 'Lotte' }
  const { personId } = await clerk('/persons', home306, person)
  const path = `/persons/${personId}`
  const first = await clerk(`${path}/affiliations`, home306, { ziekenfonds: '306', from: '2020-01-01' })
  const end = { to: '2024-05-31', reason: 'departure' }
  await clerk(`${path}/affiliations/${first.affiliationId}/end`, home306, end)
  today = isoDate('2024-06-15')
  const last = await clerk(`${path}/affiliations`, home501, { ziekenfonds: '501', from: '2024-09-01' })
  // its members to come are already its work
  const ssin = makeInsz(isoDate('1980-05-05'), 2)
  await clerk(`${path}/identifierReplacements`, home501, { previousSsin: person.ssin, ssin })
  today = isoDate('2025-06-15')
  await clerk(`${path}/death`, home501, { diedOn: '2025-03-01' })
  const all = [affiliation, ...started]
  const names = all.map(({ name }) => name)
  for (const copy of started) await copy.take(...(await told(personId)))
  const expected = ['2019-12-31 306', '2024-05-31 306', '2024-06-30 306', '2024-09-01 501', '2025-06-30 501']
  expect(await seers(personId, all)).toEqual(Object.fromEntries(names.map((name) => [name, expected])))
  const before = (await told(personId)).length
  await clerk(`${path}/corrections`, home501, { lives: true, reason: 'clericalError' })
  await clerk(`${path}/affiliations/${last.affiliationId}/withdrawals`, home501, { reason: 'clericalError' })
  for (const copy of started) await copy.take(...(await told(personId)).slice(before))
  const after = expected.map((text) => `${text.slice(0, 10)} 306`)
  expect(await seers(personId, all)).toEqual(Object.fromEntries(names.map((name) => [name, after])))
  today = isoDate('2025-07-01')
  await clerk(`${path}/affiliations/${first.affiliationId}/withdrawals`, home306, { reason: 'clericalError' })
  for (const copy of started) await copy.take(...(await told(personId)).slice(-1))
  expect(await seers(personId, all)).toEqual(Object.fromEntries(names.map((name) => [name, after])))
})
