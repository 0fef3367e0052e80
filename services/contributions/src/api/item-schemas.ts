import { bankReferenceInput, dayInput, inszInput, personIdInput } from '@ziv/http'
import { employerNumber, quarter } from '@ziv/kernel/schemas'
import { z } from 'zod'
import { amount } from './schemas.ts'

export const paperSlip = z
  .strictObject({
    ssin: inszInput,
    employerNumber,
    quarter,
    amountCents: amount(0).describe('Wage in euro cents'),
  })
  .meta({ title: 'PaperSlip', description: 'A contribution slip on paper' })
export const attest = z
  .strictObject({
    ssin: inszInput,
    fundNumber: z
      .string()
      .regex(/^[0-9A-Za-z]{1,10}$/)
      .describe('Number of the social insurance fund')
      .meta({ example: '005' }),
    quarter,
    status: z
      .enum(['paid', 'dispensed', 'assimilated', 'unpaid'])
      .describe('What the fund attests for the quarter')
      .meta({ example: 'paid' }),
    amountCents: amount(0).describe('Contribution paid; when unpaid, the contribution that is due; in euro cents'),
  })
  .meta({
    title: 'SelfEmployedAttest',
    description: 'What a social insurance fund attests for one quarter of a person',
  })
const paymentContent = {
  paymentId: bankReferenceInput,
  amountCents: amount(1).describe('Amount received, in euro cents'),
  receivedOn: dayInput().describe('Day on which it was received').meta({ example: '2025-03-03' }),
}
export const payment = z
  .union([
    z
      .strictObject({ ...paymentContent, personId: personIdInput, quarter })
      .meta({ title: 'PaymentForPerson', description: 'A payment for a person and a quarter' }),
    z
      .strictObject({
        ...paymentContent,
        ogm: z
          .string()
          .max(40)
          .describe('Structured communication that was handed out')
          .meta({ example: '+++800/0000/00195+++' }),
      })
      .meta({ title: 'PaymentByOgm', description: 'A payment with a structured communication' }),
  ])
  .meta({ title: 'Payment', description: 'A personal contribution or a complement' })
