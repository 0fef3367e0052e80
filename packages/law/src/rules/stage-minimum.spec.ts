import { isoDate, LANGUAGES } from '@ziv/kernel'
import { expect, test } from 'vitest'
import { loadLaw } from '../parameters/load.ts'
import { renderGround } from '../render/render.ts'
import { stageMinimum } from './stage-minimum.ts'

test('a year of which nothing is known asks for no amount of the stage, and meets none of it', () => {
  const year = { referenceYear: 2024, totalCents: 0, requiredCents: 0, met: false, confidence: 'verified' } as const
  const facts = { registeredOn: isoDate('2024-01-01'), opensOn: isoDate('2024-07-01') }
  const told = stageMinimum({ ...facts, years: [{ ...year, regime: 'unknown' }] }, loadLaw())
  expect(told).toMatchObject({ outcome: 'refused', result: { requiredCents: null }, repairs: [{ kind: 'proveStage' }] })
  expect(stageMinimum({ ...facts, years: [{ ...year, regime: 'none' }] }, loadLaw()).outcome).toBe('granted')
})

test('a stage whose minimum is not known says which years are missing instead of an amount', () => {
  const year = { totalCents: 7_499, requiredCents: 7_499, met: true, confidence: 'verified' } as const
  const facts = { registeredOn: isoDate('2024-10-01'), opensOn: isoDate('2025-04-01') }
  const textsOf = (...years: { readonly referenceYear: number }[]) => {
    const { grounds } = stageMinimum({ ...facts, years: years.map((one) => ({ ...year, ...one })) }, loadLaw())
    return LANGUAGES.map((language) => renderGround(grounds[0]!, language))
  }
  for (const text of textsOf({ referenceYear: 2024 })) {
    expect(text).toMatch(/ 2025[ ,].* EUR 74[.,]99| 2025,.*74,99\u00a0EUR/)
    expect(text).not.toMatch(/unknown|onbekend|inconnu|unbekannt/)
  }
  for (const text of textsOf()) expect(text).toContain('2024, 2025')
})
