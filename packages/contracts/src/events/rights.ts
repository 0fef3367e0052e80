import { year } from '@ziv/kernel/schemas'
import { z } from 'zod'
import { defineEvent } from '../define.ts'
import { capacityKind, euroCents, insurerCode, isoDate, personId, ziekenfondsCode } from '../types.ts'

const topic = 'ziv.{insurer}.rights.v1'
const member = { personId, insurer: insurerCode, ziekenfonds: ziekenfondsCode }

/** One period in which a person is in order, with the decision it rests on. */
export const insuredPeriod = z
  .object({
    from: isoDate.describe('First day in order'),
    to: isoDate.describe('Last day in order'),
    insurer: insurerCode,
    ziekenfonds: ziekenfondsCode,
    capacity: capacityKind,
    ground: z.enum(['opening', 'renewal', 'dependant', 'runOut']).describe('What the right rests on'),
    decisionId: z.uuid().describe('The decision that can be asked for its grounds'),
  })
  .meta({ title: 'InsuredPeriod', description: 'A period in which care is reimbursed' })
export type InsuredPeriod = z.infer<typeof insuredPeriod>

export const insurabilityChanged = defineEvent({
  type: 'be.ziv.rights.v1.insurability.notify.changed',
  topic,
  messageClass: 'stateCarried',
  summary: 'The periods in which a person is in order changed',
  description: 'The whole timeline as it stands now; it replaces the one before.',
  schema: z.object({
    ...member,
    periods: z.array(insuredPeriod).describe('All periods in order, ascending, without overlap'),
    changedFrom: isoDate.describe('First day on which the answer differs from the one before'),
    cause: z
      .enum(['opening', 'renewal', 'correction', 'capacityChange', 'death', 'affiliationChange'])
      .describe('Why it changed'),
  }),
})

export const renewalWarned = defineEvent({
  type: 'be.ziv.rights.v1.renewals.notify.warned',
  topic,
  messageClass: 'eventCarried',
  summary: 'A holder was warned that the right will not be renewed',
  description: 'The letter of 1 December: what is missing and until when it can be paid.',
  schema: z.object({
    ...member,
    year: year.describe('Year for which the right would not be renewed'),
    referenceYear: year.describe('Year whose contributions are missing'),
    shortCents: euroCents.describe('What is missing'),
    payableUntil: isoDate.describe('Last day on which it can be repaired'),
  }),
})
