import { accept, type Decider, type Decision, defineEvents, type IsoDate, reject } from '@ziv/kernel'
import { z } from 'zod'
import { type StatusKind, type StatusPeriod, statusKinds } from './status-period.ts'

export type StatusEvent =
  | {
      readonly type: 'StatusGranted'
      readonly version: 1
      readonly data: {
        readonly personId: string
        readonly statusId: string
        readonly kind: StatusKind
        readonly from: IsoDate
        readonly to: IsoDate | null
        readonly evidence: string
      }
    }
  | {
      readonly type: 'StatusEnded'
      readonly version: 1
      readonly data: { readonly personId: string; readonly statusId: string; readonly to: IsoDate }
    }

export const patientStatusEvents = defineEvents({
  aggregate: 'patientStatus',
  schemas: {
    StatusGranted: z.strictObject({
      personId: z.uuid(),
      statusId: z.uuid(),
      kind: z.enum(statusKinds),
      from: z.iso.date(),
      to: z.iso.date().nullable(),
      evidence: z.string(),
    }),
    StatusEnded: z.strictObject({ personId: z.uuid(), statusId: z.uuid(), to: z.iso.date() }),
  },
})

export type StatusCommand =
  | {
      readonly type: 'GrantStatus'
      readonly personId: string
      readonly statusId: string
      readonly kind: StatusKind
      readonly from: IsoDate
      readonly to: IsoDate | null
      readonly evidence: string
    }
  | { readonly type: 'EndStatus'; readonly personId: string; readonly statusId: string; readonly to: IsoDate }

export type PatientStatusState = readonly StatusPeriod[]

export const statusStream = (personId: string): string => `patientStatus-${personId}`

/** Increased intervention, global medical file and chronic illness of a person; until their own rules exist, a clerk states them with evidence. */
export const patientStatus: Decider<PatientStatusState, StatusCommand, StatusEvent> = {
  initialState: () => [],
  evolve: (state, event) => {
    switch (event.type) {
      case 'StatusGranted': {
        const { statusId, kind, from, to } = event.data
        return [...state, { statusId, kind, from, to }]
      }
      case 'StatusEnded': {
        const { statusId, to } = event.data
        return state.map((status) => (status.statusId === statusId ? { ...status, to } : status))
      }
      default:
        throw new Error(`unknown event of a status: ${JSON.stringify(event satisfies never)}`)
    }
  },
  decide: (command, state): Decision<StatusEvent> =>
    command.type === 'GrantStatus' ? grant(command, state) : end(command, state),
}

function grant(command: Extract<StatusCommand, { type: 'GrantStatus' }>, state: PatientStatusState) {
  const { type: _, ...data } = command
  const { from, to } = data
  if (to !== null && to < from) return reject('statusPeriodReversed', { from, to })
  const overlap = overlapping(state, data)
  if (overlap !== undefined) return reject('statusOverlaps', { from: overlap.from })
  return accept({ type: 'StatusGranted' as const, version: 1 as const, data })
}

/** A status of the kind that has a day in common. */
const overlapping = (
  state: PatientStatusState,
  { kind, from, to }: Omit<StatusPeriod, 'statusId'>,
): StatusPeriod | undefined =>
  state.find(
    (other) => other.kind === kind && (to === null || other.from <= to) && (other.to === null || from <= other.to),
  )

function end(command: Extract<StatusCommand, { type: 'EndStatus' }>, state: PatientStatusState) {
  const { personId, statusId, to } = command
  const status = state.find((candidate) => candidate.statusId === statusId)
  if (status === undefined) return reject('statusUnknown')
  if (to < status.from) return reject('statusPeriodReversed', { from: status.from, to })
  if (status.to === to) return accept<StatusEvent>()
  // a later last day may reach into the status that came after it
  const overlap = overlapping(
    state.filter((other) => other !== status),
    { ...status, to },
  )
  if (overlap !== undefined) return reject('statusOverlaps', { from: overlap.from })
  return accept({ type: 'StatusEnded' as const, version: 1 as const, data: { personId, statusId, to } })
}
