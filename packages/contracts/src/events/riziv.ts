import { month, year } from '@ziv/kernel/schemas'
import { z } from 'zod'
import { defineEvent } from '../define.ts'
import { euroCents, insurerCode, isoDate } from '../types.ts'

const topic = 'ziv.riziv.distribution.v1'

export const receiptBooked = defineEvent({
  type: 'be.ziv.riziv.v1.receipts.notify.booked',
  topic,
  messageClass: 'eventCarried',
  summary: 'The RIZIV received money',
  description: 'The key is the source.',
  schema: z.object({
    receiptId: z.uuid().describe('Identifier of the receipt'),
    source: z.enum(['rsz', 'selfEmployedFunds', 'state', 'other']).describe('Who paid'),
    amountCents: euroCents,
    receivedOn: isoDate.describe('Business day of receipt'),
  }),
})

export const advancePaid = defineEvent({
  type: 'be.ziv.riziv.v1.advances.notify.paid',
  topic,
  messageClass: 'eventCarried',
  summary: 'The RIZIV paid a monthly advance to an insurer',
  description: 'The key is the insurer.',
  schema: z.object({
    distributionId: z.uuid().describe('Identifier of the distribution'),
    insurer: insurerCode,
    month: month.describe('Month of the advance').meta({ example: '2026-01' }),
    amountCents: euroCents,
    paidOn: isoDate.describe('Business day of payment'),
  }),
})

export const settlementClosed = defineEvent({
  type: 'be.ziv.riziv.v1.settlements.notify.closed',
  topic,
  messageClass: 'eventCarried',
  summary: 'The RIZIV settled a year with an insurer',
  description:
    'Budget share by the 70/30 key, result, and what is still to be paid or paid back. The key is the insurer.',
  schema: z.object({
    distributionId: z.uuid().describe('Identifier of the distribution'),
    insurer: insurerCode,
    year: year.describe('Year that is settled'),
    objectiveCents: euroCents.describe('Budget objective that is divided over the insurers'),
    budgetCents: euroCents.describe('Part of this insurer'),
    actualCents: euroCents.describe('Actual expenditure of this insurer'),
    resultCents: euroCents.describe('Budget minus actual expenditure'),
    borneCents: euroCents.describe('Part of the result that the insurer bears itself'),
    advancesCents: euroCents.describe('Advances already paid'),
    balanceCents: euroCents.describe('Still to be paid to the insurer; negative: to be paid back'),
    settledOn: isoDate.describe('Business day of settlement'),
  }),
})

export const businessDateMoved = defineEvent({
  type: 'be.ziv.clock.v1.businessDates.notify.moved',
  topic: 'ziv.clock.v1',
  messageClass: 'notification',
  summary: 'The business date moved',
  description: 'In the sandbox and in tests the clock is moved by this event; the key is the word clock.',
  schema: z.object({
    businessDate: isoDate.describe('The new business date'),
    previousDate: isoDate.describe('The date before'),
  }),
})
