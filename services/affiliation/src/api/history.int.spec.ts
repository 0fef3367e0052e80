import { makeInsz } from '@ziv/kernel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clerkOf, employed, nextSsin } from '../testing/clerk.ts'
import { key, startWorld, type World } from '../testing/world.ts'

interface Item {
  readonly type: string
  readonly text: string
  readonly recordedBy: string
  readonly reason?: string
  readonly corrects?: readonly string[]
  readonly changes?: readonly { field: string; was?: string; is?: string }[]
}

let world: World
beforeAll(async () => {
  world = await startWorld('2026-03-20')
})
afterAll(() => world?.close())

const post = async (path: string, body: object) => {
  const answer = await world.call('clerk306', 'POST', path, body, key())
  expect([path, answer.status, answer.body.detail]).toEqual([path, expect.toBeOneOf([200, 201]), undefined])
  return answer.body
}
const historyOf = async (personId: string, as = 'clerk306', language = 'en'): Promise<readonly Item[]> => {
  const headers = { 'accept-language': language }
  return (await world.call(as, 'GET', `/persons/${personId}/history`, undefined, headers)).body.items
}
const last = async (...asked: Parameters<typeof historyOf>) => (await historyOf(...asked)).at(-1)!

test('a correction of a person says what was, what is and why, in the language of the reader', async () => {
  const head = '790000123'
  const personId = await clerkOf(world).register(`${head}${97 - (Number(head) % 97)}`, 'clerk306', '1979-05-01')
  await post(`/persons/${personId}/affiliations`, { ziekenfonds: '306', capacity: employed })
  await post(`/persons/${personId}/corrections`, { birthDate: '1979-06-30', reason: 'registerCorrected' })
  const told = await last(personId)
  expect(told).toMatchObject({
    ...{ type: 'PersonCorrected', reason: 'registerCorrected', recordedBy: expect.stringMatching(/./) },
    ...{ corrects: [expect.any(String)], changes: [{ field: 'birthDate', was: '1979-05-01', is: '1979-06-30' }] },
    text: 'The data of the person were corrected (the register was corrected): date of birth was 1 May 1979, is now 30 June 1979.',
  })
  expect((await last(personId, 'clerk306', 'nl')).text).toContain('geboortedatum was 01-05-1979, is nu 30-06-1979')
  await post(`/persons/${personId}/death`, { diedOn: '2026-03-10' })
  await post(`/persons/${personId}/corrections`, { lives: true, sex: 'X', reason: 'clericalError' })
  expect(await last(personId)).toMatchObject({
    changes: [
      { field: 'sex', was: 'M', is: 'X' },
      { field: 'diedOn', was: '2026-03-10' },
    ],
    text: expect.stringMatching(
      /sex was male, is now neither or unknown; date of death was 10 March 2026 and is no longer given/,
    ),
  })
})

test('an end that is taken back is said as that, and what is withdrawn with the days it had', async () => {
  const personId = await clerkOf(world).member()
  const path = `/persons/${personId}`
  const { affiliations, capacities } = (await world.call('clerk306', 'GET', path)).body
  const affiliation = `${path}/affiliations/${affiliations[0].affiliationId}`
  const capacity = `${path}/capacities/${capacities[0].capacityId}`
  await post(`${affiliation}/end`, { to: '2026-03-10', reason: 'departure' })
  await post(`${affiliation}/corrections`, { runsOn: true, reason: 'clericalError' })
  const [corrected, follows] = (await historyOf(personId)).slice(-2) as [Item, Item]
  expect(corrected).toMatchObject({
    type: 'AffiliationCorrected',
    changes: [
      { field: 'to', was: '2026-03-10' },
      { field: 'reason', was: 'departure' },
    ],
    text: 'The affiliation with 306 was corrected (clerical error): last day was 10 March 2026 and is no longer given; reason of the end was departure and is no longer given.',
  })
  expect(follows.changes).toEqual([expect.objectContaining({ field: 'to', was: '2026-03-10' })])
  await post(`${capacity}/withdrawals`, { reason: 'decisionAnnulled' })
  const withdrawn = await last(personId, 'clerk306', 'fr')
  expect(withdrawn.changes?.map(({ field, is }) => [field, is])).toContainEqual(['from', undefined])
  expect(withdrawn.text).toMatch(/premier jour était 01\/01\/2026 et n’est plus indiqué/)
  for (const { text } of await historyOf(personId)) expect(text).not.toContain('...')
})

test('a proof that is put right says what it said, to whom a proof is open', async () => {
  const personId = await clerkOf(world).member()
  const path = `/persons/${personId}`
  const [capacity] = (await world.call('clerk306', 'GET', path)).body.capacities
  const evidence = { kind: 'employerProof', rszNumber: '102077173', issuedOn: '2026-03-16' }
  const [{ evidenceId }] = capacity.evidence
  await post(`${path}/evidence/${evidenceId}/corrections`, { evidence, reason: 'clericalError' })
  const said = { field: 'issuedOn', was: '2026-03-15', is: '2026-03-16' }
  expect((await last(personId)).changes).toEqual([expect.objectContaining(said)])
  const viewed = await last(personId, 'viewer300')
  expect([viewed.type, viewed.changes]).toEqual(['EvidenceCorrected', []])
})

/** Ids are made of digits too, and now and then of those that are looked for. */
const withoutIds = (items: unknown): string =>
  JSON.stringify(items).replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'id')

test('a number that was replaced is shown to whom the identity is, and to nobody after an erasure', async () => {
  const [previousSsin, ssin] = [nextSsin(), makeInsz('1984-01-02' as never, 311)]
  const personId = await clerkOf(world).register(previousSsin)
  await post(`/persons/${personId}/affiliations`, { ziekenfonds: '306', from: '2026-03-01' })
  await post(`/persons/${personId}/identifierReplacements`, { previousSsin, ssin })
  const replaced = async (as: string) => {
    const items = await historyOf(personId, as)
    expect(withoutIds(items)).toMatch(as === 'viewer300' ? /^((?!\d{11}).)*$/ : new RegExp(previousSsin))
    return items.slice(-2).map(({ changes }) => changes?.map(({ field, was, is }) => [field, was, is]))
  }
  const birth = [
    ['birthDate', '1985-07-30', '1984-01-02'],
    ...(Number(previousSsin.slice(6, 9)) % 2 ? [] : [['sex', 'F', 'M']]),
  ]
  expect(await replaced('clerk306')).toEqual([[['ssin', previousSsin, ssin]], birth])
  expect(await replaced('viewer300')).toEqual([[], birth])
  await post(`/persons/${personId}/death`, { diedOn: '2026-03-10' })
  world.clock.moveTo('2040-01-01' as never)
  const erasure = await world.call(
    'approver300',
    'POST',
    `/persons/${personId}/erasure`,
    { reason: 'requestOfPerson' },
    key(),
  )
  expect(erasure.status).toBe(200)
  const left = await historyOf(personId, 'system')
  expect(withoutIds(left)).not.toMatch(/198[45]|\d{11}/)
})
