import { expect, it } from 'vitest'
import { paymentReferenceEvents } from '../domain/payment-reference.events.ts'
import { slipIntakeEvents } from '../domain/slip-intake.events.ts'
import { waitingSlipsEvents } from '../domain/waiting-slips.events.ts'

it('the proofs that read events by SQL read the only version there is: a second one has to be taught to them first', () => {
  const read = [slipIntakeEvents, paymentReferenceEvents, waitingSlipsEvents].flatMap(({ versions }) => [...versions])
  expect(read.map(([type, known]) => [type, known.length])).toEqual([
    ['SlipIntakeCompleted', 1],
    ['PaymentReferenceGiven', 1],
    ['WaitingSlipsMoved', 1],
  ])
})
