import { randomUUID } from 'node:crypto'
import {
  affiliationClosed,
  affiliationCorrected,
  affiliationOpened,
  affiliationWithdrawn,
  capacityAcquired,
  capacityCorrected,
  capacityEnded,
  capacityRefused,
  capacityRequested,
  capacityWithdrawn,
  personCorrected,
} from '@ziv/contracts'
import { makeInsz } from '@ziv/kernel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clerkOf, employed, nextSsin } from '../testing/clerk.ts'
import { toldOf } from '../testing/told.ts'
import { key, startWorld, type World } from '../testing/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld('2026-03-20')
})
afterAll(() => world?.close())

const reason = 'clericalError'
const post = (path: string, body: object, as = 'clerk306') => world.call(as, 'POST', path, body, key())
const viewOf = async (personId: string) => (await world.call('clerk306', 'GET', `/persons/${personId}`)).body

async function dependantOf(holderId: string, child?: string): Promise<string> {
  const personId = child ?? (await clerkOf(world).register(nextSsin('2026-02-02'), 'clerk306', '2026-02-02'))
  const act = { kind: 'birthAct', issuedOn: '2026-02-10' }
  const body = { dependantPersonId: personId, kind: 'DEPENDANT_CHILD', acquiredOn: '2026-02-02', evidence: [act] }
  expect((await post(`/persons/${holderId}/dependants`, body)).status).toBe(201)
  return personId
}

test('a departure that never was is taken back for the whole family, and every insurer is told', async () => {
  const holderId = await clerkOf(world).member()
  const childId = await dependantOf(holderId)
  const { affiliationId } = (await viewOf(holderId)).affiliations[0]
  const path = `/persons/${holderId}/affiliations/${affiliationId}`
  expect((await post(`${path}/end`, { to: '2026-03-10', reason: 'departure' })).status).toBe(200)
  expect((await viewOf(childId)).affiliations[0]).toMatchObject({ to: '2026-03-10', reason: 'departure' })
  const answer = await post(`${path}/corrections`, { runsOn: true, reason })
  expect(answer.status).toBe(200)
  expect(answer.body.items.map(({ type }: { type: string }) => type)).toEqual([
    'AffiliationCorrected',
    'CapacityCorrected',
    'DependantCorrected',
  ])
  for (const id of [holderId, childId]) {
    const view = await viewOf(id)
    expect(view.affiliations[0]).not.toHaveProperty('to')
    expect(view.capacities[0]).not.toHaveProperty('to')
    const told = await toldOf(world, id)
    expect(told.slice(-2).map(({ type }) => type)).toEqual([affiliationCorrected.type, capacityCorrected.type])
    expect(told.at(-1)?.payload).toMatchObject({ to: null, corrects: [expect.any(String), expect.any(String)] })
  }
  expect((await viewOf(holderId)).dependants[0]).not.toHaveProperty('to')
  const { rows } = await world.database.query('select valid_to from app.affiliations where affiliation_id = $1', [
    affiliationId,
  ])
  expect(rows).toEqual([{ valid_to: null }])
})

test('an affiliation that never was takes the capacities in it and the dependants away, and is not there any more', async () => {
  const holderId = await clerkOf(world).member()
  const childId = await dependantOf(holderId)
  const { affiliationId } = (await viewOf(holderId)).affiliations[0]
  const path = `/persons/${holderId}/affiliations/${affiliationId}/withdrawals`
  expect((await post(path, { reason }, 'clerk501')).status).toBe(404)
  expect((await post(path, { reason })).status).toBe(200)
  for (const id of [holderId, childId]) {
    const told = (await toldOf(world, id)).slice(-2).map(({ type }) => type)
    expect(told).toEqual([capacityWithdrawn.type, affiliationWithdrawn.type])
    const view = await viewOf(id)
    expect([view.affiliations, view.dependants]).toEqual([[], []])
    // what the child claimed waits for a holder without a day
    const waits = id === childId ? [{ state: 'displaced', current: false }] : []
    expect(view.capacities).toMatchObject(waits)
  }
  const gone = await world.database.query('select 1 from app.affiliations where person_id = $1', [holderId])
  expect(gone.rowCount).toBe(0)
})

test('a departure told on a day before a child was born is taken back, and the child is insured again', async () => {
  const holderId = await clerkOf(world).member()
  const childId = await dependantOf(holderId)
  const before = await viewOf(childId)
  const { affiliationId } = (await viewOf(holderId)).affiliations[0]
  const path = `/persons/${holderId}/affiliations/${affiliationId}`
  expect((await post(`${path}/end`, { to: '2026-01-31', reason: 'departure' })).status).toBe(200)
  expect((await viewOf(childId)).affiliations).toEqual([])
  expect((await post(`${path}/corrections`, { runsOn: true, reason })).status).toBe(200)
  const { version: _, ...same } = before
  expect(await viewOf(childId)).toMatchObject(same)
  const told = (await toldOf(world, childId)).slice(-2).map(({ type }) => type)
  expect(told).toEqual([affiliationOpened.type, capacityCorrected.type])
})

