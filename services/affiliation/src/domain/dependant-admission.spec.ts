import { given } from '@ziv/kernel/testing'
import { expect, test } from 'vitest'
import type { Evidence } from './evidence.ts'
import { personDecider } from './person.decide.ts'
import type { PersonEvent } from './person.events.ts'
import type { Person } from './person.ts'
import {
  acquired,
  affiliated,
  becomes,
  child,
  day,
  factsOn,
  holder,
  ids,
  migrated,
  noIncome,
  numbered,
  registered,
} from './testing-facts.ts'

const withHolder = (person: Person | undefined, ...events: readonly PersonEvent[]) =>
  given(personDecider, ...events).on(factsOn('2026-06-20', person ? { holder: person } : {}))

test('a capacity is taken in its own role, and only one in which somebody can be registered', () => {
  withHolder(holder, child)
    .when({ ...becomes, kind: 'STUDENT' })
    .thenRejected('notOfDependant', { capacity: 'STUDENT' })
  withHolder(holder, child)
    .when({ ...becomes, kind: 'DEPENDANT_PILOT' })
    .thenRejected('capacityUnknown')
  withHolder(holder, child)
    .when({ ...becomes, kind: 'DEPENDANT_ASCENDANT' })
    .thenRejected('capacityUnknown')
})

test('a child of 21 that works has a free right of its own, and the refusal says how sure that reading is', () => {
  withHolder(holder, registered('2005-02-03'), affiliated('2026-01-01'), {
    ...acquired('EMPLOYEE', '2026-01-01', { capacityId: ids.capacity2 }),
  })
    .when(becomes)
    .thenRejected('ownFreeRight', { capacity: 'EMPLOYEE', confidence: 'derived' })
})

test('the law weighs income, partners and the spouse at home of a partner who would depend', () => {
  const adult = registered('1990-02-03')
  const day4 = day('2026-05-04')
  const home = { kind: 'householdComposition', issuedOn: day4, sameAddress: true } as const
  const income = {
    kind: 'incomeProof',
    quarter: '2026Q2',
    grossCents: 0,
    source: 'wageSlips',
    ownFreeRight: false,
  } as const
  const claim = (...evidence: readonly Evidence[]) =>
    ({ ...becomes, kind: 'DEPENDANT_SPOUSE', partnership: 'cohabiting', evidence: numbered(...evidence) }) as const
  withHolder(holder, adult)
    .when(claim(home, { ...income, grossCents: 298_927 }))
    .thenRejected('incomeAboveCeiling', { quarter: '2026Q2', ceilingCents: 298_926 })
  expect(withHolder(holder, adult).when(claim(home, { ...income, grossCents: 298_926 })).decision.ok).toBe(true)
  withHolder(holder, adult)
    .when(claim(home, { ...income, ownFreeRight: true }))
    .thenRejected('ownFreeRight')
  withHolder(holder, adult)
    .when(claim({ ...home, holderSpouseInHousehold: true }, income))
    .thenRejected('cohabitantExcludedBySpouse')
  const married = {
    personId: ids.other,
    capacityId: 'c',
    capacity: 'DEPENDANT_SPOUSE',
    from: day('2026-01-01'),
    to: null,
    displaced: false,
    partnership: null,
  }
  withHolder({ ...holder, dependants: [married] }, adult)
    .when(claim(home, income))
    .thenRejected('partnerAlreadyDependant')
})

test('a partner whose income nobody knows is not admitted, whoever brings the record, and the answer says what is missing', () => {
  const spouse = { ...becomes, kind: 'DEPENDANT_SPOUSE' } as const
  const missing = { capacity: 'DEPENDANT_SPOUSE', needed: 'incomeProof' }
  const trusting = given(personDecider, registered('1990-02-03')).on(
    factsOn('2026-06-20', { holder, acceptsMigratedRecords: true }),
  )
  trusting.when({ ...spouse, evidence: numbered(migrated) }).thenRejected('evidenceMissing', missing)
  withHolder(holder, registered('1990-02-03'))
    .when({ ...spouse, evidence: numbered() })
    .thenRejected('evidenceMissing', missing)
  const known = [migrated, noIncome(spouse.acquiredOn)]
  expect(trusting.when({ ...spouse, evidence: numbered(...known) }).decision.ok).toBe(true)
})

test('what is shown beside a record of an earlier system has to agree with the claim', () => {
  const other = { ...noIncome(day('2024-05-04')) }
  given(personDecider, registered('1990-02-03'))
    .on(factsOn('2026-06-20', { holder, acceptsMigratedRecords: true }))
    .when({ ...becomes, kind: 'DEPENDANT_SPOUSE', evidence: numbered(migrated, other) })
    .thenRejected('evidenceDisagrees')
})
