import { given } from '@ziv/kernel/testing'
import { describe, expect, test } from 'vitest'
import type { Evidence } from './evidence.ts'
import { personDecider } from './person.decide.ts'
import { type PersonEvent, personEvent } from './person.events.ts'
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
  const alone = { sameAddress: true, holderSpouseInHousehold: false } as const
  const home = { kind: 'householdComposition', issuedOn: day4, ...alone } as const
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

test('of several proofs of income the newest quarter counts, and of one quarter what tells most, in whatever order they lie', () => {
  const income = (quarter: string, grossCents: number, ownFreeRight = false): Evidence => ({
    ...{ kind: 'incomeProof', quarter, grossCents, source: 'wageSlips', ownFreeRight },
  })
  const home = (holderSpouseInHousehold: boolean): Evidence => ({
    ...{ kind: 'householdComposition', issuedOn: day('2026-05-04'), sameAddress: true, holderSpouseInHousehold },
  })
  const asked = (...evidence: readonly Evidence[]) =>
    [evidence, evidence.toReversed()].map((proofs) => {
      const claim = { ...becomes, kind: 'DEPENDANT_SPOUSE', partnership: 'cohabiting' } as const
      const { decision } = withHolder(holder, registered('1990-02-03')).when({
        ...claim,
        evidence: numbered(...proofs),
      })
      return decision.ok ? 'admitted' : decision.rejection.code
    })
  const twice = (answer: string) => [answer, answer]
  expect(asked(income('2026Q1', 0), income('2026Q2', 900_000), home(false))).toEqual(twice('incomeAboveCeiling'))
  expect(asked(income('2026Q1', 900_000), income('2026Q2', 0), home(false))).toEqual(twice('admitted'))
  expect(asked(income('2026Q2', 900_000), income('2026Q2', 0), home(false))).toEqual(twice('incomeAboveCeiling'))
  expect(asked(income('2026Q2', 0, true), income('2026Q2', 0), home(false))).toEqual(twice('ownFreeRight'))
  expect(asked(income('2026Q2', 0), home(true), home(false))).toEqual(twice('cohabitantExcludedBySpouse'))
})

test('a proof by which a partner cannot depend is not put beside those that were accepted', () => {
  const day4 = day('2026-05-04')
  const spouse = acquired('DEPENDANT_SPOUSE', day4, {
    ...{
      partnership: 'cohabiting',
      evidence: numbered({
        ...{ kind: 'householdComposition', issuedOn: day4, sameAddress: true, holderSpouseInHousehold: false },
      }),
    },
  })
  const income: Evidence = { ...noIncome(day4) }
  const shown = personEvent('EvidenceRecorded', { evidenceId: ids.other, capacityId: ids.capacity, evidence: income })
  const record = (evidence: Evidence) =>
    withHolder(undefined, registered('1990-02-03'), affiliated(day4), spouse, shown).when({
      ...{ type: 'RecordEvidence', capacityId: ids.capacity, evidenceId: ids.affiliation2, evidence },
    })
  record({ ...income, grossCents: 900_000 } as Evidence).thenRejected('incomeAboveCeiling')
  record({ ...income, ownFreeRight: true } as Evidence).thenRejected('ownFreeRight')
  record({
    kind: 'householdComposition',
    issuedOn: day4,
    sameAddress: true,
    holderSpouseInHousehold: true,
  }).thenRejected('cohabitantExcludedBySpouse')
  expect(record({ ...income, grossCents: 100 } as Evidence).decision.ok).toBe(true)
  expect(record({ kind: 'householdComposition', issuedOn: day4, sameAddress: true }).decision.ok).toBe(true)
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

describe('the proofs of a partner who married long before the holder was insured', () => {
  const home = { kind: 'householdComposition', issuedOn: day('2026-04-20'), sameAddress: true } as const
  const wedding = { kind: 'marriageCertificate', marriedOn: day('2012-05-05'), foreign: false } as const
  const income = (quarter: string, grossCents: number): Evidence => ({
    ...{ kind: 'incomeProof', quarter, grossCents, source: 'wageSlips', ownFreeRight: false },
  })
  const claim = (...evidence: readonly Evidence[]) =>
    ({
      ...becomes,
      ...{ kind: 'DEPENDANT_SPOUSE', acquiredOn: day('2012-05-05'), partnership: 'married' as const },
      evidence: numbered(...evidence),
    }) as const
  const asked = (...evidence: readonly Evidence[]) =>
    withHolder(holder, registered('1985-02-03')).when(claim(...evidence))
  const differs = (evidence: string, field: string, stated: string, claimed: string) =>
    ['evidenceDisagrees', { evidence, field, stated, claimed }] as const

  test('speak of the quarter in which the insurance begins, not of that of the wedding', () => {
    asked(wedding, home, income('2012Q2', 0)).thenRejected(
      ...differs('incomeProof', 'quarter', '2012Q2', '2025Q4, 2026Q1'),
    )
    asked(wedding, home, income('2026Q1', 900_000)).thenRejected('incomeAboveCeiling', {
      ...{ quarter: '2026Q1', ceilingCents: 298_926 },
    })
    const { decision } = asked(wedding, home, income('2026Q1', 0))
    expect(decision.ok && decision.events.at(-1)?.data).toMatchObject({ from: '2026-01-01', acquiredOn: '2012-05-05' })
  })

  test('show one address around that day, or an application made by then', () => {
    asked(wedding, { ...home, issuedOn: day('2012-05-10') }, income('2026Q1', 0)).thenRejected(
      ...differs('householdComposition', 'issuedOn', '2012-05-10', '>= 2025-01-01'),
    )
    const applied = (on: string) =>
      ({ kind: 'cohabitationApplication', document: 'annex15', appliedOn: day(on) }) as const
    expect(asked(wedding, applied('2026-01-01'), income('2026Q1', 0)).decision.ok).toBe(true)
    asked(wedding, applied('2026-01-02'), income('2026Q1', 0)).thenRejected(
      ...differs('cohabitationApplication', 'appliedOn', '2026-01-02', '<= 2026-01-01'),
    )
  })

  test('are asked of that day too when one is added or the wedding is put right', () => {
    const spouse = [
      ...[registered('1985-02-03'), affiliated('2026-01-01')],
      acquired('DEPENDANT_SPOUSE', '2026-01-01', {
        ...{ acquiredOn: day('2012-05-05'), ruleStart: day('2012-05-05'), partnership: 'married' },
        evidence: numbered(wedding, home, income('2026Q1', 0)),
      }),
    ]
    const recorded = (evidence: Evidence) =>
      withHolder(holder, ...spouse).when({
        ...{ type: 'RecordEvidence', capacityId: ids.capacity, evidenceId: ids.other, evidence },
      })
    recorded(income('2012Q2', 0)).thenRejected(...differs('incomeProof', 'quarter', '2012Q2', '2025Q4, 2026Q1'))
    recorded(income('2026Q1', 900_000)).thenRejected('incomeAboveCeiling')
    const corrected = withHolder(holder, ...spouse).when({
      ...{ type: 'CorrectCapacity', capacityId: ids.capacity, acquiredOn: day('2012-05-06'), because: 'clericalError' },
      evidence: numbered({ ...wedding, marriedOn: day('2012-05-06') }),
    })
    expect(corrected.decision.ok).toBe(true)
  })
})
