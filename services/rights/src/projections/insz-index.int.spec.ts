import { afterAll, beforeAll, expect, it } from 'vitest'
import { createHarness, type Harness, personNamed } from '../testing/harness.ts'

let h: Harness
beforeAll(async () => {
  h = await createHarness()
})
afterAll(() => h.drop())

const numbersOf = async (personId: string): Promise<number> =>
  (await h.rows('select 1 from app.insz_index where person_id = $1', [personId])).length

it('lets the old and the new number lead to a person, until the person is erased', async () => {
  const person = personNamed('renumbered')
  await h.tell(person.joins('2024-01-01'))
  expect(await numbersOf(person.personId)).toBe(1)
  await h.tell(person.isRenumbered('another number'))
  expect(await numbersOf(person.personId)).toBe(2)
  await h.tell(person.isErased())
  expect(await numbersOf(person.personId)).toBe(0)
})
