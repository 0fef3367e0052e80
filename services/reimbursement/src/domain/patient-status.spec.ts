import { isoDate } from '@ziv/kernel'
import { given } from '@ziv/kernel/testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { patientStatus, type StatusCommand, type StatusEvent, statusStream } from './patient-status.ts'
import { hasStatus } from './status-period.ts'

const grant = (from: string, to: string | null, statusId = 's1'): StatusCommand => ({
  type: 'GrantStatus',
  personId: 'p',
  statusId,
  kind: 'globalMedicalFile',
  from: isoDate(from),
  to: to === null ? null : isoDate(to),
  evidence: 'line 101496',
})
const granted = (from: string, to: string | null): StatusEvent => {
  const { type: _, ...data } = grant(from, to) as Extract<StatusCommand, { type: 'GrantStatus' }>
  return { type: 'StatusGranted', version: 1, data }
}
const end = (to: string): StatusCommand => ({ type: 'EndStatus', personId: 'p', statusId: 's1', to: isoDate(to) })
const ended = (to: string): StatusEvent => ({
  type: 'StatusEnded',
  version: 1,
  data: { personId: 'p', statusId: 's1', to: isoDate(to) },
})

describe('a status of a patient', () => {
  test('is granted', () => {
    given(patientStatus).on(undefined).when(grant('2024-01-01', null)).then(granted('2024-01-01', null))
  })
  test('does not overlap one of the same kind', () => {
    const events = [granted('2024-01-01', '2024-06-30')]
    given(patientStatus, ...events)
      .on(undefined)
      .when(grant('2024-06-30', null, 's2'))
      .thenRejected('statusOverlaps')
  })
  test('cannot end before it begins', () => {
    given(patientStatus).on(undefined).when(grant('2024-02-01', '2024-01-31')).thenRejected('statusPeriodReversed')
    given(patientStatus, granted('2024-02-01', null))
      .on(undefined)
      .when(end('2024-01-31'))
      .thenRejected('statusPeriodReversed')
  })
  test('ends', () => {
    given(patientStatus, granted('2024-01-01', null)).on(undefined).when(end('2024-12-31')).then(ended('2024-12-31'))
  })
  test('ended again on the same day changes nothing', () => {
    const events = [granted('2024-01-01', null), ended('2024-12-31')]
    given(patientStatus, ...events)
      .on(undefined)
      .when(end('2024-12-31'))
      .then()
  })
  test('that is not there cannot end', () => {
    given(patientStatus).on(undefined).when(end('2024-12-31')).thenRejected('statusUnknown')
  })

  test('is refused with the days that are in the way', () => {
    given(patientStatus)
      .on(undefined)
      .when(grant('2024-02-01', '2024-01-31'))
      .thenRejected('statusPeriodReversed', { from: '2024-02-01', to: '2024-01-31' })
    given(patientStatus, granted('2024-02-01', null))
      .on(undefined)
      .when(end('2024-01-31'))
      .thenRejected('statusPeriodReversed', { from: '2024-02-01', to: '2024-01-31' })
    given(patientStatus, granted('2024-01-01', null))
      .on(undefined)
      .when(grant('2024-05-01', null, 's2'))
      .thenRejected('statusOverlaps', { from: '2024-01-01' })
  })
  test('may last one day', () => {
    given(patientStatus).on(undefined).when(grant('2024-02-01', '2024-02-01')).then(granted('2024-02-01', '2024-02-01'))
    given(patientStatus, granted('2024-02-01', null)).on(undefined).when(end('2024-02-01')).then(ended('2024-02-01'))
  })
  test('of one kind goes beside one of the other', () => {
    const other = { ...granted('2024-01-01', null).data, kind: 'increasedIntervention', statusId: 's0' } as const
    given(patientStatus, { type: 'StatusGranted', version: 1, data: other } as StatusEvent)
      .on(undefined)
      .when(grant('2024-01-01', null))
      .then(granted('2024-01-01', null))
  })
  test('ends alone: another one of the person goes on', () => {
    const first = granted('2024-01-01', '2024-01-31')
    const { type: _, ...data } = grant('2024-03-01', null, 's2') as Extract<StatusCommand, { type: 'GrantStatus' }>
    const second: StatusEvent = { type: 'StatusGranted', version: 1, data }
    const states = [first, second, ended('2024-01-15')].reduce(patientStatus.evolve, patientStatus.initialState())
    expect(states.map(({ to }) => to)).toEqual(['2024-01-15', null])
    const unknown = { ...end('2024-12-31'), statusId: 's3' }
    given(patientStatus, first, second).on(undefined).when(unknown).thenRejected('statusUnknown')
    expect(statusStream('p')).toBe('patientStatus-p')
  })
  test('cannot be ended again so late that it reaches into the next one', () => {
    const first = granted('2024-01-01', '2024-01-31')
    const { type: _, ...data } = grant('2024-03-01', null, 's2') as Extract<StatusCommand, { type: 'GrantStatus' }>
    const second: StatusEvent = { type: 'StatusGranted', version: 1, data }
    given(patientStatus, first, second)
      .on(undefined)
      .when(end('2024-03-01'))
      .thenRejected('statusOverlaps', { from: second.data.from })
    given(patientStatus, first, second).on(undefined).when(end('2024-02-29')).then(ended('2024-02-29'))
  })
  test('is granted exactly when it shares no day with another of its kind', () => {
    const days = ['2024-01-01', '2024-01-02', '2024-01-03', '2024-01-04', '2024-01-05'].map(isoDate)
    const period = fc
      .tuple(fc.nat(4), fc.option(fc.nat(4), { nil: null }))
      .filter(([from, to]) => to === null || from <= to)
    fc.assert(
      fc.property(period, period, ([from, to], [first, last]) => {
        const held = granted(days[from]!, to === null ? null : days[to]!)
        const asked = grant(days[first]!, last === null ? null : days[last]!, 's2')
        const { decision } = given(patientStatus, held).on(undefined).when(asked)
        const state = [patientStatus.evolve([], held), [{ ...asked, statusId: 's2' } as never]] as const
        const shared = [...days, isoDate('2099-01-01')].some((day) =>
          state.every((statuses) => hasStatus(statuses, 'globalMedicalFile', day)),
        )
        expect(decision.ok).toBe(!shared)
      }),
    )
  })
})
