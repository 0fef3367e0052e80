import { month } from '@ziv/kernel/schemas'
import { z } from 'zod'
import { defineEvent } from '../define.ts'
import { capacityKind, euroCents, insurerCode, isoDate, ziekenfondsCode } from '../types.ts'

const topic = 'ziv.{insurer}.returns.v1'
const identity = {
  returnId: z.uuid().describe('Identifier of the return'),
  insurer: insurerCode,
  ziekenfonds: ziekenfondsCode,
  month: month.describe('Month the return is about').meta({ example: '2026-01' }),
}

/** The figures of a return. They are a pure fold of the events up to `positions`. */
export const returnFigures = z
  .object({
    members: z
      .array(
        z
          .object({ capacity: capacityKind, count: z.int().describe('Members on the last day of the month') })
          .meta({ title: 'MembersPerCapacity', description: 'Members in one capacity' }),
      )
      .describe('Members per capacity'),
    membersWithoutCapacity: z
      .int()
      .describe(
        'Members on the last day of the month whose capacity is not known: with those per capacity they are all',
      ),
    membersTotal: z.int().describe('Members on the last day of the month'),
    insuredTotal: z.int().describe('Members who are in order on the last day of the month'),
    slips: z.int().describe('Contributions recorded in the month'),
    claims: z.int().describe('Claims settled in the month'),
    interventionCents: euroCents.describe('Paid by the insurance in the month'),
    patientShareCents: euroCents.describe('Remgeld of the month'),
    supplementCents: euroCents.describe('Supplements of the month'),
  })
  .meta({ title: 'ReturnFigures', description: 'Figures of a return' })
export type ReturnFigures = z.infer<typeof returnFigures>

export const returnSubmitted = defineEvent({
  type: 'be.ziv.landsbond.v1.returns.notify.submitted',
  topic,
  messageClass: 'eventCarried',
  summary: 'A ziekenfonds submitted its monthly return',
  description:
    'With the figures and the position in every topic up to which they were folded, so that they can be recomputed. The key is the ziekenfonds.',
  schema: z.object({
    ...identity,
    submittedOn: isoDate.describe('Business day of submission'),
    figures: returnFigures,
    positions: z
      .record(z.string(), z.string())
      .describe('Offset of the last event folded in, per topic and partition written as topic:partition'),
  }),
})

export const returnAccepted = defineEvent({
  type: 'be.ziv.landsbond.v1.returns.notify.accepted',
  topic,
  messageClass: 'eventCarried',
  summary: 'The landsbond accepted a return',
  description: 'The accepted figures are what the RIZIV uses. The key is the ziekenfonds.',
  schema: z.object({ ...identity, acceptedOn: isoDate.describe('Business day of acceptance'), figures: returnFigures }),
})

export const returnRefused = defineEvent({
  type: 'be.ziv.landsbond.v1.returns.notify.refused',
  topic,
  messageClass: 'eventCarried',
  summary: 'The landsbond refused a return',
  description: 'The ziekenfonds submits a new one. The key is the ziekenfonds.',
  schema: z.object({
    ...identity,
    refusedOn: isoDate.describe('Business day of refusal'),
    reason: z.string().describe('Why, in the words of the landsbond'),
  }),
})
