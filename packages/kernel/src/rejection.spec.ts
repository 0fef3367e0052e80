import { describe, expect, test } from 'vitest'
import { defineRejections, rejectionWords, renderRejection } from './rejection.ts'

const text = {
  status: 409,
  nl: 'Al bij {insurer}.',
  fr: 'Déjà chez {insurer}.',
  de: 'Schon bei {insurer}.',
  en: 'Already at {insurer}.',
} as const
const catalog = defineRejections({ alreadyAffiliated: { ...text, law: 'ZIV art. 118' } })

describe('rejection catalogue', () => {
  test('a rejection is told in the language of the reader', () => {
    const rejection = { code: 'alreadyAffiliated', params: { insurer: 300 } }
    expect(renderRejection(catalog, rejection, 'nl')).toBe('Al bij 300.')
    expect(renderRejection(catalog, rejection, 'fr')).toBe('Déjà chez 300.')
  })

  test('a param that was not given stays visible, and a dollar sign stays itself', () => {
    expect(renderRejection(catalog, { code: 'alreadyAffiliated' }, 'en')).toBe('Already at {insurer}.')
    expect(renderRejection(catalog, { code: 'alreadyAffiliated', params: { insurer: '$&' } }, 'en')).toBe(
      'Already at $&.',
    )
  })

  test('a code that nobody declared is a defect', () => {
    expect(() => renderRejection(catalog, { code: 'UNKNOWN' }, 'en')).toThrow(/UNKNOWN/)
    expect(() => renderRejection(catalog, { code: 'toString' }, 'en')).toThrow(/toString/)
  })

  test('a text that is missing or names other params than Dutch is refused at load', () => {
    expect(() => defineRejections({ x: { ...text, de: ' ' } })).toThrow('rejection x has no text in de')
    expect(() => defineRejections({ x: { ...text, fr: 'Déjà chez {assureur}.' } })).toThrow(
      /\{insurer\} in nl but \{assureur\} in fr/,
    )
  })

  test.each(['CTR-0001', 'YearNotOver', 'year-not-over', '1st', ''])(
    'the code %j is no name and is refused at load',
    (code) => {
      expect(() => defineRejections({ [code]: text })).toThrow(`rejection ${code} is no name`)
    },
  )

  test('each language may name the params in its own order', () => {
    const texts = { ...text, nl: '{a}, {b}', fr: '{b}, {a}', de: '{a}, {b}, {a}', en: '{b}, {a}' }
    expect(() => defineRejections({ yearNotOver2: texts })).not.toThrow()
  })

  test('what is stored holds the sentence in every language', () => {
    expect(rejectionWords(catalog, { code: 'alreadyAffiliated', params: { insurer: 300 } })).toEqual({
      nl: 'Al bij 300.',
      fr: 'Déjà chez 300.',
      de: 'Schon bei 300.',
      en: 'Already at 300.',
    })
  })

  test('amounts, days and quarters are told as people read them', () => {
    const params = { shortCents: 123_450, from: '2024-03-05', quarters: '2024Q1 2024Q2', month: '2024-03' }
    const sentence = '{shortCents}; {from}; {quarters}; {month}.'
    const told = defineRejections({ short: { status: 409, nl: sentence, fr: sentence, de: sentence, en: sentence } })
    expect(rejectionWords(told, { code: 'short', params })).toEqual({
      nl: 'EUR 1.234,50; 05-03-2024; het 1e en 2e kwartaal van 2024; maart 2024.',
      fr: '1\u00a0234,50\u00a0EUR; 05/03/2024; les 1er et 2e trimestres 2024; mars 2024.',
      de: 'EUR 1.234,50; 05.03.2024; das 1. und 2. Quartal 2024; März 2024.',
      en: 'EUR 1,234.50; 5 March 2024; the 1st and 2nd quarters of 2024; March 2024.',
    })
    const half = { code: 'short', params: { ...params, shortCents: 0.5 } }
    expect(renderRejection(told, half, 'en')).toMatch(/^0\.5; 5 March 2024/)
  })

  test('the catalogue cannot be changed afterwards', () => {
    expect(Object.isFrozen(catalog)).toBe(true)
  })
})
