import { describe, expect, it } from 'vitest'
import type { Evidence } from './evidence.ts'
import { type PersonEvent, personEvent } from './person.events.ts'
import { acquired, affiliated, capacityEnded, day, employer, ids, known, registered } from './testing-facts.ts'

const about = { insurer: '300', ziekenfonds: '306' }
const because = 'clericalError' as const
const proof = (evidenceId: string, evidence: Evidence = employer) => ({ evidenceId, evidence })
const claim = { capacityId: ids.capacity, affiliationId: ids.affiliation, capacity: 'RESIDENT', ...about }
const asked = { acquiredOn: day('2026-03-15'), requestedOn: day('2026-03-18') }
const requested = personEvent('CapacityRequested', {
  ...{ ...claim, ...asked, waitingFor: 'immigrationOffice', evidence: [proof('e1')] },
})
const granted = personEvent('CapacityAcquired', {
  ...{ ...claim, ...asked, from: day('2026-04-01'), evidence: [proof('e1'), proof('e2')] },
})
const refused = (more: { affiliationEnded?: true } = {}) =>
  personEvent('CapacityRefused', {
    ...about,
    capacityId: ids.capacity,
    capacity: 'RESIDENT',
    decidedOn: day('2026-05-01'),
    ...more,
  })
const other = acquired('STUDENT', '2026-01-01', { capacityId: ids.capacity2 })

describe('a capacity that waits for a decision', () => {
  it('has no day, and keeps its proofs with the event that brought them', () => {
    const { capacities } = known(registered(), affiliated(), requested)
    expect(capacities).toMatchObject([
      {
        ...{
          status: 'pending',
          verdict: 'pending',
          waitingFor: 'immigrationOffice',
          from: null,
          to: null,
          repairsYear: null,
        },
        ...{ proofs: [{ evidenceId: 'e1', eventIds: ['3'] }], eventIds: ['3'] },
      },
    ])
  })

  it('that is acquired keeps the proofs of the request, each once, and both events', () => {
    const { capacities } = known(registered(), affiliated(), other, requested, granted)
    expect(capacities.map(({ capacityId }) => capacityId)).toEqual([ids.capacity2, ids.capacity])
    expect(capacities[1]).toMatchObject({
      ...{ status: 'acquired', verdict: 'acquired', waitingFor: null, from: '2026-04-01', ruleStart: '2026-04-01' },
      proofs: [
        { evidenceId: 'e1', eventIds: ['4'] },
        { evidenceId: 'e2', eventIds: ['5'] },
      ],
      eventIds: ['4', '5'],
    })
  })

  it('that is refused was decided, but not when only the affiliation ended: then it waits on', () => {
    const decided = known(registered(), affiliated(), other, requested, refused())
    expect(decided.capacities).toMatchObject([
      { status: 'acquired', verdict: 'acquired' },
      { status: 'refused', verdict: 'refused', eventIds: ['4', '5'] },
    ])
    const left = known(registered(), affiliated(), requested, refused({ affiliationEnded: true }))
    expect(left.capacities).toMatchObject([{ status: 'refused', verdict: 'pending', eventIds: ['3', '4'] }])
  })

  it('may repair a year, and says which', () => {
    const repair = { ...requested, data: { ...requested.data, repairsYear: 2024 } }
    expect(known(registered(), affiliated(), repair).capacities).toMatchObject([{ repairsYear: 2024 }])
    const done = acquired('RESIDENT', '2026-01-01', { repairsYear: 2024 })
    expect(known(registered(), affiliated(), done).capacities).toMatchObject([{ repairsYear: 2024 }])
    expect(known(registered(), affiliated(), acquired('RESIDENT')).capacities).toMatchObject([{ repairsYear: null }])
  })
})