test('a death is taken back, a capacity is corrected and withdrawn, and the history says why', async () => {
  const personId = await clerkOf(world).member()
  const path = `/persons/${personId}`
  expect((await post(`${path}/death`, { diedOn: '2026-03-10' })).status).toBe(200)
  expect((await post(`${path}/corrections`, { lives: true, reason })).status).toBe(200)
  expect(await viewOf(personId)).not.toHaveProperty('diedOn')
  expect((await toldOf(world, personId)).at(-1)).toMatchObject({
    type: personCorrected.type,
    payload: { diedOn: null },
  })
  const [capacity] = (await viewOf(personId)).capacities
  const route = `${path}/capacities/${capacity.capacityId}`
  expect((await post(`${route}/corrections`, { to: '2026-03-18', reason: 'lateInformation' })).status).toBe(200)
  const repeated = await post(`${route}/corrections`, { to: '2026-03-18', reason })
  expect([repeated.status, repeated.body.code ?? repeated.body.type]).toEqual([
    409,
    expect.stringContaining('correctionChangesNothing'),
  ])
  const [proof] = capacity.evidence
  const lost = await post(`${path}/evidence/${proof.evidenceId}/corrections`, { reason })
  expect(lost.status).toBe(422)
  expect((await post(`${path}/evidence/${randomUUID()}/corrections`, { reason })).status).toBe(404)
  expect((await post(`${route}/withdrawals`, { reason: 'decisionAnnulled' })).status).toBe(200)
  expect((await viewOf(personId)).capacities).toEqual([])
  const history = await world.call('clerk306', 'GET', `${path}/history`)
  expect(history.body.items.at(-1).text).toContain('a decision was annulled')
})

test('what a capacity waits for is told, and that it was refused', async () => {
  const personId = await clerkOf(world).register()
  await post(`/persons/${personId}/affiliations`, { ziekenfonds: '306', from: '2026-03-01' })
  const annex = {
    kind: 'residenceDocument',
    document: 'annex15',
    issuedOn: '2026-03-01',
    box: 5,
    modelDate: '2023-03-01',
  }
  const asked = { kind: 'RESIDENT', acquiredOn: '2026-03-01', evidence: [annex] }
  const pending = await post(`/persons/${personId}/capacities`, asked)
  expect(pending.body).toMatchObject({ state: 'pending', waitingFor: 'immigrationOffice' })
  const { capacityId } = pending.body
  const decision = { kind: 'immigrationOfficeDecision', decidedOn: '2026-03-19', positive: false }
  expect((await post(`/persons/${personId}/evidence`, { capacityId, evidence: decision })).status).toBe(201)
  const told = await toldOf(world, personId)
  expect(told.slice(-2)).toMatchObject([
    { type: capacityRequested.type, payload: { capacityId, role: 'holder', waitingFor: 'immigrationOffice' } },
    { type: capacityRefused.type, payload: { capacityId, decidedOn: '2026-03-19' } },
  ])
})

test('a stay that waits on a document taken for another counts once the document is put right', async () => {
  const personId = await clerkOf(world).register()
  await post(`/persons/${personId}/affiliations`, { ziekenfonds: '306', from: '2026-03-01' })
  const document = { kind: 'residenceDocument', issuedOn: '2026-03-01' }
  const annex = { ...document, document: 'annex15', box: 5, modelDate: '2023-03-01' }
  const asked = { kind: 'RESIDENT', acquiredOn: '2026-03-01', evidence: [annex] }
  expect((await post(`/persons/${personId}/capacities`, asked)).body.state).toBe('pending')
  const [{ evidenceId }] = (await viewOf(personId)).capacities[0].evidence
  const evidence = { ...document, document: 'cardEu', validUntil: '2031-02-28' }
  const answer = await post(`/persons/${personId}/evidence/${evidenceId}/corrections`, { evidence, reason })
  expect(answer.body.items.map(({ type }: { type: string }) => type)).toContain('CapacityAcquired')
  expect((await viewOf(personId)).capacities).toMatchObject([{ state: 'acquired', evidence: [{ evidenceId }] }])
  expect((await toldOf(world, personId)).at(-1)).toMatchObject({ type: capacityAcquired.type })
})

test('birth and sex follow a new number that carries others, and are asked for when it carries none', async () => {
  const ssin = nextSsin()
  const personId = await clerkOf(world).register(ssin)
  await post(`/persons/${personId}/affiliations`, { ziekenfonds: '306', capacity: employed })
  const path = `/persons/${personId}/identifierReplacements`
  const other = makeInsz('1984-01-02' as never, 11)
  const unknown = '850000' + '00112'
  expect((await post(path, { previousSsin: ssin, ssin: unknown })).status).toBe(400)
  expect((await post(path, { previousSsin: ssin, ssin: other })).status).toBe(201)
  expect(await viewOf(personId)).toMatchObject({ birthDate: '1984-01-02', sex: 'M' })
  expect((await toldOf(world, personId)).at(-1)).toMatchObject({
    type: personCorrected.type,
    payload: { birthDate: '1984-01-02', sex: 'M', diedOn: null },
  })
})

