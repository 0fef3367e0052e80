import { readFileSync } from 'node:fs'
import { referenceYearAssessed, referenceYearSettled, renewalWarned, slipRecorded } from '@ziv/contracts'
import type { ReceivedEvent } from '@ziv/messaging'
import { expect, test } from 'vitest'
import { toFact } from './to-fact.ts'

const fixtures = new URL('../../../../packages/contracts/fixtures/', import.meta.url)

/** The kept example of a contract, as the consumer hands it over. */
function exampleOf(type: string, version = 1): ReceivedEvent<{ assessment?: { referenceYear: number; met: boolean } }> {
  const data = JSON.parse(readFileSync(new URL(`${type}/v${version}.json`, fixtures), 'utf8'))
  const envelope = { topic: 'ziv.300.contributions.v1', partition: 0, offset: '1', key: 'k', id: 'e', epoch: 1 }
  return {
    ...{ ...envelope, sequence: 4, recordedAt: '2025-03-01T10:00:00.000Z', actor: 'a', correlationId: 'c' },
    ...{ type, data },
  }
}

test.each([slipRecorded.type, referenceYearAssessed.type, referenceYearSettled.type])(
  '%s tells the state of a reference year',
  (type) => {
    const event = exampleOf(type)
    expect(toFact(event)).toMatchObject({
      ...{ kind: 'assessed', id: 'e', sequence: 4, recordedAt: '2025-03-01T10:00:00.000Z' },
      ...event.data.assessment,
    })
  },
)

test('a slip of a year that waits for its settlement explains how the year stands, one before it did not', () => {
  const [before, now] = [1, 2].map((version) => toFact(exampleOf(slipRecorded.type, version)))
  expect(before).toMatchObject({ explanation: null })
  expect(now).toMatchObject({
    explanation: { id: 'e', met: false, grounds: [{ rule: 'minimum.wage' }], repairs: [{ kind: 'payComplement' }] },
  })
})

test.each([
  [slipRecorded.type, 2, 3],
  [referenceYearAssessed.type, 1, 2],
])('of a year that runs (%s) is kept what it would be decided on once it is over', (type, over, runs) => {
  expect(toFact(exampleOf(type, runs))).toEqual(toFact(exampleOf(type, over)))
  expect(toFact(exampleOf(type, runs))).not.toHaveProperty('awaits')
})

test('an event that rights do not depend on gives no fact', () => {
  expect(toFact(exampleOf(renewalWarned.type))).toBeNull()
})
