import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { languages } from '../language.ts'
import { InputError, inputFaults, issuesOf } from './input-error.ts'
import { ProblemError } from './problem-error.ts'
import { renderProblem } from './render.ts'

const payment = z.union([
  z.strictObject({ amountCents: z.int(), personId: z.string(), quarter: z.string() }),
  z.strictObject({ amountCents: z.int(), ogm: z.string() }),
])
const told = (input: unknown, language: (typeof languages)[number] = 'en') =>
  issuesOf(new InputError(payment, input)).map(({ name, detail }) => [name, detail[language]])

describe('what a refusal says', () => {
  it('of input with several forms it is what the nearest one lacks', () => {
    expect(told({ amountCents: 1, personId: 'a' })).toEqual([['quarter', 'is missing: give it']])
    expect(told({ amountCents: 1, ogm: 'a', quarter: 'b' })).toEqual([
      ['quarter', expect.stringMatching(/^unknown input/)],
    ])
  })

  it('of a mistyped name it is which was meant, of any other where it stands and what there is, and never that name', () => {
    const schema = z.strictObject({
      ssin: z.string(),
      lastName: z.string(),
      evidence: z.array(z.strictObject({ kind: z.string() })).optional(),
    })
    const words = (input: object) => inputFaults(schema, { ssin: '1', lastName: 'a', ...input })[0]!.texts
    expect(words({ lastname: 'Claes' })).toEqual({
      nl: 'onbekende invoer op plaats 3: bedoelt u lastName?',
      fr: 'entrée inconnue en position 3: vouliez-vous dire lastName ?',
      de: 'unbekannte Eingabe an Stelle 3: meinten Sie lastName?',
      en: 'unknown input at position 3: did you mean lastName?',
    })
    expect(words({ evidence: [{ kind: 'a', Claes: 1 }] }).en).toBe(
      'unknown input at position 2: remove it, or take one of kind',
    )
    expect(words({ Claes: 1 }).nl).toBe(
      'onbekende invoer op plaats 3: verwijder ze, of neem een van ssin, lastName, evidence',
    )
    const error = new InputError(schema, { ssin: '1', lastName: 'a', lastname: 'b' })
    expect(issuesOf(error)).toMatchObject([{ name: 'lastname', detail: words({ lastname: 'b' }) }])
    error.validationContext = 'querystring'
    expect(issuesOf(error)).toMatchObject([{ detail: { en: 'unknown input: did you mean lastName?' } }])
  })

  it.each([
    ['nl', 'ontbreekt: vul het in'],
    ['fr', 'manque: indiquez-le'],
    ['de', 'fehlt: geben Sie es an'],
    ['en', 'is missing: give it'],
  ] as const)('in %s what is not there is missing, and of no type', (language, detail) => {
    expect(told({ personId: 'a', quarter: 'b' }, language)).toEqual([['amountCents', detail]])
  })

  it.each(languages)('the title in %s has no space at its end', (language) => {
    const texts = {
      nl: 'Al gekend: kijk na.',
      fr: 'Déjà connu : vérifiez.',
      de: 'Bekannt: prüfen.',
      en: 'Known: check.',
    }
    const { title, detail } = renderProblem(
      new ProblemError('known', 409, { title: texts, detail: texts, params: {} }),
      language,
    )
    expect(title).toBe(title.trim())
    expect(detail.startsWith(title)).toBe(true)
    expect(title).not.toContain(':')
  })

  it.each([
    ['nl', 'Voor het 4e kwartaal van 2024 is EUR 1.234,50 te veel', 'Zie 01-12-2024.'],
    ['fr', 'Pour le 4e trimestre 2024, 1\u00a0234,50\u00a0EUR sont de trop', 'Voir 01/12/2024.'],
    ['de', 'Für das 4. Quartal 2024 sind EUR 1.234,50 zu viel', 'Siehe 01.12.2024.'],
    ['en', 'For the 4th quarter of 2024 EUR 1,234.50 is too much', 'See 1 December 2024.'],
  ] as const)('amounts, quarters and days in %s are words, and codes for a program', (language, title, next) => {
    const texts = {
      nl: 'Voor {quarter} is {overCents} te veel. Zie {day}.',
      fr: 'Pour {quarter}, {overCents} sont de trop. Voir {day}.',
      de: 'Für {quarter} sind {overCents} zu viel. Siehe {day}.',
      en: 'For {quarter} {overCents} is too much. See {day}.',
    }
    const params = { quarter: '2024Q4', overCents: 123_450, day: '2024-12-01' }
    const document = renderProblem(new ProblemError('over', 422, { title: texts, detail: texts, params }), language)
    expect(document).toMatchObject({ title, detail: `${title}. ${next}`, ...params })
  })
})