test('a correction of birth or sex agrees with the number of the person, as a registration does', async () => {
  const head = '790500001'
  const inMay = `${head}${97 - (Number(head) % 97)}`
  const personId = await clerkOf(world).register(inMay, 'clerk306', '1979-05-01')
  await post(`/persons/${personId}/affiliations`, { ziekenfonds: '306', capacity: employed })
  const path = `/persons/${personId}/corrections`
  const { version } = await viewOf(personId)
  for (const [wrong, words] of [
    [{ birthDate: '1979-06-01' }, /Geboortedatum.*01-06-1979.*1979-05.*vervang dan het nummer/],
    [{ birthDate: '1978-05-01', diedOn: '2026-03-01' }, /1978/],
    [{ sex: 'F' }, /[Gg]eslacht.*F.*M/],
  ] as const) {
    const body = { ...wrong, reason }
    expect(await world.call('clerk306', 'POST', path, body, { ...key(), 'accept-language': 'nl' })).toMatchObject({
      status: 422,
      body: {
        type: 'urn:problem-type:ziv:affiliation:correctionDisagreesWithNumber',
        detail: expect.stringMatching(words),
      },
    })
  }
  expect((await viewOf(personId)).version).toBe(version)
  for (const right of [{ birthDate: '1979-05-31' }, { sex: 'X' }, { sex: 'M', birthDate: '1979-05-30' }]) {
    expect((await post(path, { ...right, reason })).status).toBe(200)
    expect(await viewOf(personId)).toMatchObject(right)
  }
  // by the number that is the person's now, not by the one it had
  const ssin = nextSsin('1983-03-03')
  expect((await post(`/persons/${personId}/identifierReplacements`, { previousSsin: inMay, ssin })).status).toBe(201)
  expect((await post(path, { birthDate: '1979-05-31', reason })).status).toBe(422)
  expect((await post(path, { diedOn: '2026-03-18', reason })).status).toBe(200)
})

test('what becomes known after a departure is recorded in the affiliation that ended, and ends with it', async () => {
  const { register } = clerkOf(world)
  const [holderId, childId] = [await register(), await register(nextSsin('2026-02-02'), 'clerk306', '2026-02-02')]
  await post(`/persons/${holderId}/affiliations`, { ziekenfonds: '306', from: '2026-01-01' })
  const { affiliationId } = (await viewOf(holderId)).affiliations[0]
  const end = { to: '2026-03-16', reason: 'departure' }
  expect((await post(`/persons/${holderId}/affiliations/${affiliationId}/end`, end)).status).toBe(200)
  const acquired = await post(`/persons/${holderId}/capacities`, employed)
  expect(acquired).toMatchObject({ status: 201, body: { state: 'acquired', from: '2026-01-01' } })
  await dependantOf(holderId, childId)
  for (const id of [holderId, childId]) {
    const view = await viewOf(id)
    expect(view.affiliations).toMatchObject([
      { affiliationId: expect.any(String), to: '2026-03-16', reason: 'departure' },
    ])
    expect(view.capacities).toMatchObject([{ state: 'acquired', to: '2026-03-16', current: false }])
    const told = (await toldOf(world, id)).map(({ type }) => type)
    expect(told).toEqual(expect.arrayContaining([affiliationClosed.type, capacityAcquired.type, capacityEnded.type]))
  }
  expect((await viewOf(holderId)).dependants).toMatchObject([{ personId: childId, to: '2026-03-16' }])
  for await (const finding of world.module.verify()) expect(finding).toMatchObject({ ok: true })
})

test('employment begins on a day that the proof bears', async () => {
  const personId = await clerkOf(world).register()
  const contract = { kind: 'employmentContract', rszNumber: '102077173', startsOn: '2031-01-02' }
  const capacity = { kind: 'EMPLOYEE', acquiredOn: '2026-01-02', evidence: [contract] }
  const answer = await post(`/persons/${personId}/affiliations`, { ziekenfonds: '306', capacity })
  expect([answer.status, JSON.stringify(answer.body)]).toEqual([422, expect.stringContaining('evidenceDisagrees')])
})

test('a day and the word that takes it back exclude each other: neither is taken', async () => {
  const personId = await clerkOf(world).member()
  const view = await viewOf(personId)
  const [{ affiliationId }] = view.affiliations
  const [{ capacityId }] = view.capacities
  const day = '2026-03-19'
  for (const [path, body] of [
    ['corrections', { diedOn: day, lives: true }],
    [`affiliations/${affiliationId}/corrections`, { to: day, runsOn: true }],
    [`capacities/${capacityId}/corrections`, { to: day, runsOn: true }],
  ] as const) {
    const answer = await post(`/persons/${personId}/${path}`, { ...body, reason })
    expect(answer).toMatchObject({
      status: 400,
      body: { issues: [{ type: 'urn:problem-type:belgif-ext:input-validation:zeroOrExactlyOneOfExpected' }] },
    })
  }
  expect((await viewOf(personId)).version).toBe(view.version)
})
