import { LANGUAGES, type Rejection, renderRejection } from '@ziv/kernel'
import { expect, test } from 'vitest'
import { assessEvidence } from '../domain/evidence.assess.ts'
import type { Evidence } from '../domain/evidence.ts'
import { rejections } from '../domain/person.rejections.ts'
import { proofKinds } from '../domain/proofs.ts'
import { day, employer, facts } from '../domain/testing-facts.ts'
import { wordsIn, wordsOf } from './code-words.ts'

/** A code of the program (one word with a capital inside, or with underscores) or a day as computers write it. */
const code = /\b([a-z]+[A-Z]\w*|[A-Z]+_[A-Z_]+|[A-Z]{5,}|\d{4}-\d{2}-\d{2})\b/

/** The sentence of a refusal in every language, as a person reads it. */
const told = ({ code: name, params = {} }: Rejection): string[] => {
  const words = wordsIn(params)
  return LANGUAGES.map((language) => {
    const said = Object.entries(params).map(([param, value]) => [param, words[param]?.[language] ?? value])
    return renderRejection(rejections, { code: name, params: Object.fromEntries(said) }, language)
  })
}

type Case = readonly [kind: string, proofs: readonly Evidence[], more?: object]
const card = (more: object) => ({ kind: 'residenceDocument', issuedOn: day('2026-01-02'), ...more }) as Evidence
const refusals: readonly Case[] = [
  ['EMPLOYEE', []],
  ['SELF_EMPLOYED', [employer]],
  ['EMPLOYEE', [{ ...employer, issuedOn: day('2026-03-21') } as Evidence]],
  ['EMPLOYEE', [{ ...employer, issuedOn: day('2020-03-21') } as Evidence]],
  ['EMPLOYEE', [{ kind: 'contributionSlip', rszNumber: '102077173', quarter: '2020Q1' }]],
  ['RESIDENT', [card({ document: 'annex15' })]],
  ['RESIDENT', [card({ document: 'annex15', box: 3, modelDate: day('2023-03-01') })]],
  ['RESIDENT', [card({ document: 'certificateOfRegistration' })]],
  ['RESIDENT', [card({ document: 'cardB', validUntil: day('2026-03-16') })]],
  [
    'RESIDENT',
    [
      card({ document: 'cardB', manualDecisionNeeded: true }),
      { kind: 'manualDecision', decidedOn: day('2026-03-16'), positive: false },
    ],
  ],
  [
    'DEPENDANT_SPOUSE',
    [{ kind: 'incomeProof', quarter: '2026Q1', grossCents: 0, source: 'wageSlips', ownFreeRight: false }],
    { partnership: 'cohabiting' },
  ],
]

test.each(refusals.map(([kind, proofs, more = {}]) => [kind, proofs, more] as const))(
  'a refusal for %s names no code and writes its days for people, in every language: %j',
  (kind, proofs, more) => {
    const on = day('2026-03-15')
    const days = { acquiredOn: on, weighedOn: on, requestedOn: day('2026-03-18'), birthDate: day('1990-01-01') }
    const verdict = assessEvidence(proofs, { kind, ...days, ...more }, facts)
    if (verdict.verdict !== 'refused') throw new Error(`${kind} is not refused`)
    const sentences = told(verdict.rejection)
    expect(new Set(sentences).size).toBe(LANGUAGES.length)
    for (const sentence of sentences) expect(sentence).not.toMatch(code)
  },
)

test('every kind of proof, every day in one and every document has words in four languages', () => {
  const documents = (proofKinds.residenceDocument.schema.shape.document as { options: readonly string[] }).options
  const shapes = Object.values(proofKinds).flatMap(({ schema }) => Object.keys(schema.shape))
  const fields = shapes.filter((name) => /(On|Date|Until)$|^(quarter|academicYear)$/.test(name))
  const asked = [
    ...Object.keys(proofKinds).map((kind) => ['evidence', kind] as const),
    ...documents.map((document) => ['document', document] as const),
    ...[...new Set([...fields, 'acquiredOn', 'requestedOn', 'from', 'diedOn', 'birthDate'])].map(
      (field) => ['field', field] as const,
    ),
  ]
  expect(asked.length).toBeGreaterThan(40)
  for (const [name, value] of asked) {
    const words = wordsOf(name, value)
    for (const language of LANGUAGES) {
      expect([name, value, language, (words?.[language] ?? '').length > 2]).toEqual([name, value, language, true])
    }
  }
})

test('a limit is said in words', () => {
  expect(wordsOf('claimed', '<= 2026-03-20')).toMatchObject({ nl: 'ten laatste 20-03-2026' })
  expect(wordsOf('claimed', '>= 2026-03-20')).toMatchObject({ fr: 'au plus tôt le 20/03/2026' })
  expect(wordsOf('claimed', '2025Q4, 2026Q1')).toBeUndefined()
})

test('no sentence of a refusal holds a code itself, but for the address of a list', () => {
  for (const [name, texts] of Object.entries(rejections)) {
    for (const language of LANGUAGES) {
      const said = texts[language].replace(/\{\w+\}|\/refData\/\w+/g, '')
      expect([
        name,
        language,
        code.exec(said.replaceAll(/\b(GET|INSZ|NISS|ENSS|HZIV|RIZIV|INAMI|LIKIV|CGVS|CGRA)\b/g, ''))?.[0],
      ]).toEqual([name, language, undefined])
    }
  }
})
