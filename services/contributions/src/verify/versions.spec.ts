import { expect, it } from 'vitest'
import { slipIntakeEvents } from '../domain/slip-intake.events.ts'

it('the proof that reads events by SQL reads the only version there is: a second one has to be taught to it first', () => {
  expect([...slipIntakeEvents.versions].map(([type, known]) => [type, known.length])).toEqual([
    ['SlipIntakeCompleted', 1],
  ])
})
