import {
  capacityAcquired,
  capacityCorrected,
  capacityRequested,
  catalog,
  insurabilityChanged,
  jsonSchemaOf,
  returnAccepted,
} from '@ziv/contracts'
import type { OutboxDraft } from '@ziv/event-store'
import { isoDate, uuidV7 } from '@ziv/kernel'
import { draft, topicFor } from '@ziv/messaging'
import { type ServiceName, serviceNames } from '@ziv/sandbox'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { newMember, startWorld, type World } from './security-world.fixture.ts'

/** Told by an installation that is newer than this one: the list of capacities in the contracts is open. */
const CODE = 'LIGHTHOUSE_KEEPER'

let world: World
/** Registered as an employee, then told to be insured in the unknown capacity too. */
let personId: string
/** Known to nobody but by a right in the unknown capacity. */
const stranger = uuidV7()
const decided = new Map<ServiceName, number>()

beforeAll(async () => {
  world = await startWorld(undefined, { startAt: isoDate('2025-03-10') }, 'error')
  const clerk = await world.token({ roles: ['clerk'], insurer: '300', ziekenfonds: '306' })
  personId = (await newMember(world, clerk, '306')).personId
  await world.sandbox.idle()
  for (const name of serviceNames) decided.set(name, await eventsAbout(name))
  await tell()
  await world.sandbox.idle()
}, 120_000)
afterAll(() => world?.close())

/** Puts messages into the outbox of the service that owns their topic: they go the way of all others. */
async function publish(name: ServiceName, ...drafts: readonly OutboxDraft[]): Promise<void> {
  const rows = drafts.map((d) => ({ i: d.eventId, t: d.topic, k: d.key, y: d.type, p: d.payload, h: d.attributes }))
  const write = 'select es.write_outbox(es.current_epoch(), $1::json)'
  await world.sandbox.databases[name].query(write, [JSON.stringify(rows)])
}

async function tell(): Promise<void> {
  const home = { insurer: '300', ziekenfonds: '306' } as const
  const options = (key: string) => ({
    ...{
      ...home,
      key,
      recordedAt: '2025-03-10T12:00:00.000Z',
      actor: 'spec',
      correlationId: uuidV7(),
      source: '/spec',
    },
  })
  const about = { ...home, personId, capacityId: uuidV7(), capacity: CODE, role: 'holder' as const }
  const asked = { acquiredOn: '2022-01-01', requestedOn: '2022-01-01' }
  const days = { ...asked, from: '2022-01-01' }
  await publish(
    'affiliation',
    draft(capacityRequested, { ...options(personId), data: { ...about, ...asked, waitingFor: 'manualDecision' } }),
    draft(capacityAcquired, { ...options(personId), data: { ...about, ...days } }),
    draft(capacityCorrected, { ...options(personId), data: { ...about, ...days, to: null, corrects: [uuidV7()] } }),
  )
  const right = { ...home, capacity: CODE, ground: 'opening', decisionId: uuidV7() } as const
  const periods = [{ ...right, from: '2024-01-01', to: '2025-12-31' }]
  const changed = { ...home, personId: stranger, periods, changedFrom: '2024-01-01', cause: 'opening' } as const
  await publish('rights', draft(insurabilityChanged, { ...options(stranger), data: changed }))
  const figures = {
    ...{ members: [{ capacity: CODE, count: 2 }], membersWithoutCapacity: 0, membersTotal: 2, insuredTotal: 1 },
    ...{ slips: 0, claims: 0, interventionCents: 0, patientShareCents: 0, supplementCents: 0 },
  }
  const accepted = { ...home, returnId: uuidV7(), month: '2025-02', acceptedOn: '2025-03-05', figures }
  await publish('landsbond', draft(returnAccepted, { ...options('306'), data: accepted }))
}

async function rowsOf(name: ServiceName, sql: string, values: readonly unknown[]): Promise<readonly string[]> {
  const { rows } = await world.sandbox.databases[name].query<{ text: string }>(sql, [...values])
  return rows.map(({ text }) => text)
}

