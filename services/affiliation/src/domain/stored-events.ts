import { defineEvents } from '@ziv/kernel'
import { z } from 'zod'
import { sealed } from './capacities.ts'
import { type PersonEventType, personEventSchemas } from './person.events.ts'

const { PersonRegistered, IdentifierReplaced, PersonCorrected } = personEventSchemas
const underKey = { personal: sealed }
const birthYear = z.int()

/**
 * Fields that rest under the key of the person and go with it. A date of birth, a sex and a keyed hash of a number are few
 * enough to be tried by whoever has the key of the index.
 */
export const personalFields: Partial<Record<PersonEventType, readonly string[]>> = {
  PersonRegistered: ['inszIndex', 'birthDate', 'sex'],
  IdentifierReplaced: ['previousInszIndex', 'inszIndex'],
  PersonCorrected: ['birthDate', 'sex'],
}

/** Events as they are stored: the personal fields sealed together, and beside them the year of birth, which stays. */
const storedSchemas = {
  ...personEventSchemas,
  PersonRegistered: PersonRegistered.omit({ inszIndex: true, birthDate: true, sex: true }).extend({
    birthYear,
    ...underKey,
  }),
  IdentifierReplaced: IdentifierReplaced.omit({ previousInszIndex: true, inszIndex: true }).extend(underKey),
  PersonCorrected: PersonCorrected.omit({ birthDate: true, sex: true }).extend({ birthYear, ...underKey }),
}

/** Every shape is still the first one; a second one gets its step here and its frozen example in `fixtures/events`. */
export const personEvents = defineEvents({ aggregate: 'person', schemas: storedSchemas })
