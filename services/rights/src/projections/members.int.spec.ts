import { isoDate } from '@ziv/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bearer, createHarness, type Harness, personNamed } from '../testing/harness.ts'

let h: Harness
beforeAll(async () => {
  h = await createHarness()
})
afterAll(() => h.drop())

const numbersOf = async (personId: string): Promise<number> =>
  (await h.rows('select 1 from app_members.identifiers where person_id = $1', [personId])).length

describe('an erasure', () => {
  it('takes the numbers and the day of birth of a person, and leaves what was decided', async () => {
    const person = personNamed('renumbered', { born: '1981-02-03' })
    await h.tell(person.joins('2024-01-01'), person.acquires('EMPLOYEE', '2024-01-01'))
    expect(await numbersOf(person.personId)).toBe(1)
    await h.tell(person.isRenumbered('another number'))
    expect(await numbersOf(person.personId)).toBe(2)
    const days = () => h.rows('select from_day, to_day from app.periods where person_id = $1', [person.personId])
    const before = await days()
    expect(before).not.toEqual([])
    await h.tell(person.isErased())
    expect(await numbersOf(person.personId)).toBe(0)
    for (const table of ['app.facts', 'app.persons', 'app_members.facts', 'app_members.persons']) {
      expect(await h.rows(`select 1 from ${table} t where t::text like '%1981-02-03%'`)).toEqual([])
    }
    expect(await days()).toEqual(before)
    for await (const finding of h.service.verify()) expect(finding).toMatchObject({ check: finding.check, ok: true })
  })

  it('that arrives before the opening lets no number lead to the person', async () => {
    const person = personNamed('erased early')
    await h.tell(person.isErased('2023-05-01T10:00:00.000Z'))
    await h.tell(person.joins('2024-01-01'))
    expect(await numbersOf(person.personId)).toBe(0)
  })
})

it('between two affiliations the last insurer before the day sees the person, by id and by question', async () => {
  const [first, second] = [personNamed('mover'), personNamed('mover', { insurer: '500', ziekenfonds: '501' })]
  await h.tell(first.joins('2024-01-01'), first.acquires('EMPLOYEE', '2024-01-01'), first.leaves('2025-05-31'))
  await h.tell(second.joins('2025-09-01'))
  const app = await h.server()
  const seen = async (today: string, insurer: string, ziekenfonds: string) => {
    h.clock.moveTo(isoDate(today))
    const headers = { authorization: bearer({ roles: ['clerk'], insurer, ziekenfonds }) }
    const url = `/rights/v1/persons/${first.personId}/timeline`
    const payload = { personId: first.personId }
    const asked = await app.inject({ method: 'POST', url: '/rights/v1/insurability/query', headers, payload })
    return [(await app.inject({ url, headers })).statusCode, asked.statusCode]
  }
  expect(await seen('2025-06-30', '300', '306')).toEqual([200, 200])
  expect(await seen('2025-06-30', '500', '501')).toEqual([404, 404])
  expect(await seen('2025-09-01', '500', '501')).toEqual([200, 200])
  expect(await seen('2025-09-01', '300', '306')).toEqual([404, 404])
  await app.close()
})
