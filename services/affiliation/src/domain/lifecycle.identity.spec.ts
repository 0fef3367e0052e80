import { describe, expect, it } from 'vitest'
import type { PersonCommand } from './person.commands.ts'
import { decidePerson } from './person.decide.ts'
import { type PersonEvent, personEvent } from './person.events.ts'
import {
  acquired,
  affiliated,
  closed,
  day,
  erased,
  factsOn,
  ids,
  known,
  registered,
  searchYear,
} from './testing-facts.ts'

const facts = factsOn('2026-06-20')
const told = (command: PersonCommand, past: readonly PersonEvent[], today = '2026-06-20') => {
  const decision = decidePerson(command, known(...past), factsOn(today))
  return decision.ok ? decision.events.map(({ type, data }) => [type, data]) : decision.rejection.code
}

describe('another number', () => {
  const replace = (more: object): PersonCommand => ({
    ...{ type: 'ReplaceIdentifier', previousInszIndex: 'index-1', inszIndex: 'index-2', bis: false },
    ...{ insz: { $sealed: 'c' }, birthDate: day('1985-07-30'), ...more },
  })
  const replaced = ['IdentifierReplaced', { previousInszIndex: 'index-1', inszIndex: 'index-2', bis: false }]
  const corrected = (data: object) => [
    ...['PersonCorrected', { diedOn: null, because: 'registerCorrected', corrects: ['1'], ...data }],
  ]

  it('says nothing more when it carries what is known, or carries no sex', () => {
    for (const same of [{}, { sex: 'F' }]) expect(told(replace(same), [registered()])).toMatchObject([replaced])
  })

  it('puts right what it says otherwise, and leaves a sex that it does not say', () => {
    const [birthDate, other] = ['1985-07-30', '1985-07-31']
    for (const [says, becomes] of [
      [{ sex: 'M' }, { birthDate, sex: 'M' }],
      [{ birthDate: day(other) }, { birthDate: other, sex: 'F' }],
      [
        { birthDate: day(other), sex: 'F' },
        { birthDate: other, sex: 'F' },
      ],
      [
        { birthDate: day(other), sex: 'X' },
        { birthDate: other, sex: 'X' },
      ],
    ] as const) {
      expect(told(replace(says), [registered()])).toMatchObject([replaced, corrected(becomes)])
    }
  })

  it('is refused with the correction that it would bring, and of nobody who is known no more', () => {
    expect(told(replace({ birthDate: day('2026-06-21') }), [registered()])).toBe('dateInFuture')
    expect(told(replace({}), [])).toBe('personNotFound')
    expect(told(replace({}), [registered(), erased])).toBe('personErased')
  })
})

describe('a day of death', () => {
  const twice = [registered(), affiliated('2025-01-01'), closed('2025-06-30')]
  const back = [...twice, affiliated('2026-02-01', '306', ids.affiliation2)]

  it('leaves every affiliation a day, whether it is told or put right', () => {
    for (const tell of [
      (on: string): PersonCommand => ({ type: 'RecordDeath', diedOn: day(on) }),
      (on: string): PersonCommand => ({ type: 'CorrectPerson', diedOn: day(on), because: 'clericalError' }),
    ]) {
      expect(told(tell('2024-12-31'), twice)).toBe('endBeforeStart')
      expect(told(tell('2026-01-31'), back)).toBe('endBeforeStart')
      expect(told(tell('2025-06-30'), twice)).toHaveLength(1)
      expect(told(tell('2025-06-29'), twice)).toHaveLength(2)
      expect(told(tell('2026-02-01'), back)).toHaveLength(2)
      const student = acquired('STUDENT', '2026-03-01', { affiliationId: ids.affiliation2 })
      expect(told(tell('2026-02-28'), [...back, student])).toBe('endBeforeCapacityStart')
    }
  })
})

describe('an erasure', () => {
  const erase: PersonCommand = { type: 'ErasePerson', reason: 'retentionEnded' }
  /** Who left on a day, and of whom others were told until another that the days of an affiliation counted. */
  const left = (to: string, toldUntil: string) => [
    ...[registered(), affiliated('2020-01-01'), closed(to)],
    personEvent('AffiliationWithdrawn', {
      ...{ affiliationId: ids.affiliation2, insurer: '300', ziekenfonds: '306', because: 'clericalError' },
      ...{ corrects: [], toldUntil: day(toldUntil) },
    }),
  ]

  it('waits for the longest of what keeps the data', () => {
    expect(told(erase, left('2023-06-30', '2026-03-20'), '2026-06-20')).toBe('erasureTooEarly')
    expect(told(erase, left('2023-06-30', '2027-03-20'), '2027-06-20')).toBe('erasureBeforeRecovery')
    expect(told(erase, left('2023-06-30', '2026-03-20'), '2028-06-20')).toBe('erasureTooEarly')
    expect(told(erase, left('2023-06-30', '2026-03-20'), '2029-01-01')).toMatchObject([['PersonErased', {}]])
  })

  it('is not kept by a capacity that was only asked', () => {
    const asked = personEvent('CapacityRequested', {
      ...{ capacityId: ids.capacity, affiliationId: ids.affiliation, insurer: '300', ziekenfonds: '306' },
      ...{ capacity: 'RESIDENT', acquiredOn: day('2020-01-01'), requestedOn: day('2020-01-01') },
      ...{ waitingFor: 'immigrationOffice', evidence: [{ evidenceId: ids.evidence, evidence: searchYear }] },
    })
    const past = [registered(), affiliated('2020-01-01'), asked, closed('2023-06-30')]
    expect(told(erase, past, facts.today)).toEqual(
      told(
        erase,
        past.filter((event) => event !== asked),
        facts.today,
      ),
    )
  })
})
