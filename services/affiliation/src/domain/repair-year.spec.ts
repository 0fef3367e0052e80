import { assessYear, loadLaw, noContributions, runsOn, whileItRuns } from '@ziv/law'
import { expect, test } from 'vitest'
import type { PersonCommand } from './person.commands.ts'
import { personDecider } from './person.decide.ts'
import { type PersonEvent, personEvent } from './person.events.ts'
import type { Person } from './person.ts'
import {
  acquired,
  affiliated,
  closed,
  day,
  died,
  facts,
  ids,
  numbered,
  personOf,
  registered,
  searchYear,
} from './testing-facts.ts'

const law = loadLaw()
const registerFor = (repairsYear: number): PersonCommand => ({
  ...{ type: 'AcquireCapacity', capacityId: ids.capacity2, kind: 'RESIDENT', acquiredOn: day('2015-01-01') },
  ...{ requestedOn: facts.today, repairsYear },
  evidence: numbered({ kind: 'nationalRegisterEntry', registeredOn: day('2015-01-01') }),
})
const decide = (repairsYear: number, ...past: readonly PersonEvent[]) =>
  personDecider.decide(registerFor(repairsYear), personOf(...past), facts)

const told = (command: PersonCommand, person: Person): readonly PersonEvent[] => {
  const decision = personDecider.decide(command, person, facts)
  return decision.ok ? decision.events : []
}

const second = affiliated('2024-07-01', '501', ids.affiliation2)
const histories: Readonly<Record<string, readonly PersonEvent[]>> = {
  'affiliated for long': [registered(), affiliated('2015-01-01')],
  'affiliated within a year': [registered(), affiliated('2023-06-01')],
  'moved to another insurer': [registered(), affiliated('2015-01-01'), closed('2024-06-30'), second],
  'back after a stay abroad': [registered(), affiliated('2015-01-01'), closed('2022-05-31'), second],
  gone: [registered(), affiliated('2015-01-01'), closed('2025-12-31')],
  'never affiliated': [registered()],
  dead: [...[registered(), affiliated('2015-01-01'), died('2025-08-01')], closedByDeath('2025-08-01')],
}

function closedByDeath(to: string): PersonEvent {
  const event = closed(to)
  return event.type === 'AffiliationClosed'
    ? personEvent('AffiliationClosed', { ...event.data, reason: 'death' })
    : event
}

test.each(Object.keys(histories))('%s: a registration for a year is told exactly when it is taken', (name) => {
  const past = histories[name] as readonly PersonEvent[]
  const { affiliations } = personOf(...past)
  const person = { birthDate: day('1985-07-30'), registered: affiliations, capacities: [] }
  for (let year = 2019; year <= 2026; year += 1) {
    const decision = assessYear({ year, person, law, today: facts.today }, noContributions)
    const { repairs } = runsOn(year, facts.today) ? whileItRuns(decision) : decision
    const told = repairs.some(({ kind }) => kind === 'residentRegistration')
    expect([year, told]).toEqual([year, decide(year, ...past).ok])
  }
})

test('a year before the affiliation is refused with what would make it possible', () => {
  const refused = decide(2022, registered(), affiliated('2023-06-01'))
  expect(refused).toMatchObject({
    rejection: { code: 'repairBeforeAffiliation', params: { year: 2022, from: '2023-06-01', last: '2022-12-31' } },
  })
})

test('a registration that waits for others bars the repair of no year before it', () => {
  const waits = personEvent('CapacityRequested', {
    ...{
      capacityId: ids.capacity,
      affiliationId: ids.affiliation,
      capacity: 'RESIDENT',
      acquiredOn: day('2015-01-01'),
    },
    ...{ insurer: '300', ziekenfonds: '306', requestedOn: day('2025-03-18'), waitingFor: 'immigrationOffice' },
    evidence: [],
  })
  const past = [registered(), affiliated('2015-01-01'), waits]
  const { affiliations } = personOf(...past)
  const pending = [{ capacity: 'RESIDENT', requestedOn: day('2025-03-18'), repairsYear: null }]
  const person = { birthDate: day('1985-07-30'), registered: affiliations, capacities: [], pending }
  const told = (year: number) =>
    assessYear({ year, person, law, today: facts.today }, noContributions).repairs.some(
      ({ kind }) => kind === 'residentRegistration',
    )
  expect([told(2024), told(2025)]).toEqual([true, false])
  expect(decide(2024, ...past).ok).toBe(true)
  expect(decide(2025, ...past)).toMatchObject({ rejection: { code: 'capacityOverlaps' } })
})

test('a registration that would wait for others is one question with the repair of its year, whichever came first', () => {
  const spouse = acquired('DEPENDANT_SPOUSE', '2025-05-01')
  const ask = (requestedOn: string): PersonCommand => ({
    ...{ type: 'AcquireCapacity', capacityId: ids.capacity3, kind: 'RESIDENT', acquiredOn: day('2025-01-01') },
    ...{ requestedOn: day(requestedOn), evidence: numbered(searchYear) },
  })
  const past = [registered('1985-07-30'), affiliated('2025-05-01'), spouse]
  const repaired = personOf(...past, ...told(registerFor(2025), personOf(...past)))
  expect(personDecider.decide(ask('2025-02-01'), repaired, facts)).toMatchObject({
    rejection: { code: 'capacityOverlaps', params: { capacity: 'RESIDENT' } },
  })
})

test('a registration for one year alone is corrected within that year, and nothing makes it run on', () => {
  const past = [registered('1985-07-30'), affiliated('2015-01-01')]
  const repaired = personOf(...past, ...told(registerFor(2023), personOf(...past)))
  const correct = (days: object): PersonCommand => ({
    ...{ type: 'CorrectCapacity', capacityId: ids.capacity2, because: 'clericalError', evidence: [], ...days },
  })
  const beyond = { code: 'correctionBeyondYear', params: { capacity: 'RESIDENT', year: 2023, last: '2023-12-31' } }
  for (const days of [{ to: null }, { to: day('2024-01-01') }, { to: day('2024-12-31') }]) {
    expect(personDecider.decide(correct(days), repaired, facts)).toEqual({ ok: false, rejection: beyond })
  }
  const days = (to: object) => told(correct(to), repaired).map(({ data }) => data)
  expect(days({ to: day('2023-09-30') })).toMatchObject([{ from: '2023-01-01', to: '2023-09-30' }])
  expect(days({ acquiredOn: day('2023-04-01') })).toMatchObject([{ from: '2023-04-01', to: '2023-12-31' }])
  const none = personDecider.decide(correct({ to: day('2022-12-31') }), repaired, facts)
  expect(none).toMatchObject({ rejection: { code: 'correctionLeavesNoDay' } })
})
