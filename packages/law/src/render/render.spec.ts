import { cents, isoDate, LANGUAGES } from '@ziv/kernel'
import { describe, expect, test } from 'vitest'
import { loadLaw } from '../parameters/load.ts'
import { assessReferenceYear } from '../rules/assess-reference-year.ts'
import { prolongation } from '../rules/prolongation.ts'
import { type GroundText, groundTexts } from './ground-texts.ts'
import { decisionLetter } from './letter.ts'
import { letterTexts } from './letter-texts.ts'
import { renderGround, renderRepair, withTexts } from './render.ts'
import { repairTexts } from './repair-texts.ts'

const law = loadLaw()
const assessment = assessReferenceYear(
  { regime: 'wage', referenceYear: 2024, ageAtStart: 20, slips: [{ amountCents: cents(517_014) }] },
  law,
)
const caps = [{ from: isoDate('2023-01-01'), to: null }]
const known = { ...assessment.result, repairs: assessment.repairs }
const refusal = prolongation({ year: 2026, caps, assessment: known }, law)

const names = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort()

test('the sentences of a rule name the same facts in every language', () => {
  for (const rule of Object.keys(groundTexts.nl) as (keyof typeof groundTexts.nl)[]) {
    for (const language of LANGUAGES) {
      const named = ([satisfied, notSatisfied, notKnown = {}]: GroundText) => [
        ...[satisfied, notSatisfied].map(names),
        ...Object.entries(notKnown).map(([name, text]) => [name, ...names(text)]),
      ]
      expect([rule, named(groundTexts[language][rule])]).toEqual([rule, named(groundTexts.nl[rule])])
    }
  }
})

test('the sentences of a repair name the same values in every language', () => {
  for (const text of Object.values(repairTexts)) {
    for (const language of LANGUAGES) expect(names(text[language])).toEqual(names(text.nl))
  }
})

describe('the repair of a short reference year', () => {
  const repair = refusal.repairs[0]!
  test.each([
    [
      'nl',
      'Refertejaar 2024 komt EUR 812,40 loon tekort: te betalen is de bijdrage daarop, EUR 59,71. Dit kan tot en met 31-12-2029.',
    ],
    [
      'fr',
      "Il manque 812,40\u00a0EUR de salaire à l'année de référence 2024\u00a0: la cotisation due sur ce montant est de 59,71\u00a0EUR. Possible jusqu'au 31/12/2029 inclus.",
    ],
    [
      'de',
      'Dem Referenzjahr 2024 fehlen EUR 812,40 Lohn: zu zahlen ist der Beitrag darauf, EUR 59,71. Dies ist bis einschließlich 31.12.2029 möglich.',
    ],
    [
      'en',
      'Reference year 2024 is short by EUR 812.40 of wage: what is to be paid is the contribution on it, EUR 59.71. This can be done until 31 December 2029.',
    ],
  ] as const)('reads well in %s', (language, sentence) => {
    expect(renderRepair(repair, language)).toBe(sentence)
  })
})

describe('the repair of a year that waits for proof of income', () => {
  const until = isoDate('2028-12-31')
  const proof = { rule: 'minimum.personal', kind: 'proveIncome', until, params: { referenceYear: 2023 } }
  const asked = { ...proof, kind: 'proveIncomeAsked', params: { referenceYear: 2023, answerUntil: '2025-06-15' } }

  test.each(LANGUAGES)('reads the same for the insured person and for a clerk, in %s', (language) => {
    expect(renderRepair(proof, language)).not.toMatch(
      /aan de verzekerde|à l'assuré|beim Versicherten|the insured person/,
    )
  })

  test.each([
    ['nl', /na 15-06-2025 .*kan ook dan nog gegeven worden\. Dit kan tot en met 31-12-2028\.$/],
    [
      'fr',
      /après le 15\/06\/2025, .*cette preuve peut encore être fournie ensuite\. Possible jusqu'au 31\/12\/2028 inclus\.$/,
    ],
    ['de', /nach dem 15\.06\.2025 .*auch dann noch gegeben werden\. Dies ist bis einschließlich 31\.12\.2028/],
    ['en', /after 15 June 2025, .*it can still be given then\. This can be done until 31 December 2028\.$/],
  ] as const)('stays right once the day that was asked for is past, in %s', (language, sentence) => {
    expect(renderRepair(asked, language)).toMatch(sentence)
    expect(renderRepair(asked, language)).not.toMatch(/uiterlijk|au plus tard|spätestens|give it by/)
  })
})

