import { eventIdOf } from '@ziv/event-store'

/** Stream of a person. */
export const streamOf = (personId: string): string => `person-${personId}`

/** The person of a stream. */
export const personOf = (streamId: string): string => streamId.slice('person-'.length)

/** Id of the first event that a command gives a person: what is sealed into it is bound to it before it is decided. */
export const firstEventOf = (commandId: string, personId: string): string => eventIdOf(streamOf(personId), commandId, 0)

/** What a sealed field is bound to: it cannot be moved to another event or field. */
export const sealContext = (eventId: string, field: 'insz' | 'name' | 'address'): string => `${eventId}/${field}`
