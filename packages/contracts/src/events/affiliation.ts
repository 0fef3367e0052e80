import { z } from 'zod'
import { defineEvent } from '../define.ts'
import {
  birthYear,
  capacityKind,
  capacityRole,
  insurerCode,
  isoDate,
  personal,
  personId,
  ziekenfondsCode,
} from '../types.ts'

const topic = 'ziv.{insurer}.affiliation.v1'
const member = { personId, insurer: insurerCode, ziekenfonds: ziekenfondsCode }

export const affiliationOpened = defineEvent({
  type: 'be.ziv.affiliation.v1.affiliations.notify.opened',
  topic,
  messageClass: 'eventCarried',
  summary: 'A person joined an insurer',
  description:
    'The first event of a person on the topics of an insurer; carries what other services need to know of the person.',
  schema: z.object({
    ...member,
    affiliationId: z.uuid().describe('Identifier of the affiliation'),
    from: isoDate.describe('First day of the affiliation'),
    birthYear,
    personal,
  }),
})

export const affiliationClosed = defineEvent({
  type: 'be.ziv.affiliation.v1.affiliations.notify.closed',
  topic,
  messageClass: 'eventCarried',
  summary: 'A person left an insurer',
  description: 'The affiliation ends on its last day; another insurer can take over from the next.',
  schema: z.object({
    ...member,
    affiliationId: z.uuid().describe('Identifier of the affiliation'),
    to: isoDate.describe('Last day of the affiliation'),
    reason: z.enum(['death', 'transfer', 'departure']).describe('Why it ended'),
  }),
})

export const capacityAcquired = defineEvent({
  type: 'be.ziv.affiliation.v1.capacities.notify.acquired',
  topic,
  messageClass: 'eventCarried',
  summary: 'A person is insured in a capacity',
  description: 'The capacity counts from the start-of-insurance day that the rule of the capacity gives.',
  schema: z.object({
    ...member,
    capacityId: z.uuid().describe('Identifier of the capacity'),
    capacity: capacityKind,
    role: capacityRole,
    from: isoDate.describe('First day of insurance in this capacity, by the start rule of the capacity'),
    acquiredOn: isoDate.describe('Day on which the quality was acquired'),
    requestedOn: isoDate.describe('Day on which the request reached the insurer'),
    holderPersonId: personId.optional().describe('The holder on whom a dependant depends'),
  }),
})

export const capacityEnded = defineEvent({
  type: 'be.ziv.affiliation.v1.capacities.notify.ended',
  topic,
  messageClass: 'eventCarried',
  summary: 'A capacity ended',
  description: 'The quality is lost; the right may still run out after it.',
  schema: z.object({
    ...member,
    capacityId: z.uuid().describe('Identifier of the capacity'),
    capacity: capacityKind,
    role: capacityRole,
    to: isoDate.describe('Last day on which the quality existed'),
  }),
})

export const personDied = defineEvent({
  type: 'be.ziv.affiliation.v1.persons.notify.died',
  topic,
  messageClass: 'eventCarried',
  summary: 'A person died',
  description:
    'All rights end on the day of death. What was known before an insurer was told of the person comes with the first affiliation there.',
  schema: z.object({ ...member, diedOn: isoDate.describe('Day of death') }),
})

export const identifierReplaced = defineEvent({
  type: 'be.ziv.affiliation.v1.persons.notify.identifierReplaced',
  topic,
  messageClass: 'eventCarried',
  summary: 'The INSZ of a person was replaced',
  description:
    'A bisnummer became a national number, or a register corrected the number; old and new both lead to the person, by the keyed hashes that are sealed. What was replaced before an insurer was told of the person comes with the first affiliation there.',
  schema: z.object({
    ...member,
    personal,
  }),
})

export const personErased = defineEvent({
  type: 'be.ziv.affiliation.v1.persons.notify.erased',
  topic,
  messageClass: 'notification',
  summary: 'The personal data of a person was erased',
  description: 'The key of the person is destroyed; consumers drop whatever they derived from the sealed fields.',
  schema: z.object({ ...member }),
})
