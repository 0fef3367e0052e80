import { describe, expect, test } from 'vitest'
import { assessClaim } from '../domain/assess-claim.ts'
import { assessedLines, storedLines } from '../domain/claim-lines.ts'
import { claimOf, facts, line, split } from '../testing/facts.ts'
import type { StagedVerdict } from './types.ts'
import { packVerdict, paidCentsOf, unpackVerdict } from './verdict-text.ts'

const lines = [
  line(split(1968, 600)),
  line({ number: 2, nomenclature: '999935' }),
  line({ number: 3, variant: 't21n03', ...split(1900, 600, 250) }),
  line({ number: 4, units: 2, convention: 'nonConventioned', ...split(3936, 1200), formCodes: ['500101'] }),
  line({ number: 5, convention: 'nonConventioned', variant: 'n04', ...split(1968, 600, 900) }),
]

const verdictOf = (changes: Parameters<typeof facts>[0] = {}): StagedVerdict => ({
  providerNumber: '10003004',
  assessment: assessClaim(claimOf(lines), facts(changes)),
  records: { 0: [['F', '200742']], 3: [['R', '500423']] },
  places: [1, 2, 4, 5, 7],
  askedCents: 12_345,
  unlisted: 2,
})

describe('a verdict in its short form', () => {
  test('says all it said before', () => {
    for (const verdict of [verdictOf(), verdictOf({ person: undefined }), verdictOf({ periods: [] })]) {
      expect(unpackVerdict(packVerdict(verdict))).toEqual(verdict)
    }
  })

  test('tells what is paid', () => {
    const { assessment } = verdictOf()
    expect(assessment.lines.map(({ outcome }) => outcome)).toContain('accepted')
    expect(paidCentsOf(verdictOf())).toBe(assessment.lines.reduce((sum, item) => sum + item.interventionCents, 0))
    expect(paidCentsOf(verdictOf({ person: undefined }))).toBe(0)
  })
})

test('the lines of an event come back whole, with what they rest on told once', () => {
  const { assessment } = verdictOf()
  const stored = storedLines(assessment.lines)
  expect(stored.bases.length).toBe(2)
  const data = { ...stored, codes: [] } as never
  expect(assessedLines(data)).toEqual(assessment.lines)
})
