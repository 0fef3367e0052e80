import { defineEvents } from '@ziv/kernel'
import { month, year } from '@ziv/kernel/schemas'
import { z } from 'zod'

const cents = z.int()
const day = z.iso.date()

const entry = z.strictObject({
  entryId: z.uuid(),
  bookedOn: day,
  subject: z.string(),
  lines: z.array(z.strictObject({ account: z.string(), debitCents: cents, creditCents: cents })),
})
/** SHA-256 over the grounds, which rest beside the log. */
const groundsDigest = z.string().regex(/^[0-9a-f]{64}$/)
const settledShare = z.strictObject({
  insurer: z.string(),
  ...{ budgetCents: cents, actualCents: cents, resultCents: cents, borneCents: cents, dueCents: cents },
  ...{ advancesCents: cents, balanceCents: cents },
})

/** The private events of this service, by the kind of stream that holds them. */
export const events = [
  defineEvents({
    aggregate: 'receipt',
    schemas: {
      ReceiptBooked: z.strictObject({
        receiptId: z.uuid(),
        source: z.enum(['rsz', 'selfEmployedFunds', 'state', 'other']),
        amountCents: cents,
        receivedOn: day,
        entry,
      }),
    },
  }),
  defineEvents({
    aggregate: 'budget',
    schemas: { BudgetSet: z.strictObject({ year, objectiveCents: cents }) },
  }),
  defineEvents({
    aggregate: 'advance',
    schemas: {
      AdvancesPaid: z.strictObject({
        distributionId: z.uuid(),
        month,
        paidOn: day,
        shares: z.array(z.strictObject({ insurer: z.string(), amountCents: cents })),
        entry,
        groundsDigest,
      }),
    },
  }),
  defineEvents({
    aggregate: 'settlement',
    schemas: {
      YearSettled: z.strictObject({
        distributionId: z.uuid(),
        year,
        number: z.int(),
        settledOn: day,
        objectiveCents: cents,
        shares: z.array(settledShare),
        entry,
        groundsDigest,
      }),
    },
  }),
  defineEvents({
    aggregate: 'basis',
    schemas: { BasisFixed: z.strictObject({ year, basis: z.record(z.string(), cents) }) },
  }),
]
