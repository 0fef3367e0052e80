import { isoDate } from '@ziv/kernel'
import { expect, test } from 'vitest'
import { loadLaw } from '../parameters/load.ts'
import { stageMinimum } from './stage-minimum.ts'

test('a year of which nothing is known asks for no amount of the stage, and meets none of it', () => {
  const year = { referenceYear: 2024, totalCents: 0, requiredCents: 0, met: false, confidence: 'verified' } as const
  const facts = { registeredOn: isoDate('2024-01-01'), opensOn: isoDate('2024-07-01') }
  const told = stageMinimum({ ...facts, years: [{ ...year, regime: 'unknown' }] }, loadLaw())
  expect(told).toMatchObject({ outcome: 'refused', result: { requiredCents: null }, repairs: [{ kind: 'proveStage' }] })
  expect(stageMinimum({ ...facts, years: [{ ...year, regime: 'none' }] }, loadLaw()).outcome).toBe('granted')
})
