import { defineEvents } from '@ziv/kernel'
import { z } from 'zod'

/** The only event of `paymentReference-<personId>-<quarter>`: the number in the structured communication that was handed out. */
export const paymentReferenceEvents = defineEvents({
  aggregate: 'paymentReference',
  schemas: { PaymentReferenceGiven: z.strictObject({ number: z.int() }) },
})
