import { describe, expect, it } from 'vitest'
import { type PersonEvent, personEvent } from './person.events.ts'
import { evolvePerson } from './person.evolve.ts'
import { nobody } from './person.ts'
import { affiliated, closed, day, died, ids, known, registered } from './testing-facts.ts'

const about = { insurer: '300', ziekenfonds: '306' }
const because = 'clericalError' as const

describe('an affiliation', () => {
  it('is asked from its first day, unless another affiliation holds days of it', () => {
    const opened = affiliated()
    expect(known(registered(), opened).affiliations).toMatchObject([
      {
        ...{ ...about, from: '2026-01-01', to: null, reason: null, claimedFrom: '2026-01-01', leftOn: null },
        ...{ followsHolder: false, requestedOn: '2026-01-01', eventIds: ['2'] },
      },
    ])
    const later = { ...opened, data: { ...opened.data, claimedFrom: day('2025-12-01') } } as PersonEvent
    expect(known(registered(), later).affiliations).toMatchObject([{ from: '2026-01-01', claimedFrom: '2025-12-01' }])
  })

  it('that the person left was left that day, also along with the holder; one that a death ended was not', () => {
    const next = affiliated('2026-06-01', '501', ids.affiliation2)
    const left = known(registered(), affiliated(), next, closed('2026-05-31')).affiliations
    expect(left).toMatchObject([
      { to: '2026-05-31', reason: 'departure', leftOn: '2026-05-31', followsHolder: false, eventIds: ['2', '4'] },
      { to: null, leftOn: null, eventIds: ['3'] },
    ])
    const along = known(registered(), affiliated(), closed('2026-05-31', ids.affiliation, true)).affiliations
    expect(along).toMatchObject([{ leftOn: '2026-05-31', followsHolder: true }])
    const data = { affiliationId: ids.affiliation, ...about, to: day('2026-05-31'), reason: 'death' } as const
    const dead = known(registered(), affiliated(), personEvent('AffiliationClosed', data)).affiliations
    expect(dead).toMatchObject([{ to: '2026-05-31', reason: 'death', leftOn: null, followsHolder: false }])
  })

  it('that is put right has the days now said; one that never was is gone, and its insurer stays known', () => {
    const days = {
      from: day('2025-12-01'),
      to: day('2026-05-31'),
      claimedFrom: day('2025-11-01'),
      leftOn: day('2026-05-31'),
    }
    const said = { ...days, reason: 'departure', followsHolder: true } as const
    const data = { affiliationId: ids.affiliation, ...about, ...said, because, corrects: [] }
    const events = [registered(), affiliated(), affiliated('2026-06-01', '501', ids.affiliation2)]
    const right = known(...events, personEvent('AffiliationCorrected', data)).affiliations
    expect(right).toMatchObject([
      { ...said, eventIds: ['4'] },
      { from: '2026-06-01', eventIds: ['3'] },
    ])
    const never = { affiliationId: ids.affiliation, ...about, because, corrects: [] }
    const person = known(...events, personEvent('AffiliationWithdrawn', never))
    expect(person.affiliations).toMatchObject([{ affiliationId: ids.affiliation2 }])
    expect(person.toldTo.map(({ insurer }) => insurer)).toEqual(['300', '500'])
  })

  it('tells every insurer that was ever told of the person, with the last ziekenfonds of each', () => {
    const at306 = affiliated()
    const at311 = { ...at306, data: { ...at306.data, ziekenfonds: '311' } } as PersonEvent
    const person = known(registered(), at306, affiliated('2026-02-01', '501', ids.affiliation2), at311)
    expect(person.toldTo).toEqual([
      { insurer: '500', ziekenfonds: '501' },
      { insurer: '300', ziekenfonds: '311' },
    ])
  })
})

describe('a holder', () => {
  const dependant = { dependantPersonId: ids.other, capacityId: ids.capacity }
  const added = personEvent('DependantAdded', { ...dependant, capacity: 'DEPENDANT_CHILD', from: day('2026-02-01') })
  const data = { ...dependant, capacityId: ids.capacity2, capacity: 'DEPENDANT_SPOUSE', from: day('2026-03-01') }
  const spouse = personEvent('DependantAdded', { ...data, partnership: 'cohabiting' })
  const dependants = (...events: readonly PersonEvent[]) => known(registered(), added, spouse, ...events).dependants

  it('has the dependants with their days, until they leave', () => {
    const [first, second] = dependants()
    expect(first).toEqual({
      ...{ personId: ids.other, capacityId: ids.capacity, capacity: 'DEPENDANT_CHILD' },
      ...{ from: '2026-02-01', to: null, partnership: null, displaced: false },
    })
    expect(second).toMatchObject({ capacity: 'DEPENDANT_SPOUSE', partnership: 'cohabiting' })
    const released = personEvent('DependantReleased', { ...dependant, to: day('2026-05-31') })
    expect(dependants(released)).toEqual([{ ...first, to: '2026-05-31' }, second])
    const days = { from: day('2026-02-15'), to: day('2026-06-30') }
    const corrected = personEvent('DependantCorrected', { ...dependant, ...days })
    expect(dependants(released, corrected)).toEqual([{ ...first, ...days }, second])
    expect(dependants(personEvent('DependantWithdrawn', dependant))).toEqual([second])
    const displaced = personEvent('DependantWithdrawn', { ...dependant, displaced: true })
    expect(dependants(displaced)).toEqual([{ ...first, displaced: true }, second])
    expect(dependants(displaced, corrected)).toEqual([{ ...first, ...days }, second])
  })
})

describe('a person', () => {
  it('is who the registration says, by the last number and every one before it', () => {
    const replaced = (from: string, to: string) =>
      personEvent('IdentifierReplaced', { previousInszIndex: from, inszIndex: to, bis: false, insz: { $sealed: 'x' } })
    expect(known(registered(), replaced('index-1', 'index-2'), replaced('index-2', 'index-3'))).toMatchObject({
      ...{ personId: ids.person, inszIndex: 'index-3', previousInszIndexes: ['index-1', 'index-2'] },
      ...{ birthDate: '1985-07-30', sex: 'F', diedOn: null, erased: false, birthEventIds: ['1'], deathEventIds: [] },
    })
  })

  it('died on the day last told, and a correction tells birth and death anew', () => {
    expect(known(registered(), died('2026-03-10'))).toMatchObject({ diedOn: '2026-03-10', deathEventIds: ['2'] })
    const right = { birthDate: day('1984-07-30'), sex: 'M' as const, diedOn: null, because, corrects: [] }
    expect(known(registered(), died('2026-03-10'), personEvent('PersonCorrected', right))).toMatchObject({
      ...{ birthDate: '1984-07-30', sex: 'M', diedOn: null, birthEventIds: ['3'], deathEventIds: ['3'] },
    })
  })

  it('has events without a name while they are not stored yet', () => {
    expect([registered(), affiliated()].reduce(evolvePerson, nobody)).toMatchObject({
      birthEventIds: [],
      affiliations: [{ eventIds: [] }],
    })
  })
})
