import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { patientsById, patientsByIndex } from '../projections/person-store.ts'
import { createHarness, type Harness, inOrder, opened, type Patient, patient, received } from '../testing/harness.ts'

let harness: Harness
beforeAll(async () => {
  harness = await createHarness()
})
afterAll(() => harness.drop())

/** What happens to a person who moves from 306 to 108, is re-decided twice and gets a new number. */
function story(person: Patient, indexes: readonly [string, string]) {
  const moved = { ...person, insurer: '100', ziekenfonds: '108' }
  const member = { personId: person.personId, insurer: '300', ziekenfonds: '306' }
  return [
    opened(person, indexes[0]),
    inOrder(person, '2020-01-01', '2023-12-31'),
    received('ziv.300.affiliation.v1', 'be.ziv.affiliation.v1.affiliations.notify.closed', person.personId, {
      ...member,
      affiliationId: opened(person, indexes[0]).data.affiliationId,
      to: '2024-03-31',
      reason: 'transfer',
    }),
    opened(moved, indexes[0], '2024-04-01'),
    inOrder(moved, '2020-01-01', '2025-12-31'),
    received('ziv.100.affiliation.v1', 'be.ziv.affiliation.v1.persons.notify.identifierReplaced', person.personId, {
      ...member,
      insurer: '100',
      ziekenfonds: '108',
      previousInszIndex: indexes[0],
      inszIndex: indexes[1],
    }),
  ]
}

test('what is known of a person does not depend on the order in which rights and affiliation arrive', async () => {
  let n = 500
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 }), async (order) => {
      n += 1
      const person = patient(n)
      const indexes = [person, patient(n + 100)].map(({ insz }) => harness.vault.blindIndex('insz', insz)) as [
        string,
        string,
      ]
      const events = story(person, indexes)
      for (const place of order) await harness.deliver(events[place]!)
      const known = (await patientsById(harness.database, [person.personId])).get(person.personId)!
      expect(known.periods).toMatchObject([{ from: '2020-01-01', to: '2025-12-31', insurer: '100' }])
      expect(known.person.affiliations.map(({ from, to }) => [from, to])).toEqual([
        ['2020-01-01', '2024-03-31'],
        ['2024-04-01', null],
      ])
      expect([...(await patientsByIndex(harness.database, indexes)).keys()].sort()).toEqual([...indexes].sort())
    }),
    { numRuns: 30 },
  )
})
