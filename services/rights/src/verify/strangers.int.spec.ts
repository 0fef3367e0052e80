import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createHarness, type Harness, personNamed } from '../testing/harness.ts'

let h: Harness
beforeAll(async () => {
  h = await createHarness()
})
afterAll(() => h.drop())

const CHECK = 'rights: stored timelines equal the fold of the facts'

async function failed(): Promise<readonly string[]> {
  const findings = await Array.fromAsync(h.service.verify())
  return findings.filter(({ ok }) => !ok).map(({ check, detail }) => `${check}: ${detail}`)
}

/** Gives a person a day in order, on a decision that nobody made. */
const giveDays = (personId: string) =>
  h.rows(
    `insert into app.periods (person_id, from_day, to_day, insurer, ziekenfonds, capacity, ground, decision_id, year)
     values ($1, '2031-01-01', '2031-12-31', '300', '306', 'EMPLOYEE', 'opening', $2, 2031)`,
    [personId, randomUUID()],
  )
const takeDays = () => h.rows(`delete from app.periods where from_day = '2031-01-01'`)

it('names somebody whose days in order rest on no fact, with and without a row of a person', async () => {
  const person = personNamed('known')
  await h.tell(person.joins('2024-01-01'), person.acquires('EMPLOYEE', '2024-01-01'))
  expect(await failed()).toEqual([])
  const invented = randomUUID()
  await giveDays(invented)
  expect(await failed()).toEqual([`${CHECK}: 1 differ: ${invented}; make them again with: ziv rebuild rights`])
  await h.rows(
    `insert into app.persons (person_id, insurer, ziekenfonds, decided_through) values ($1, '300', '306', 2025)`,
    [invented],
  )
  expect(await failed()).toEqual([`${CHECK}: 1 differ: ${invented}; make them again with: ziv rebuild rights`])
  await takeDays()
  expect(await failed()).toEqual([`${CHECK}: 1 differ: ${invented}; make them again with: ziv rebuild rights`])
  await h.rows('delete from app.persons where person_id = $1', [invented])
  expect(await failed()).toEqual([])
})

it('names somebody without facts who depends on a holder', async () => {
  const [holder, invented] = [randomUUID(), randomUUID()]
  await h.rows('insert into app.dependants (holder_id, dependant_id) values ($1, $2)', [holder, invented])
  expect(await failed()).toEqual([`${CHECK}: 1 differ: ${invented}; make them again with: ziv rebuild rights`])
  await h.rows('delete from app.dependants where dependant_id = $1', [invented])
})

it('names an erased person who has days that no decision gave', async () => {
  const person = personNamed('erased', { born: '1981-02-03' })
  await h.tell(person.joins('2024-01-01'), person.acquires('EMPLOYEE', '2024-01-01'), person.isErased())
  expect(await failed()).toEqual([])
  await giveDays(person.personId)
  expect(await failed()).toEqual([`${CHECK}: 1 differ: ${person.personId}; make them again with: ziv rebuild rights`])
  await takeDays()
  const longer = (days: string) =>
    h.rows(`update app.periods set to_day = to_day + (${days}) where person_id = $1`, [person.personId])
  await longer('400')
  expect(await failed()).toEqual([`${CHECK}: 1 differ: ${person.personId}; make them again with: ziv rebuild rights`])
  await longer('-400')
  expect(await failed()).toEqual([])
})
