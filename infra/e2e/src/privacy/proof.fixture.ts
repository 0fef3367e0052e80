import { personsOf } from '@ziv/demo'
import { addDays, type Instant, type IsoDate, isoDate, uuidV7 } from '@ziv/kernel'
import { createDatabase, type Database } from '@ziv/postgres'
import type { SandboxOptions } from '@ziv/sandbox'
import { verifySandbox } from '@ziv/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { claimBody, efactOf } from '../access/seed.fixture.ts'
import { employerProof, nextSsin, type Reply, shortStory, startWorld, type World } from '../security-world.fixture.ts'
import { BORN_ON, guessable, needlesOf, needlesOfSubject, type Subject, someone } from './needles.fixture.ts'
import { find, inszNeedles, type Place, rowsOf } from './search.fixture.ts'
import { messagesOf } from './topics.fixture.ts'

export interface PrivacyProof {
  readonly name: string
  readonly options?: () => Partial<SandboxOptions>
}

/** Plays a story, searches everything that was kept or logged, erases a person, and looks at what is left. */
export function privacyProof({ name, options }: PrivacyProof): void {
  describe(`privacy on ${name}`, () => {
    const story = shortStory(60)
    let world: World
    let subject: Subject
    let databases: readonly (readonly [string, Database])[] = []

    const everything = async (): Promise<readonly Place[]> => {
      const places: Place[] = [{ where: 'log lines', text: world.log() }]
      for (const [label, database] of databases) for await (const row of rowsOf(database, label)) places.push(row)
      places.push(...(await messagesOf(world)))
      return places
    }

    beforeAll(async () => {
      world = await startWorld(story, options?.())
      subject = await liveAsMember(world)
      databases = await openAll(world)
    })
    afterAll(async () => {
      await Promise.all(databases.map(([, database]) => database.close()))
      await world?.close()
    })

    it(`no number, name or account stands anywhere in the clear on ${name}`, async () => {
      const places = await everything()
      const tables = new Set(places.map(({ where }) => where))
      expect(tables.size).toBeGreaterThan(40)
      expect(world.log().length).toBeGreaterThan(10_000)
      expect(find(places, [...needlesOf(story), ...needlesOfSubject(subject)])).toEqual([])
      // the search itself works: an identifier that is no secret is found in many places
      expect(find(places, [{ what: 'person', text: subject.personId }]).length).toBeGreaterThan(5)
    })

    it(`erasing one person makes what was sealed unreadable and leaves the rest as it was on ${name}`, async () => {
      const neighbour = [...personsOf(story)].find(({ joinsOn }) => joinsOn <= story.from)!
      const then = { knownAt: world.sandbox.clock.now(), asOf: world.sandbox.clock.today() }
      const before = await look(world, neighbour.personId, then)
      const keys = keysIn(databases)
      const keyOf = keyIn(keys, subject)
      expect(await keyOf()).toMatchObject({ gone: false })
      expect(await foundByNumber(world, subject)).toEqual(Object.keys(identifierTables))
      await keys.query('create table public.backup as table privacy.keys')
      await erase(world, subject.personId)

      expect(await keyOf()).toMatchObject({ gone: true })
      await expectUnreadable(world, subject)
      expect(await look(world, neighbour.personId, then)).toEqual(before)
      await expectProofs(world)
      const left = [...needlesOfSubject(subject), ...guessable(world, subject)]
      expect(find(await everything(), left)).toEqual([])
    })

    it(`a key that came back from a backup of the keys is noticed on ${name}`, async () => {
      await expectNoticedBack(world, subject, keysIn(databases))
    })

    it(`no service finds the erased person by its number any more on ${name}`, async () => {
      expect(await foundByNumber(world, subject)).toEqual([])
    })

    it(`read models are rebuilt without the erased person on ${name}`, async () => {
      for (const service of ['rights', 'landsbond'] as const) {
        expect((await world.sandbox.modules[service].rebuild()).rebuilt).toBeGreaterThan(0)
      }
      await world.sandbox.idle()
      await expectProofs(world)
    })
  })
}

const keysIn = (databases: readonly (readonly [string, Database])[]): Database =>
  databases.find(([label]) => label.endsWith('privacy'))![1]

