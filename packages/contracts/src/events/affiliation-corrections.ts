import { year } from '@ziv/kernel/schemas'
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
const corrects = z
  .array(z.uuid())
  .min(1)
  .describe('Identifiers of the events that this one corrects; what they said holds no longer')
const lastDay = isoDate.nullable().describe('Last day; null while it runs')

export const affiliationCorrected = defineEvent({
  type: 'be.ziv.affiliation.v1.affiliations.notify.corrected',
  topic,
  messageClass: 'eventCarried',
  summary: 'The days of an affiliation were corrected',
  description:
    'Carries the whole affiliation as it is now known, from its true first day; what earlier events said of it no longer holds.',
  schema: z.object({
    ...member,
    affiliationId: z.uuid().describe('Identifier of the affiliation'),
    from: isoDate.describe('First day of the affiliation'),
    to: lastDay,
    reason: z
      .enum(['death', 'transfer', 'departure'])
      .nullable()
      .describe('Why the affiliation ended; null while it runs'),
    corrects,
  }),
})

export const affiliationWithdrawn = defineEvent({
  type: 'be.ziv.affiliation.v1.affiliations.notify.withdrawn',
  topic,
  messageClass: 'eventCarried',
  summary: 'An affiliation never was',
  description:
    'It was recorded by mistake: no day of it counts. Capacities within it are withdrawn by events of their own.',
  schema: z.object({ ...member, affiliationId: z.uuid().describe('Identifier of the affiliation'), corrects }),
})

export const capacityCorrected = defineEvent({
  type: 'be.ziv.affiliation.v1.capacities.notify.corrected',
  topic,
  messageClass: 'eventCarried',
  summary: 'The days of a capacity were corrected',
  description:
    'Carries the whole capacity as it is now known; what earlier events said of its first and last day no longer holds.',
  schema: z.object({
    ...member,
    capacityId: z.uuid().describe('Identifier of the capacity'),
    capacity: capacityKind,
    role: capacityRole,
    from: isoDate.describe('First day of insurance in this capacity, by the start rule of the capacity'),
    to: lastDay,
    acquiredOn: isoDate.describe('Day on which the quality was acquired'),
    requestedOn: isoDate.describe('Day on which the request reached the insurer'),
    holderPersonId: personId.optional().describe('The holder on whom a dependant depends'),
    corrects,
  }),
})

export const capacityWithdrawn = defineEvent({
  type: 'be.ziv.affiliation.v1.capacities.notify.withdrawn',
  topic,
  messageClass: 'eventCarried',
  summary: 'A capacity never was',
  description: 'It was recorded by mistake, or its proof turned out not to hold: no day of it counts.',
  schema: z.object({
    ...member,
    capacityId: z.uuid().describe('Identifier of the capacity'),
    capacity: capacityKind,
    role: capacityRole,
    corrects,
  }),
})

export const personCorrected = defineEvent({
  type: 'be.ziv.affiliation.v1.persons.notify.corrected',
  topic,
  messageClass: 'eventCarried',
  summary: 'What is known of a person was corrected',
  description:
    'Carries all of it: date of birth and sex (sealed; absent when they were not corrected), and the day of death, which is null for whoever lives.',
  schema: z.object({
    ...member,
    birthYear: birthYear.optional(),
    personal: personal.optional(),
    diedOn: isoDate.nullable().describe('Day of death; null for whoever lives'),
    corrects,
  }),
})

export const capacityRequested = defineEvent({
  type: 'be.ziv.affiliation.v1.capacities.notify.requested',
  topic,
  messageClass: 'eventCarried',
  summary: 'A capacity waits for a decision of others',
  description:
    'The proofs neither suffice nor fail: an authority has to decide first. Acquired or refused follows, with the same identifier.',
  schema: z.object({
    ...member,
    capacityId: z.uuid().describe('Identifier of the capacity'),
    capacity: capacityKind,
    role: capacityRole,
    acquiredOn: isoDate.describe('Day on which the quality was acquired, as it was asked'),
    requestedOn: isoDate.describe('Day on which the request reached the insurer'),
    waitingFor: z
      .enum(['immigrationOffice', 'manualDecision'])
      .describe('Whose decision it waits for: the Immigration Office, or the competent official'),
    repairsYear: year
      .optional()
      .describe(
        'Reference year that the registration would repair, for which alone it was asked; absent when for none',
      ),
  }),
})

export const capacityRefused = defineEvent({
  type: 'be.ziv.affiliation.v1.capacities.notify.refused',
  topic,
  messageClass: 'eventCarried',
  summary: 'A capacity that waited was refused',
  description: 'The decision it waited for was negative, or the affiliation ended first; no day of it counts.',
  schema: z.object({
    ...member,
    capacityId: z.uuid().describe('Identifier of the capacity'),
    capacity: capacityKind,
    role: capacityRole,
    decidedOn: isoDate.describe('Day of the decision'),
  }),
})