test('a ground without a known amount says why there is none, and what is missing, and leaves no brace behind', () => {
  const unknown = prolongation({ year: 2026, caps: [], assessment: null }, law)
  for (const language of LANGUAGES) {
    for (const ground of unknown.grounds) expect(renderGround(ground, language)).not.toMatch(/[{}]|undefined|null/)
  }
  expect(renderGround(unknown.grounds[0]!, 'en')).toMatch(/no missing amount can be told.*slips or attests.*missing/)
})

test('texts are added only on request and in all languages', () => {
  expect(refusal.grounds[0]!.text).toBeUndefined()
  const text = withTexts(refusal).grounds[1]!.text!
  expect(Object.keys(text).sort()).toEqual([...LANGUAGES].sort())
  expect(text.en).toBe(
    'Between 1 October 2024 and 31 December 2025 there was a capacity as holder, since 1 January 2023.',
  )
})

test('a rule or a repair without text is a mistake that is named', () => {
  const ground = { rule: 'no.such', article: '', satisfied: true, facts: [], parameters: [] }
  expect(() => renderGround(ground, 'nl')).toThrow('Rule no.such has no text')
  expect(() => renderRepair({ rule: '', kind: 'wish', params: {} }, 'nl')).toThrow('Repair wish has no text')
})

test('the letter tells outcome, grounds, repairs, values and the means of appeal in every language', () => {
  for (const language of LANGUAGES) {
    const options = {
      language,
      decidedOn: isoDate('2025-12-01'),
      days: { from: isoDate('2026-01-01'), to: isoDate('2026-12-31') },
      reference: 'D-1',
    }
    const letter = decisionLetter(refusal, options, law)
    expect(letter).toContain('D-1')
    expect(letter).toMatch(/(ZIV-besluit|arrêté\s+royal\s+AMI|Königlicher\s+KIV-Erlass|ZIV\s+decree)\s+[aA]rt\.\s+131/)
    expect(letter).toContain('812')
    expect(letter).toMatch(/arbeidsrechtbank|tribunal\s+du\s+travail|Arbeitsgericht|labour\s+court/)
    expect(letter).toMatch(/\[.*(officiële\s+bron|source\s+officielle|amtlichen\s+Quelle|official\s+source).*\]/s)
    expect(letter).not.toMatch(/[{}]|undefined/)
    expect(Math.max(...letter.split('\n').map((line) => line.length))).toBeLessThanOrEqual(102)
  }
})

