import { z } from 'zod'
import { defineEvent } from '../define.ts'
import { euroCents, insurerCode, isoDate, nomenclatureCode, personId, ziekenfondsCode } from '../types.ts'

const topic = 'ziv.{insurer}.reimbursement.v1'

export const claimSettled = defineEvent({
  type: 'be.ziv.reimbursement.v1.claims.notify.settled',
  topic,
  messageClass: 'eventCarried',
  summary: 'A claim or an invoice was settled',
  description: 'Accepted lines with what the insurance pays; refused lines are counted.',
  schema: z.object({
    personId,
    insurer: insurerCode,
    ziekenfonds: ziekenfondsCode,
    claimId: z.uuid().describe('Identifier of the claim; one patient invoice of a billing file is one claim'),
    channel: z.enum(['rest', 'efact']).describe('How the claim came in'),
    settledOn: isoDate.describe('Business day of the settlement'),
    lines: z
      .array(
        z
          .object({
            nomenclature: nomenclatureCode,
            careDate: isoDate.describe('Day of the care'),
            units: z.int().describe('Number of times'),
            interventionCents: euroCents.describe('What the insurance pays'),
            patientShareCents: euroCents.describe('Remgeld, the legal share of the patient'),
            supplementCents: euroCents.describe('What is asked above the official fee'),
          })
          .meta({ title: 'SettledLine', description: 'An accepted line' }),
      )
      .describe('Accepted lines'),
    refusedLines: z.int().describe('Number of lines that were refused'),
    interventionCents: euroCents.describe('Sum of the interventions of the accepted lines'),
  }),
})

export const claimRefused = defineEvent({
  type: 'be.ziv.reimbursement.v1.claims.notify.refused',
  topic,
  messageClass: 'notification',
  summary: 'No line of a claim was accepted',
  description: 'Only claims whose person is known are published.',
  schema: z.object({
    personId,
    insurer: insurerCode,
    ziekenfonds: ziekenfondsCode,
    claimId: z.uuid().describe('Identifier of the claim'),
    channel: z.enum(['rest', 'efact']).describe('How the claim came in'),
    codes: z.array(z.string()).describe('Codes of the refusals'),
    refusedOn: isoDate.describe('Business day of the refusal'),
  }),
})
