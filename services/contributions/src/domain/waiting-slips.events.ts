import { defineEvents } from '@ziv/kernel'
import { z } from 'zod'

const digests = z.array(z.string().regex(/^[0-9a-f]{64}$/)).readonly()

/**
 * The only event of `waitingSlips-<id>`: which contributions came to wait for their person, and which wait no longer, because they were
 * recorded, replaced or erased. Only salted digests: of whom they are is not said.
 */
const waitingSlipsMoved = z.strictObject({ came: digests, went: digests })
export type WaitingSlipsMovedData = z.infer<typeof waitingSlipsMoved>

export const waitingSlipsEvents = defineEvents({
  aggregate: 'waitingSlips',
  schemas: { WaitingSlipsMoved: waitingSlipsMoved },
})
