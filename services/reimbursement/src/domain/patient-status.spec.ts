import { isoDate } from '@ziv/kernel'
import { given } from '@ziv/kernel/testing'
import { describe, test } from 'vitest'
import { patientStatus, type StatusCommand, type StatusEvent } from './patient-status.ts'

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
})