describe('the last day of a capacity', () => {
  const child = acquired('DEPENDANT_CHILD', '2026-02-01', { holderFrom: day('2026-01-01'), relation: 'adopted' })
  const after = (...events: readonly PersonEvent[]) => known(registered(), affiliated(), child, other, ...events)

  it('of a dependant runs while the holder is a member', () => {
    expect(after().capacities[0]).toMatchObject({
      ...{ from: '2026-02-01', to: null, holderPersonId: ids.other, relation: 'adopted', partnership: null },
      ...{ holderSpan: { from: '2026-01-01', to: null }, eventIds: ['3'] },
    })
    const since = known(
      registered(),
      affiliated(),
      acquired('DEPENDANT_SPOUSE', '2026-02-01', { partnership: 'married' }),
    )
    expect(since.capacities[0]).toMatchObject({ holderSpan: { from: '2026-02-01', to: null }, partnership: 'married' })
  })

  it('that was told is that of the person; one that follows from something else is not', () => {
    const told = after(capacityEnded('DEPENDANT_CHILD', '2026-05-31')).capacities
    expect(told[0]).toMatchObject({ to: '2026-05-31', endedOn: '2026-05-31', eventIds: ['3', '5'] })
    expect(told[1]).toMatchObject({ to: null, eventIds: ['4'] })
    const byAge = after(capacityEnded('DEPENDANT_CHILD', '2026-05-31', 'age')).capacities[0]
    expect(byAge).toMatchObject({ to: '2026-05-31', endedOn: null, holderSpan: { to: null }, eventIds: ['3', '5'] })
  })

  it('that the holder brings is the last of the days with the holder', () => {
    const byHolder = after(capacityEnded('DEPENDANT_CHILD', '2026-05-31', 'holder')).capacities[0]
    const holderSpan = { from: '2026-01-01', to: '2026-05-31' }
    expect(byHolder).toMatchObject({ to: '2026-05-31', endedOn: null, holderSpan, eventIds: ['3', '5'] })
    const own = known(
      registered(),
      affiliated(),
      acquired('EMPLOYEE'),
      capacityEnded('EMPLOYEE', '2026-05-31', 'holder'),
    )
    expect(own.capacities[0]).toMatchObject({ to: '2026-05-31', endedOn: null, holderSpan: null })
  })
})

describe('a capacity that is put right', () => {
  const corrected = personEvent('CapacityCorrected', {
    ...{ ...claim, capacity: 'EMPLOYEE', from: day('2026-02-01'), to: day('2026-05-31'), ...asked },
    ...{ ruleStart: day('2026-02-01'), endedOn: day('2026-05-31'), holderSpan: null, because, corrects: [] },
  })
  const withdrawn = (more: { displaced?: true } = {}) =>
    personEvent('CapacityWithdrawn', {
      ...about,
      capacityId: ids.capacity,
      capacity: 'EMPLOYEE',
      because,
      corrects: [],
      ...more,
    })

  it('has the days that are now said, and the correction alone tells them', () => {
    const { capacities } = known(registered(), affiliated(), acquired('EMPLOYEE'), other, corrected)
    expect(capacities).toMatchObject([
      { from: '2026-02-01', to: '2026-05-31', endedOn: '2026-05-31', ...asked, status: 'acquired', eventIds: ['5'] },
      { from: '2026-01-01', to: null, eventIds: ['4'] },
    ])
  })

  it('is gone when it never was, and has no day while another one displaces it', () => {
    const events = [registered(), affiliated(), acquired('EMPLOYEE'), other]
    expect(known(...events, withdrawn()).capacities.map(({ capacityId }) => capacityId)).toEqual([ids.capacity2])
    const displaced = known(...events, withdrawn({ displaced: true })).capacities
    expect(displaced).toMatchObject([
      { status: 'displaced', verdict: 'acquired', from: null, to: null, eventIds: ['5'] },
      { status: 'acquired', from: '2026-01-01' },
    ])
    expect(known(...events, withdrawn({ displaced: true }), corrected).capacities[0]).toMatchObject({
      status: 'acquired',
      from: '2026-02-01',
    })
  })

  it('has other proofs when one is shown, replaced or taken back', () => {
    const events = [registered(), affiliated(), acquired('EMPLOYEE', '2026-01-01', { evidence: [proof('e1')] }), other]
    const shown = personEvent('EvidenceRecorded', { ...proof('e2'), capacityId: ids.capacity })
    const better: Evidence = { ...employer, issuedOn: day('2026-04-01') } as Evidence
    const put = (evidence: Evidence | null) =>
      personEvent('EvidenceCorrected', { evidenceId: 'e1', capacityId: ids.capacity, evidence, because, corrects: [] })
    const proofs = (...more: readonly PersonEvent[]) =>
      known(...events, ...more).capacities.map((entry) => entry.proofs)
    const one = { ...proof('e1'), eventIds: ['3'] }
    const two = { ...proof('e2'), eventIds: ['5'] }
    expect(proofs(shown)).toEqual([[one, two], []])
    expect(proofs(shown, put(null))).toEqual([[two], []])
    expect(proofs(shown, put(better))).toEqual([[two, { ...proof('e1', better), eventIds: ['6'] }], []])
  })
})
