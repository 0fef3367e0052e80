import { given } from '@ziv/kernel/testing'
import { test } from 'vitest'
import type { PersonCommand } from './person.commands.ts'
import { personDecider } from './person.decide.ts'
import { type PersonEvent, personEvent } from './person.events.ts'
import {
  acquired,
  affiliated,
  capacityEnded,
  closed,
  day,
  died,
  erased,
  facts,
  ids,
  registered,
} from './testing-facts.ts'

const past = (...events: readonly PersonEvent[]) => given(personDecider, ...events).on(facts)
const member = { insurer: '300', ziekenfonds: '306' }

test('a death ends everything that runs, also what was to end later', () => {
  const death: PersonCommand = { type: 'RecordDeath', diedOn: day('2026-03-10') }
  const byDeath = personEvent('AffiliationClosed', {
    affiliationId: ids.affiliation,
    ...member,
    to: day('2026-03-10'),
    reason: 'death',
  })
  past(registered(), affiliated(), acquired('EMPLOYEE'))
    .when(death)
    .then(capacityEnded('EMPLOYEE', '2026-03-10', 'affiliation'), byDeath, died('2026-03-10'))
  past(registered(), affiliated(), acquired('EMPLOYEE'), capacityEnded('EMPLOYEE', '2026-12-31'), closed('2026-12-31'))
    .when(death)
    .then(capacityEnded('EMPLOYEE', '2026-03-10', 'affiliation'), byDeath, died('2026-03-10'))
  past(registered(), died('2026-03-10')).when(death).thenRejected('personDied')
  past(registered())
    .when({ ...death, diedOn: day('2026-03-21') })
    .thenRejected('dateInFuture')
  past(registered())
    .when({ ...death, diedOn: day('1985-01-01') })
    .thenRejected('beforeBirth')
  past(registered(), affiliated('2026-03-15')).when(death).thenRejected('endBeforeStart')
})

test('a bisnummer is replaced by a national number, and only the current number can be', () => {
  const replace: PersonCommand = {
    ...{
      type: 'ReplaceIdentifier',
      previousInszIndex: 'index-1',
      inszIndex: 'index-2',
      bis: false,
      insz: { $sealed: 'c' },
      birthDate: day('1985-07-30'),
    },
  }
  const { type: _, birthDate: __, ...data } = replace
  const replaced = personEvent('IdentifierReplaced', data as never)
  past(registered()).when(replace).then(replaced)
  past(registered(), replaced).when(replace).thenRejected('identifierNotCurrent')
  past(registered())
    .when({ ...replace, inszIndex: 'index-1' })
    .thenRejected('identifierUnchanged')
})

test('a person is erased once no affiliation runs', () => {
  const erase: PersonCommand = { type: 'ErasePerson', reason: 'retentionEnded' }
  past(registered(), affiliated(), closed('2026-01-31')).when(erase).then(erased)
  past(registered(), affiliated()).when(erase).thenRejected('erasureWhileAffiliated')
  past(registered(), affiliated(), closed('2026-03-20')).when(erase).thenRejected('erasureWhileAffiliated')
  past(registered(), erased).when(erase).thenRejected('personErased')
})
