import { describe, expect, it } from 'vitest'
import type { PersonCommand } from './person.commands.ts'
import { decidePerson } from './person.decide.ts'
import type { PersonEvent } from './person.events.ts'
import { evolvePerson } from './person.evolve.ts'
import {
  acquired,
  affiliated,
  birth,
  capacityEnded,
  closed,
  day,
  factsOn,
  ids,
  known,
  registered,
} from './testing-facts.ts'

const employedAgain = { affiliationId: ids.affiliation2, capacityId: ids.capacity3 }
const back = [affiliated('2026-02-01', '306', ids.affiliation2), acquired('EMPLOYEE', '2026-02-01', employedAgain)]
/** A member in 2025, and again since February 2026. */
const holder = {
  ...known(registered(), affiliated('2025-01-01'), acquired('EMPLOYEE', '2025-01-01'), closed('2025-12-31'), ...back),
  personId: ids.other,
}
const facts = factsOn('2026-06-20', { holder })
const of2025 = [
  acquired('DEPENDANT_CHILD', '2025-03-01', { holderFrom: day('2025-01-01'), evidence: birth }),
  capacityEnded('DEPENDANT_CHILD', '2025-12-31', 'holder'),
]
const child = [registered('2010-05-04'), affiliated('2025-03-01')]
const correct = (changes: object): PersonCommand => ({
  ...{ type: 'CorrectCapacity', capacityId: ids.capacity, evidence: [], because: 'clericalError' },
  ...changes,
})
function daysAfter(command: PersonCommand, ...past: readonly PersonEvent[]) {
  const before = known(...past)
  const decision = decidePerson(command, before, facts)
  if (!decision.ok) return decision.rejection.code
  const { capacities } = decision.events.reduce(evolvePerson, before)
  return capacities.map(({ capacity, from, to }) => `${capacity} ${from} ${to}`)
}

describe('a dependant whose holder left, and is a member again', () => {
  const student = acquired('STUDENT', '2025-03-01', { capacityId: ids.capacity2 })
  const earlier = correct({ acquiredOn: day('2025-02-01') })

  it('keeps the days of the first time when something of them is put right', () => {
    expect(daysAfter(earlier, ...child, student, ...of2025)).toEqual([
      'STUDENT 2025-03-01 null',
      'DEPENDANT_CHILD 2025-02-01 2025-12-31',
    ])
    const along = closed('2025-12-31', ids.affiliation, true)
    expect(daysAfter(earlier, ...child, ...of2025, along)).toEqual(['DEPENDANT_CHILD 2025-02-01 2025-12-31'])
  })
})
