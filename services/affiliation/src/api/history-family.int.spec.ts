import { afterAll, beforeAll, expect, test } from 'vitest'
import { clerkOf, nextSsin } from '../testing/clerk.ts'
import { key, startWorld, type World } from '../testing/world.ts'

interface Item {
  readonly type: string
  readonly text: string
  readonly other?: {
    readonly personId: string
    readonly role: string
    readonly href?: string
    readonly identity?: object
  }
}

let world: World
let holderId: string
let childId: string
const ssin = nextSsin('2026-02-02')
beforeAll(async () => {
  world = await startWorld('2026-03-20')
  const { member, register } = clerkOf(world)
  holderId = await member()
  childId = await register(ssin, 'clerk306', '2026-02-02')
  const evidence = [{ kind: 'birthAct', issuedOn: '2026-02-10' }]
  const body = { dependantPersonId: childId, kind: 'DEPENDANT_CHILD', acquiredOn: '2026-02-02', evidence }
  const added = await world.call('clerk306', 'POST', `/persons/${holderId}/dependants`, body, key())
  expect(added.status).toBe(201)
  const end = { to: '2026-03-10' }
  const path = `/persons/${childId}/capacities/${added.body.capacityId}`
  expect((await world.call('clerk306', 'POST', `${path}/end`, end, key())).status).toBe(200)
})
afterAll(() => world?.close())

const historyOf = async (personId: string, as: string, language = 'en'): Promise<readonly Item[]> => {
  const headers = { 'accept-language': language }
  return (await world.call(as, 'GET', `/persons/${personId}/history`, undefined, headers)).body.items
}
const others = (items: readonly Item[], role: string) => items.filter(({ other }) => other?.role === role)
const nameOf = async (personId: string): Promise<string> => {
  const { firstNames, lastName, ssin } = (await world.call('clerk306', 'GET', `/persons/${personId}`)).body.identity
  return `${firstNames} ${lastName}, INSZ ${ssin}`
}

test('the history of a holder says by name and link which dependant a line is about, in every language', async () => {
  const lines = others(await historyOf(holderId, 'clerk306'), 'dependant')
  expect(lines.map(({ type }) => type)).toEqual(['DependantAdded', 'DependantReleased'])
  const name = await nameOf(childId)
  for (const { text, other } of lines) {
    expect(text).toContain(`Dependant: ${name}.`)
    expect(other).toMatchObject({ personId: childId, href: `/affiliation/v1/persons/${childId}`, identity: { ssin } })
  }
  for (const [language, words] of [
    ['nl', `Persoon ten laste: ${name}.`],
    ['fr', `Personne à charge : ${name.replace('INSZ', 'NISS')}.`],
    ['de', `Person zu Lasten: ${name.replace('INSZ', 'ENSS')}.`],
  ] as const)
    expect(others(await historyOf(holderId, 'clerk306', language), 'dependant')[0]?.text).toContain(words)
})

test('that of a dependant says on whom it depends', async () => {
  const [line] = others(await historyOf(childId, 'clerk306'), 'holder')
  expect(line).toMatchObject({ type: 'CapacityAcquired', other: { personId: holderId } })
  expect(line?.text).toContain(`Holder: ${await nameOf(holderId)}.`)
})

test('the name of another person is for whoever may read that person, and the look is in its log', async () => {
  const [own] = others(await historyOf(holderId, `insured.${holderId}`), 'dependant')
  expect(own?.other).toEqual({ personId: childId, role: 'dependant' })
  const [viewed] = others(await historyOf(holderId, 'viewer300'), 'dependant')
  expect(viewed?.other).toEqual({
    ...{ personId: childId, role: 'dependant', href: `/affiliation/v1/persons/${childId}` },
  })
  for (const line of [own, viewed]) expect(line?.text).not.toContain(ssin)
  const log = await world.call(`insured.${childId}`, 'GET', `/persons/${childId}/accessLog`)
  expect(log.body.items.map(({ operation }: { operation: string }) => operation)).toContain('getHistory')
})