describe('the letter of a renewal on values that are not confirmed', () => {
  const assumed = assessReferenceYear({ regime: 'wage', referenceYear: 2022, ageAtStart: 40, slips: [] }, law)
  const renewal = { ...assumed, grounds: [...assumed.grounds, ...refusal.grounds] }
  const person = { reference: 'P-7', birthDate: isoDate('1980-05-05'), fund: 'ziekenfonds 306' }
  const letterIn = (language: (typeof LANGUAGES)[number]) =>
    decisionLetter(
      renewal,
      {
        language,
        decidedOn: isoDate('2024-12-01'),
        days: { from: isoDate('2024-01-01'), to: isoDate('2024-12-31') },
        person,
      },
      law,
    ).replace(/\n +/g, ' ')

  test('names the person and every unconfirmed value, with no parameter path and no date as in a file', () => {
    for (const language of LANGUAGES) {
      const letter = letterIn(language)
      expect(letter).toContain('P-7')
      const unconfirmed = renewal.grounds
        .flatMap(({ parameters }) => parameters)
        .filter((p) => p.confidence !== 'verified')
      expect(unconfirmed.length).toBeGreaterThan(0)
      for (const { name } of unconfirmed) {
        const description = law.list().find((entry) => entry.name === name)?.description[language] as string
        expect(letter).toContain(description)
      }
      expect(letter).not.toMatch(/\d{4}-\d{2}-\d{2}/)
      expect(letter).not.toMatch(/[a-z]+\/[a-z]+-[a-z]+/)
      expect(letter).not.toMatch(/\((years|months|monthDay|euro|percent|ratio)\)/)
    }
  })

  test('reads well in Dutch', () => {
    const letter = letterIn('nl')
    expect(letter).toContain('Beslissing over uw recht van 01-01-2024 tot en met 31-12-2024')
    expect(letter).toContain('Verzekerde: geboren op 05-05-1980, lid van ziekenfonds 306, persoonskenmerk P-7')
    expect(letter).toContain('Waarden die nog niet bevestigd zijn')
    expect(letter).toContain(': 2 jaar, sinds 01-01-1945')
  })

  test('says by what it was withdrawn and what stands in its place', () => {
    const withdrawn = {
      on: isoDate('2025-03-09'),
      because: [{ what: 'a settled reference year', on: isoDate('2025-03-08') }],
      replacedBy: [{ reference: 'D-2', outcome: 'granted', from: isoDate('2024-01-01'), to: isoDate('2024-12-31') }],
    } as const
    const options = { language: 'en', decidedOn: isoDate('2024-12-01'), withdrawn } as const
    const letter = decisionLetter(renewal, options, law).replace(/\n +/g, ' ')
    expect(letter).toContain('This decision was withdrawn on 9 March 2025 and no longer stands.')
    expect(letter).toContain('Why it was withdrawn: a settled reference year, told on 8 March 2025.')
    expect(letter).toContain('It was replaced by decision D-2: granted from 1 January 2024 until 31 December 2024.')
    expect(letter).toContain('What you can do and how you appeal is in the decision that stands now.')
    const twice = { ...withdrawn, because: [...withdrawn.because, ...withdrawn.because] }
    expect(decisionLetter(renewal, { ...options, withdrawn: twice }, law).replace(/\n +/g, ' ')).toBe(letter)
    const alone = decisionLetter(renewal, { ...options, withdrawn: { ...withdrawn, replacedBy: [] } }, law)
    expect(alone).toContain('There is no decision on these days now.')
  })
})

test('a decision that was withdrawn asks for nothing any more, and is not the one to contest', () => {
  const withdrawn = { on: isoDate('2025-03-09'), because: [], replacedBy: [] }
  for (const language of LANGUAGES) {
    const letter = (options: object) =>
      decisionLetter(refusal, { language, decidedOn: isoDate('2025-12-01'), ...options }, law).replace(/\n +/g, ' ')
    const { repairs, appealTitle } = letterTexts
    for (const title of [repairs[language], appealTitle[language]]) {
      expect(letter({})).toContain(`\n${title}\n`)
      expect(letter({ withdrawn })).not.toContain(`\n${title}\n`)
    }
    expect(letter({ withdrawn })).not.toMatch(/59[.,]71/)
  }
})

test('a colon has a space before it in a French letter', () => {
  const letter = decisionLetter(refusal, { language: 'fr', decidedOn: isoDate('2025-12-01') }, law)
  expect(letter).toContain('Date\u00a0: 01/12/2025')
  expect(letter).not.toMatch(/[^\u00a0][:;]\s/)
})

test('a letter on assumed values says that they are not confirmed', () => {
  const assumed = assessReferenceYear({ regime: 'wage', referenceYear: 2022, ageAtStart: 40, slips: [] }, law)
  const options = { language: 'en', decidedOn: isoDate('2025-12-01') } as const
  expect(decisionLetter(assumed, options, law)).toContain('rests on values that are not confirmed yet')
  const slips = [{ amountCents: cents(600_000) }]
  const confirmed = assessReferenceYear({ regime: 'wage', referenceYear: 2024, ageAtStart: 20, slips }, law)
  expect(decisionLetter(confirmed, options, law)).not.toContain('not confirmed yet')
})