const eventsAbout = async (name: ServiceName): Promise<number> =>
  (await rowsOf(name, `select version as text from es.events where stream_id like '%' || $1 || '%'`, [personId])).length

const parkedBy = (name: ServiceName, consumer: string): Promise<readonly string[]> =>
  rowsOf(name, 'select error as text from es.parked where consumer = $1 order by sequence', [consumer])

const toldFacts = `select kind || ' ' || capacity as text from app_members.facts
  where person_id = $1 and capacity = $2 order by sequence`
const allThree = ['requested', 'acquired', 'capacityCorrected'].map((kind) => `${kind} ${CODE}`)

interface Row {
  readonly service: ServiceName
  /**
   * Takes it in as it was told, under its own code. `waits`: it decides about persons or ranks their capacities, the law here is silent
   * about this one, and nothing is decided: the messages of that person stand still and say why, until the service is newer
   * (decision 0042).
   */
  readonly does: 'takes' | 'waits'
  readonly sees: readonly (readonly [sql: string, values: () => readonly unknown[], expected: readonly string[]])[]
}

const onlyRequested: Row['sees'] = [[toldFacts, () => [personId, CODE], [`requested ${CODE}`]]]

const consumers: Readonly<Record<string, Row>> = {
  'contributions.affiliation': { service: 'contributions', does: 'waits', sees: onlyRequested },
  'rights.facts': { service: 'rights', does: 'waits', sees: onlyRequested },
  'reimbursement.affiliation': {
    ...{ service: 'reimbursement', does: 'takes' },
    sees: [[toldFacts, () => [personId, CODE], allThree]],
  },
  'reimbursement.rights': {
    ...{ service: 'reimbursement', does: 'takes' },
    sees: [
      [
        `select (p ->> 'from') || ' ' || (p ->> 'to') as text from app.insurability, jsonb_array_elements(periods) p where person_id = $1`,
        () => [stranger],
        ['2024-01-01 2025-12-31'],
      ],
    ],
  },
  'landsbond.members': {
    ...{ service: 'landsbond', does: 'waits' },
    sees: [
      [
        `select kind as text from app.member_facts where person_id = $1 and capacity = $2 order by "offset"`,
        () => [personId, CODE],
        [],
      ],
      // counted once, as far as the law here can tell; its return is refused while a message stands still
      [`select capacity || ' ' || members as text from app.members_now`, () => [], ['EMPLOYEE 1']],
      [
        `select periods::text as text from app.right_facts where person_id = $1`,
        () => [stranger],
        ['{[2024-01-01,2026-01-01)}'],
      ],
    ],
  },
  'riziv.returns': {
    ...{ service: 'riziv', does: 'takes' },
    sees: [[`select ziekenfonds || ' ' || members as text from app.accepted_returns`, () => [], ['306 2']]],
  },
}

/** Events of the contracts that name a capacity, by the topic of an insurer. */
const topicsWithCapacity = new Set(
  [...catalog.values()]
    .filter((event) => JSON.stringify(jsonSchemaOf(event)).includes('"capacity":{'))
    .map((event) => topicFor(event, '300')),
)

it('every consumer that is told of capacities stands in the table', () => {
  const told = serviceNames.flatMap((name) =>
    world.sandbox.modules[name].consumers
      .filter(({ topics }) => topics.some((topic) => topicsWithCapacity.has(topic)))
      .map(({ name: consumer }) => consumer),
  )
  expect(told.sort()).toEqual(Object.keys(consumers).sort())
})

it.for(Object.entries(consumers))('%s meets a capacity that it does not know', async ([name, row]) => {
  const parked = await parkedBy(row.service, name)
  if (row.does === 'takes') expect(parked).toEqual([])
  else {
    expect(parked[0]).toContain(`No capacity is called "${CODE}" here`)
    expect(await eventsAbout(row.service)).toBe(decided.get(row.service))
  }
  for (const [sql, values, expected] of row.sees) expect(await rowsOf(row.service, sql, values())).toEqual(expected)
})
