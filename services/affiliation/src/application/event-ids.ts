import { uuidV5 } from '@ziv/kernel'

/** Stream of a person. */
export const streamOf = (personId: string): string => `person-${personId}`

/** Id of the n-th event that a command gives a person: the same command gives the same ids, so a repeat is recognised. */
export const eventIdOf = (commandId: string, personId: string, ordinal: number): string =>
  uuidV5(`${commandId}/${personId}/${ordinal}`)

/** What a sealed field is bound to: it cannot be moved to another event or field. */
export const sealContext = (eventId: string, field: 'insz' | 'name' | 'address'): string => `${eventId}/${field}`
