import type { IsoDate } from '@ziv/kernel'
import { z } from 'zod'

export const holderKinds = ['EMPLOYEE', 'SELF_EMPLOYED', 'STUDENT', 'RESIDENT'] as const
export const dependantKinds = ['DEPENDANT_CHILD', 'DEPENDANT_SPOUSE'] as const
export const capacityKinds = [...holderKinds, ...dependantKinds] as const

export type HolderKind = (typeof holderKinds)[number]
export type DependantKind = (typeof dependantKinds)[number]
export type CapacityKind = (typeof capacityKinds)[number]

export const isDependantKind = (kind: CapacityKind): kind is DependantKind =>
  (dependantKinds as readonly string[]).includes(kind)

/** Capacities that give a right without a contribution of one's own beside the wage or the social contributions (art. 124). */
export const freeOwnRightKinds: readonly CapacityKind[] = ['EMPLOYEE']

/** Residual: open to whoever is insured in no other capacity (art. 32, 15° ZIV-wet), except where it repairs a lost right. */
export const isResidual = (entry: { readonly capacity: CapacityKind; readonly repair: boolean }): boolean =>
  entry.capacity === 'RESIDENT' && !entry.repair

/** Days of people who live or lived while insurance existed: outside it, a day is a slip of the pen. */
const [firstDay, lastDay] = ['1850-01-01', '2199-12-31']

/** A calendar day in a schema, typed as the kernel types it. */
export const day = z.iso
  .date()
  .refine(
    (text) => text >= firstDay && text <= lastDay,
    `a day from ${firstDay} to ${lastDay}`,
  ) as unknown as z.ZodType<IsoDate, IsoDate>

/** Personal data as the vault left it: opaque to every rule. */
export const sealed = z.strictObject({ $sealed: z.string() })
export type SealedValue = z.infer<typeof sealed>