/** Puts the key of an erased person back as it was kept, looks what is noticed, and takes it away again. */
async function expectNoticedBack(world: World, { personId }: Subject, keys: Database): Promise<void> {
  const restore = `update privacy.keys k set wrapped = b.wrapped, destroyed_at = null
    from public.backup b where b.subject_id = k.subject_id and k.subject_id = $1`
  expect((await keys.query(restore, [personId])).rowCount).toBe(1)
  const findings = await Array.fromAsync(verifySandbox(world.sandbox))
  const detail = expect.stringContaining(`1 keys are back of persons who were erased: ${personId}`)
  expect(findings.filter(({ ok }) => !ok)).toMatchObject([{ check: 'keys of persons open', detail }])
  await keys.query('update privacy.keys set wrapped = null, destroyed_at = now() where subject_id = $1', [personId])
  await keys.query('drop table public.backup')
}

/** Asks for the key of a person: whether it is gone. */
const keyIn =
  (keys: Database, { personId }: Subject) =>
  async (): Promise<{ readonly gone: boolean } | undefined> => {
    const { rows } = await keys.query<{ gone: boolean }>(
      'select wrapped is null as gone from privacy.keys where subject_id = $1',
      [personId],
    )
    return rows[0]
  }

const identifierTables = {
  affiliation: 'app.insz_index',
  contributions: 'app_members.identifiers',
  rights: 'app_members.identifiers',
  reimbursement: 'app_members.identifiers',
} as const

/** Services in which the number of a person still leads to somebody. */
async function foundByNumber(world: World, { ssin }: Subject): Promise<readonly string[]> {
  const index = world.sandbox.vault.blindIndex('insz', ssin)
  const found: string[] = []
  for (const [service, table] of Object.entries(identifierTables)) {
    const { rowCount } = await world.sandbox.databases[service as keyof typeof identifierTables].query(
      `select 1 from ${table} where insz_index = $1`,
      [index],
    )
    if (rowCount !== 0) found.push(service)
  }
  return found
}

/** A person with everything that could leak: name, address, slip, claim, bill. */
async function liveAsMember(world: World): Promise<Subject> {
  const ziekenfonds = '306'
  const clerk = await world.token({ roles: ['clerk'], insurer: '300', ziekenfonds })
  const system = await world.token({ roles: ['system'] })
  const send = async (url: string, body: object | Buffer, token = clerk, type = 'application/json') => {
    const headers = { 'content-type': type, 'idempotency-key': uuidV7() }
    const reply = await world.call({ method: 'POST', url, token, body, headers })
    if (reply.status >= 300) throw new Error(`POST ${url} answered ${reply.status}: ${reply.text}`)
    return reply.json
  }
  const today = world.sandbox.clock.today()
  const ssin = nextSsin()
  const personal = { ...someone, ssin, birthDate: BORN_ON }
  const { personId } = await send('/affiliation/v1/persons', personal)
  const capacity = { kind: 'EMPLOYEE', acquiredOn: today, evidence: [employerProof(today)] }
  await send(`/affiliation/v1/persons/${personId}/affiliations`, { ziekenfonds, capacity })
  await world.sandbox.idle()
  await send('/affiliation/v1/persons/query', { ssin })
  await world.call({ method: 'GET', url: `/affiliation/v1/persons/${personId}`, token: clerk })
  const { rszNumber } = employerProof(today)
  await send('/contributions/v1/slips', { ssin, employerNumber: rszNumber, quarter: '2023Q1', amountCents: 900_000 })
  await send('/rights/v1/insurability/query', { ssin, explain: true })
  const { claimId } = await send('/reimbursement/v1/claims', claimBody({ personId }), system)
  const bill = await efactOf({ insz: ssin, sex: 'F', ziekenfonds })
  const { fileId } = await send('/reimbursement/v1/invoiceFiles', bill, system, 'text/plain')
  await refusedRequests(world, ssin, clerk)
  await world.sandbox.idle()
  return { personId, ssin, fileId, claimId }
}

/** Requests that fail, each with a number or a name in it: nothing of them may be logged or kept. */
async function refusedRequests(world: World, ssin: string, token: string): Promise<void> {
  const broken = { ssin: `${ssin}0`, lastName: someone.lastName, firstNames: someone.firstNames, nickname: ssin }
  const requests = [
    { method: 'POST', url: '/affiliation/v1/persons', token, body: broken },
    { method: 'POST', url: '/affiliation/v1/persons', token, body: { ssin, ...someone } },
    { method: 'POST', url: '/affiliation/v1/persons', token, body: `{"ssin":"${ssin}",` },
    { method: 'GET', url: `/affiliation/v1/persons/${ssin}`, token },
    { method: 'GET', url: `/affiliation/v1/persons?ssin=${ssin}&name=${someone.lastName}`, token },
    { method: 'POST', url: '/rights/v1/insurability/query', token, body: { ssin: someone.lastName } },
  ]
  for (const request of requests) {
    const headers = { 'content-type': 'application/json' }
    const reply = await world.call({ ...request, ...('body' in request ? { headers } : {}) })
    expect(reply.status).toBeGreaterThanOrEqual(400)
    expect(reply.status).toBeLessThan(500)
  }
}

