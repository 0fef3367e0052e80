import { euroCents, insurerCode, isoDate, ziekenfondsCode } from '@ziv/contracts'
import { bankReferenceInput, centsInput, dayInput } from '@ziv/http'
import { year as aYear, month } from '@ziv/kernel/schemas'
import { z } from 'zod'

/** The key by which the money is divided is known from 2001 on; nobody divides that of a year before. */
const year = aYear.min(2000)

const name = z.object({ nl: z.string().describe('Dutch'), fr: z.string().describe('French') }).meta({
  title: 'NameInTwoLanguages',
  description: 'Name on the day asked about',
  example: { nl: 'Solidaris', fr: 'Solidaris' },
})

export const insurerSchema = z
  .object({
    code: insurerCode.meta({ example: '300' }),
    kind: z
      .enum(['landsbond', 'public', 'railway'])
      .describe('landsbond, public (HZIV) or railway (HR Rail)')
      .meta({ example: 'landsbond' }),
    name,
  })
  .meta({ title: 'Insurer', description: 'One of the seven insurers' })

export const ziekenfondsSchema = z
  .object({
    code: ziekenfondsCode.meta({ example: '306' }),
    insurer: insurerCode.meta({ example: '300' }),
    name,
  })
  .meta({ title: 'Ziekenfonds', description: 'A ziekenfonds of a landsbond' })

export const receiptRequest = z
  .strictObject({
    source: z.enum(['rsz', 'selfEmployedFunds', 'state', 'other']).describe('Who paid').meta({ example: 'rsz' }),
    amountCents: centsInput({ min: 1, max: 100_000_000_000_000 }).meta({ example: 260000000 }),
    receivedOn: dayInput().describe('Day of receipt').meta({ example: '2024-03-05' }),
    reference: bankReferenceInput.meta({ example: 'RSZ-2024-03' }),
  })
  .meta({ title: 'ReceiptRequest', description: 'Money that came in' })

export const receiptSchema = z
  .object({
    receiptId: z.uuid().describe('Identifier of the receipt'),
    source: receiptRequest.shape.source,
    amountCents: euroCents.meta({ example: 250000000 }),
    receivedOn: isoDate.meta({ example: '2024-03-05' }),
  })
  .meta({ title: 'Receipt', description: 'A booked receipt' })

export const budgetRequest = z
  .strictObject({
    year: year.meta({ example: 2024 }),
    objectiveCents: z
      .int()
      .min(0)
      .max(100_000_000_000_000)
      .describe('Budget objective of the year in euro cents')
      .meta({ example: 3000000000 }),
  })
  .meta({ title: 'Budget', description: 'Budget objective of a year, to be divided over the insurers' })

export const distributionRequest = z
  .strictObject({
    kind: z
      .enum(['advance', 'settlement'])
      .describe('Monthly advance or yearly settlement')
      .meta({ example: 'advance' }),
    month: month.optional().describe('For an advance'),
    year: year
      .optional()
      .describe('For a settlement; of an advance the year of its month, or none')
      .meta({ example: 2024 }),
  })
  .meta({ title: 'DistributionRequest', description: 'What to distribute' })

const amount = (what: string) => euroCents.optional().describe(what).meta({ example: 1250000 })

export const distributionSchema = z
  .object({
    distributionId: z.uuid().describe('Identifier of the distribution'),
    kind: z.enum(['advance', 'settlement']).describe('Kind').meta({ example: 'advance' }),
    year,
    month: month.optional(),
    decidedOn: isoDate.meta({ example: '2024-03-06' }),
    totalCents: euroCents.describe('Sum over the insurers in euro cents').meta({ example: 250000000 }),
    shares: z
      .array(
        z
          .object({
            insurer: insurerCode.meta({ example: '300' }),
            amountCents: amount('Advance of the month'),
            budgetCents: amount('Part of the objective'),
            actualCents: amount('Actual expenditure'),
            resultCents: amount('Budget minus actual expenditure'),
            borneCents: amount('Part of the result borne by the insurer'),
            dueCents: amount('What the insurer is entitled to'),
            advancesCents: amount('Advances paid'),
            balanceCents: amount('Still to be paid; negative: to be paid back'),
          })
          .meta({ title: 'DistributionShare', description: 'Part of one insurer, in euro cents' }),
      )
      .describe('One part per insurer; together the total'),
    grounds: z
      .array(
        z
          .object({
            rule: z.string().describe('Rule').meta({ example: 'distribution.share' }),
            article: z.string().describe('Article').meta({ example: 'ZIV-wet art. 196' }),
            text: z.string().describe('The ground in the language of the answer'),
          })
          .meta({ title: 'DistributionGround', description: 'What the division rests on' }),
      )
      .describe('Grounds of the division'),
  })
  .meta({ title: 'Distribution', description: 'Money divided over the seven insurers, to the cent' })

export const ledgerLineSchema = z
  .object({
    entryId: z.uuid().describe('Booking the line belongs to'),
    bookedOn: isoDate.meta({ example: '2024-03-06' }),
    account: z.string().describe('Account').meta({ example: 'advanced:300' }),
    debitCents: euroCents.meta({ example: 1250000 }),
    creditCents: euroCents.meta({ example: 0 }),
    subject: z.string().describe('What was booked, as a code').meta({ example: 'advances:2024-03' }),
    description: z
      .string()
      .describe('What was booked, in the language of Accept-Language')
      .meta({ example: 'Voorschotten voor maart 2024' }),
  })
  .meta({ title: 'LedgerLine', description: 'One side of a booking' })
