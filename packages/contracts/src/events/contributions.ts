import { z } from 'zod'
import { defineEvent } from '../define.ts'
import {
  assessment,
  atYearEnd,
  euroCents,
  ground,
  insurerCode,
  isoDate,
  personId,
  repair,
  yearQuarter,
  ziekenfondsCode,
} from '../types.ts'

const topic = 'ziv.{insurer}.contributions.v1'
const member = { personId, insurer: insurerCode, ziekenfonds: ziekenfondsCode }

export const slipRecorded = defineEvent({
  type: 'be.ziv.contributions.v1.slips.notify.recorded',
  topic,
  messageClass: 'eventCarried',
  summary: 'A contribution of a quarter was recorded or replaced',
  description:
    'A slip of an employer, a quarter attested by a social insurance fund, or a personal contribution; with the new state of the reference year.',
  schema: z.object({
    ...member,
    slipId: z.uuid().describe('Identifier of the slip'),
    source: z
      .enum(['rsz', 'paper', 'selfEmployedFund', 'personalContribution'])
      .describe('Where the contribution comes from'),
    employerNumber: z.string().optional().describe('RSZ number of the employer, on slips'),
    quarter: yearQuarter,
    amountCents: euroCents.describe('Wage on the slip, or the contribution paid or attested'),
    previousAmountCents: euroCents.optional().describe('Amount that this one replaces, when it is a correction'),
    assessment,
    grounds: z
      .array(ground)
      .optional()
      .describe(
        'Why the year stands so; told of a year that is over, waits for its settlement and is not met for certain. Of one that runs: in atYearEnd',
      ),
    repairs: z.array(repair).optional().describe('What would meet the year; told with the grounds'),
    atYearEnd: atYearEnd.optional(),
  }),
})

export const referenceYearSettled = defineEvent({
  type: 'be.ziv.contributions.v1.referenceYears.notify.settled',
  topic,
  messageClass: 'stateCarried',
  summary: 'A reference year was settled against its minimum',
  description:
    'Sent when the year is settled, and again whenever a contribution, a capacity or a correction changes the outcome or what would change it. The reasons and repairs are those of this service: readers carry them and make none of their own.',
  schema: z.object({
    ...member,
    settledOn: isoDate.describe('Business day of the settlement'),
    assessment,
    grounds: z.array(ground).describe('Why the outcome is what it is'),
    repairs: z.array(repair).describe('What would change the outcome; none when the year is met or it is too late'),
  }),
})

export const referenceYearAssessed = defineEvent({
  type: 'be.ziv.contributions.v1.referenceYears.notify.assessed',
  topic,
  messageClass: 'stateCarried',
  summary: 'A reference year that is not settled stands differently',
  description:
    'Sent when something beside the contributions (a capacity, a birth date, a correction) changes how a year stands that somebody contributed to and that waits for its settlement.',
  schema: z.object({
    ...member,
    assessedOn: isoDate.describe('Business day of the assessment'),
    assessment,
    grounds: z.array(ground).describe('Why the outcome is what it is'),
    repairs: z.array(repair).describe('What would change the outcome; none when the year is met or it is too late'),
    atYearEnd: atYearEnd.optional(),
  }),
})

export const slipIntakeCompleted = defineEvent({
  type: 'be.ziv.contributions.v1.slipIntakes.notify.completed',
  topic: 'ziv.rsz.contribution-slips.v1',
  messageClass: 'notification',
  summary: 'A file of slips was processed',
  description: 'Counts only; the key is the intake, no person is named.',
  schema: z.object({
    intakeId: z.uuid().describe('Identifier of the intake'),
    format: z.enum(['dmfa', 'jsonl', 'csv']).describe('Format of the file'),
    state: z.enum(['accepted', 'partiallyAccepted', 'refused']).describe('Final state of the file'),
    received: z.int().describe('Slips read from the file'),
    recorded: z.int().describe('Slips that changed something'),
    unchanged: z.int().describe('Slips already known with the same content'),
    waiting: z.int().describe('Slips of persons not known yet'),
    refused: z.int().describe('Slips with an error'),
  }),
})
