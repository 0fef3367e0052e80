import { expect, it } from 'vitest'
import { claimEvents } from '../domain/claim.events.ts'
import { invoiceFileEvents } from '../domain/invoice-file.ts'

it('the proofs that read events by SQL read the only version there is: a second one has to be taught to them first', () => {
  for (const { versions } of [claimEvents, invoiceFileEvents]) {
    expect([...versions].filter(([, known]) => known.length > 1).map(([type]) => type)).toEqual([])
  }
})
