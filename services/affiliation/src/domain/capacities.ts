import type { IsoDate } from '@ziv/kernel'
import { dayIn, LIFETIME } from '@ziv/kernel/schemas'
import { capacityCodeForm } from '@ziv/law'
import { z } from 'zod'
import type { PersonFacts } from './person.facts.ts'

/** Code of a legal capacity. Which there are, and what holds of each, stands in the catalogue of the law, never here. */
export const capacityCode = z.string().regex(capacityCodeForm)

/** Insured through a holder, not by a quality of one's own. */
export const isDependant = (entry: { readonly holderPersonId?: string | null | undefined }): boolean =>
  typeof entry.holderPersonId === 'string'

/** Residual: open to whoever is insured in no other capacity (art. 32, 15° ZIV-wet), except where it repairs a lost right. */
export const isResidual = (
  entry: { readonly capacity: string; readonly acquiredOn: IsoDate; readonly repairsYear: number | null },
  facts: PersonFacts,
): boolean =>
  entry.repairsYear === null &&
  facts.capacityRule(entry.capacity, 'yieldsTo', entry.acquiredOn) === 'everyOtherUnlessRepair'

/** A right of one's own that costs nothing on a day, which excludes the quality of dependant; a residual one yields itself instead. */
export const isFreeRight = (
  entry: Parameters<typeof isResidual>[0] & Parameters<typeof isDependant>[0],
  onDay: IsoDate,
  facts: PersonFacts,
): boolean =>
  !isDependant(entry) &&
  !isResidual(entry, facts) &&
  facts.capacityRule(entry.capacity, 'freeOwnRight', onDay) === 'free'

/** A calendar day in a schema. */
export const day = dayIn(LIFETIME)

/** Personal data as the vault left it: opaque to every rule. */
export const sealed = z.strictObject({ $sealed: z.string() })
export type SealedValue = z.infer<typeof sealed>
