import { given } from '@ziv/kernel/testing'
import { describe, test } from 'vitest'
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
  factsOn,
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
    // until it was told the insurer paid as before
    toldUntil: facts.today,
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

describe('an erasure', () => {
  const erase: PersonCommand = { type: 'ErasePerson', reason: 'retentionEnded' }
  const on = (today: string, ...events: readonly PersonEvent[]) => given(personDecider, ...events).on(factsOn(today))
  const left = [
    ...[registered(), affiliated(), acquired('EMPLOYEE')],
    ...[capacityEnded('EMPLOYEE', '2026-01-31', 'affiliation'), closed('2026-01-31')],
  ]
  const terms = {
    ...{ insuredUntil: '2027-12-31', billableUntil: '2029-12-31', year: 2026, repairableUntil: '2031-12-31' },
    ...{ erasableFrom: '2032-01-01', confidence: 'assumed' },
  }

  test('is refused while an affiliation runs, and after another one', () => {
    past(registered(), affiliated()).when(erase).thenRejected('erasureWhileAffiliated')
    past(registered(), affiliated(), closed('2026-03-20')).when(erase).thenRejected('erasureWhileAffiliated')
    past(registered(), erased).when(erase).thenRejected('personErased')
  })

  test('is refused until every term of the law has passed, and the refusal names each and the day', () => {
    for (const today of ['2026-02-01', '2028-01-01', '2030-01-01', '2031-12-31']) {
      on(today, ...left)
        .when(erase)
        .thenRejected('erasureTooEarly', terms)
    }
    on('2032-01-01', ...left)
      .when(erase)
      .then(erased)
  })

  test('after a death waits for what can still be billed and repaired, not for a run-out', () => {
    on(
      '2026-03-20',
      ...left.slice(0, -2),
      capacityEnded('EMPLOYEE', '2026-01-31', 'affiliation'),
      closed('2026-01-31'),
      died('2026-01-31'),
    )
      .when(erase)
      .thenRejected('erasureTooEarly', { ...terms, insuredUntil: '2026-01-31', billableUntil: '2028-01-31' })
  })

  test('counts from the last of several affiliations', () => {
    const back = [affiliated('2028-01-01', '501', ids.affiliation2), closed('2028-06-30', ids.affiliation2)]
    on('2032-01-01', ...left, ...back)
      .when(erase)
      .thenRejected('erasureTooEarly', {
        ...{ insuredUntil: '2028-06-30', billableUntil: '2030-06-30', year: 2028, repairableUntil: '2033-12-31' },
        ...{ erasableFrom: '2034-01-01', confidence: 'assumed' },
      })
  })

  test('of somebody who never was affiliated is possible at once', () => {
    past(registered()).when(erase).then(erased)
  })

  describe('of somebody whose days with an insurer count no more', () => {
    /** What is stored after a command of a day, after what was stored before. */
    const after = (
      today: string,
      command: PersonCommand,
      ...events: readonly PersonEvent[]
    ): readonly PersonEvent[] => {
      const { decision } = on(today, ...events).when(command)
      if (!decision.ok) throw new Error(JSON.stringify(decision.rejection))
      return [...events, ...decision.events]
    }
    const recovery = { toldUntil: '2026-03-20', recoverableUntil: '2028-03-31', erasableFrom: '2028-04-01' }
    const withdraw = { type: 'WithdrawAffiliation', affiliationId: ids.affiliation, because: 'clericalError' } as const
    const mistaken = after('2026-03-20', withdraw, registered(), affiliated('2024-01-01'))

    test('waits until what may have been paid can be claimed back no more', () => {
      for (const today of ['2026-03-20', '2028-03-31']) {
        on(today, ...mistaken)
          .when(erase)
          .thenRejected('erasureBeforeRecovery', { ...recovery, confidence: 'assumed' })
      }
      on('2028-04-01', ...mistaken)
        .when(erase)
        .then(erased)
    })

    test('does not wait for days that were never told: the affiliation was still to begin', () => {
      const early = after('2026-03-20', withdraw, registered(), affiliated('2026-07-01'))
      on('2026-03-21', ...early)
        .when(erase)
        .then(erased)
    })

    test('counts from the day on which a departure of long ago became known', () => {
      const leave = {
        type: 'EndAffiliation',
        affiliationId: ids.affiliation,
        to: day('2019-06-30'),
        reason: 'departure',
      } as const
      const told = after('2026-03-20', leave, registered(), affiliated('2015-01-01'))
      on('2026-03-21', ...told)
        .when(erase)
        .thenRejected('erasureBeforeRecovery', { ...recovery, confidence: 'assumed' })
      on('2028-04-01', ...told)
        .when(erase)
        .then(erased)
    })
  })
})
