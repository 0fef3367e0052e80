import type { Rejection } from '@ziv/kernel'
import type { PersonCommand, PersonCommandType } from './person.commands.ts'
import type { PersonEvent } from './person.events.ts'

/** Whether the caller may write what is recorded of the members of an institution. */
export type MayChange = (member: { readonly insurer: string; readonly ziekenfonds: string }) => boolean

export const anything: MayChange = () => true

/** Facts of the person itself: whoever may record them changes what follows from them at every institution. */
const PERSON_WIDE: ReadonlySet<PersonCommandType> = new Set([
  ...(['RegisterPerson', 'ReplaceIdentifier', 'CorrectPerson', 'RecordDeath', 'ErasePerson'] as const),
])

/**
 * Refuses what would be written of an affiliation, or of a capacity in one, of an institution that the caller may not write. It looks at
 * what was decided and not at what was asked: the days of one affiliation move those of the next.
 */
export function ofOthers(
  { type }: PersonCommand,
  events: readonly PersonEvent[],
  mayChange: MayChange,
): Rejection | null {
  if (PERSON_WIDE.has(type)) return null
  for (const { data } of events) {
    if (!('ziekenfonds' in data) || mayChange(data)) continue
    // whose it is, is not for the eyes of another insurer
    return { code: 'ofAnotherInsurer', params: {} }
  }
  return null
}