/** All databases of the cluster, those of no service included. */
async function openAll(world: World): Promise<readonly (readonly [string, Database])[]> {
  const one = new URL(world.sandbox.databases.rights.pool.options.connectionString ?? '')
  const prefix = one.pathname.slice(1, -'rights'.length)
  const urlOf = (name: string): string => Object.assign(new URL(one), { pathname: `/${name}` }).href
  const admin = createDatabase({ connectionString: urlOf('postgres'), applicationName: 'privacy-proof', max: 1 })
  const { rows } = await admin.query<{ datname: string }>(
    'select datname from pg_database where starts_with(datname, $1) order by datname',
    [prefix],
  )
  await admin.close()
  return rows.map(({ datname }) => [
    datname,
    createDatabase({ connectionString: urlOf(datname), applicationName: 'privacy-proof', max: 1 }),
  ])
}

async function erase(world: World, personId: string): Promise<void> {
  const clerk = await world.token({ roles: ['clerk'], insurer: '300', ziekenfonds: '306' })
  const approver = await world.token({ roles: ['landsbondApprover'], insurer: '300' })
  const post = (path: string, token: string, body: object): Promise<Reply> =>
    world.call({ method: 'POST', url: `/affiliation/v1/persons/${personId}/${path}`, token, body })
  const reason = { reason: 'requestOfPerson' }
  expect((await post('erasure', approver, reason)).status).toBe(409)
  const diedOn: IsoDate = addDays(world.sandbox.clock.today(), -1)
  expect((await post('death', clerk, { diedOn })).status).toBe(200)
  await world.sandbox.idle()
  // until the last term of the law has passed
  expect((await post('erasure', approver, reason)).json).toMatchObject({ type: expect.stringContaining('TooEarly') })
  await world.sandbox.clock.moveTo(isoDate(`${Number(diedOn.slice(0, 4)) + 6}-01-01`))
  expect((await post('erasure', approver, reason)).status).toBe(200)
  await world.sandbox.idle()
}

/** Every address under which something of the person could be read. */
async function expectUnreadable(world: World, { personId, ssin, fileId, claimId }: Subject): Promise<void> {
  const token = await world.token({ roles: ['system'] })
  const read = (url: string): Promise<Reply> => world.call({ method: 'GET', url, token })
  const person = await read(`/affiliation/v1/persons/${personId}`)
  expect(person.json).toMatchObject({ erased: true })
  expect(person.json).not.toHaveProperty('identity')
  const paths = [
    `/affiliation/v1/persons/${personId}/history`,
    `/reimbursement/v1/invoiceFiles/${fileId}`,
    `/reimbursement/v1/invoiceFiles/${fileId}/answer`,
    `/reimbursement/v1/invoiceFiles/${fileId}/issues`,
    `/reimbursement/v1/claims/${claimId}`,
    `/contributions/v1/persons/${personId}/referenceYears/2023`,
    `/rights/v1/persons/${personId}/timeline`,
  ]
  const needles = inszNeedles(ssin, 'number').concat({ what: 'name', text: someone.lastName })
  for (const path of paths) {
    const reply = await read(path)
    expect(reply.status, `${path}: ${reply.text.slice(0, 300)}`).toBeLessThan(500)
    expect(find([{ where: path, text: reply.text }], needles)).toEqual([])
  }
}

/** What was known of somebody at a moment, as of a day. */
async function look(
  world: World,
  personId: string,
  { knownAt, asOf }: { readonly knownAt: Instant; readonly asOf: IsoDate },
): Promise<unknown> {
  const token = await world.token({ roles: ['system'] })
  const [person, timeline] = await Promise.all(
    [`/affiliation/v1/persons/${personId}?asOf=${asOf}&`, `/rights/v1/persons/${personId}/timeline?`].map((url) =>
      world.call({ method: 'GET', url: `${url}knownAt=${knownAt}`, token }),
    ),
  )
  expect(person!.json.identity).toMatchObject({ ssin: expect.any(String), lastName: expect.any(String) })
  return [person!.json, timeline!.json]
}

/** Chains, ledger, returns and everything else that `ziv verify` looks at. */
async function expectProofs(world: World): Promise<void> {
  const wrong: unknown[] = []
  let examined = 0
  for await (const finding of verifySandbox(world.sandbox)) {
    examined += 1
    if (!finding.ok) wrong.push(finding)
  }
  expect(wrong).toEqual([])
  expect(examined).toBeGreaterThan(15)
}
