import { isoDate, LANGUAGES, quarter } from '@ziv/kernel'
import { describe, expect, test } from 'vitest'
import { loadLaw } from '../parameters/load.ts'
import { personalContribution, personalSteps } from '../rules/personal-contribution.ts'
import { labels } from './labels.ts'
import { decisionLetter } from './letter.ts'
import { valueLines } from './letter-values.ts'
import { ruleWord } from './rule-words.ts'

const law = loadLaw()
const letterOn = (capacity: string, language: (typeof LANGUAGES)[number]) => {
  const decision = personalContribution({ capacity, quarter: quarter('2024Q1') }, law)
  return decisionLetter(decision, { language, decidedOn: isoDate('2025-12-01') }, law).replace(/\n +/g, ' ')
}

describe('the step of a personal contribution stands in a letter in words', () => {
  test.each([
    ['nl', 'RESIDENT', '(volledige bijdrage)', 'Schijf van de persoonlijke bijdrage: verblijvende: volledige bijdrage'],
    ['fr', 'RESIDENT', '(cotisation complète)', 'résident\u00a0: cotisation complète'],
    ['de', 'RESIDENT', '(voller Beitrag)', ': voller Beitrag'],
    ['en', 'RESIDENT', '(full contribution)', 'Step of the personal contribution: resident: full contribution'],
    ['nl', 'STUDENT', '(laagste bijdrage)', ': laagste bijdrage'],
  ] as const)('in %s of a %s', (language, capacity, part, value) => {
    const letter = letterOn(capacity, language)
    expect(letter).toContain(part)
    expect(letter).toContain(value)
    expect(letter).not.toMatch(/\((full|low)\)/)
  })

  test('every step, and every part of a table of shares that a decision cites, has words in every language', () => {
    const parts = law
      .list()
      .filter(({ name }) => /personal-base|referral-reduction|patient-share-(gp|specialist|psychologist)/.test(name))
      .flatMap(({ values }) => values.flatMap(({ value }) => Object.keys(value as object)))
    expect(parts).toEqual(expect.arrayContaining(['full', 'exempt', 'preferentialGmd']))
    for (const code of new Set([...personalSteps, ...parts]))
      for (const language of LANGUAGES) expect(labels[code]?.[language], code).toMatch(/^\p{L}{2,}/u)
  })
})

test('a rule of a capacity that a letter lists has its value in words of the language', () => {
  const rules = law.list().filter(({ name, unit }) => name.startsWith('capacities/') && unit === 'rule')
  expect(rules.length).toBeGreaterThan(50)
  for (const { name, values } of rules)
    for (const language of LANGUAGES)
      for (const { from, value } of values) {
        const cited = { name, from, value: String(value), unit: 'rule', confidence: 'verified' } as const
        const used = { rule: 'minimum.runs', article: '', satisfied: true, facts: [], parameters: [cited] }
        const [line] = valueLines([used], language, law).confirmed
        expect(line, `${name} ${value}`).toMatch(/: [\p{L} ’',-]+, (sinds|depuis|seit|since) /u)
        expect(line).toContain(`: ${ruleWord(name, String(value))?.[language]}, `)
      }
})
