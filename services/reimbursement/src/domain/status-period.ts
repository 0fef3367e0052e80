import type { IsoDate } from '@ziv/kernel'

export const statusKinds = ['increasedIntervention', 'globalMedicalFile', 'chronicIllness'] as const
export type StatusKind = (typeof statusKinds)[number]

/** A period in which a person has a status that changes the price. */
export interface StatusPeriod {
  readonly statusId: string
  readonly kind: StatusKind
  readonly from: IsoDate
  readonly to: IsoDate | null
}

/** Whether the status holds on a day. */
export function hasStatus(statuses: readonly StatusPeriod[], kind: StatusKind, day: IsoDate): boolean {
  return statuses.some(
    (status) => status.kind === kind && status.from <= day && (status.to === null || day <= status.to),
  )
}
