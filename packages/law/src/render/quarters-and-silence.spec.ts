import { LANGUAGES, quartersOfYear } from '@ziv/kernel'
import { expect, test } from 'vitest'
import { loadLaw } from '../parameters/load.ts'
import { assessReferenceYear } from '../rules/assess-reference-year.ts'
import { prolongation } from '../rules/prolongation.ts'
import { renderGround, renderRepair } from './render.ts'

const law = loadLaw()
const year = assessReferenceYear(
  {
    regime: 'selfEmployed',
    referenceYear: 2023,
    quarters: quartersOfYear(2023).map((quarter, index) => ({ quarter, attested: index === 2 })),
  },
  law,
)
const refusal = prolongation({ year: 2025, caps: [], assessment: { ...year.result, repairs: year.repairs } }, law)

test('a fund that did not state what is due is told as silent, not as an amount of zero', () => {
  for (const language of LANGUAGES) {
    const text = renderGround(refusal.grounds[0]!, language)
    expect(text).not.toMatch(/0[.,]00|unknown|onbekend|inconnu|unbekannt/)
    expect(text).toMatch(/niet meegedeeld|pas communiqué|nicht mitgeteilt|not stated/)
  }
  expect(refusal.grounds[0]!.facts).toContainEqual(expect.objectContaining({ name: 'shortCents', value: null }))
})

test('quarters are written in words of the language', () => {
  const texts = Object.fromEntries(LANGUAGES.map((language) => [language, renderRepair(refusal.repairs[0]!, language)]))
  expect(texts).toEqual({
    nl: expect.stringContaining(
      'Voor het 1e, 2e en 4e kwartaal van 2023 heeft het sociaal verzekeringsfonds niet bevestigd',
    ),
    fr: expect.stringContaining(
      "Pour les 1er, 2e et 4e trimestres 2023, la caisse d'assurances sociales n'a pas attesté",
    ),
    de: expect.stringContaining(
      'Für das 1., 2. und 4. Quartal 2023 hat die Sozialversicherungskasse nicht bescheinigt',
    ),
    en: expect.stringContaining('For the 1st, 2nd and 4th quarters of 2023 the social insurance fund has not attested'),
  })
})

test('quarters of several years are named year by year, and one alone in the singular', () => {
  const repairOf = (quarters: string) => {
    const repair = { rule: 'minimum.selfEmployed', kind: 'attestQuarters', params: { quarters } }
    return [renderRepair(repair, 'nl'), renderRepair(repair, 'fr')]
  }
  expect(repairOf('2022Q4 2023Q1 2023Q2')).toEqual([
    expect.stringContaining('het 4e kwartaal van 2022 en het 1e en 2e kwartaal van 2023 '),
    expect.stringContaining('le 4e trimestre 2022 et les 1er et 2e trimestres 2023,'),
  ])
})

test('a proof of income that nobody asked is told as not asked, not as asked on an unknown day', () => {
  const facts = [
    { name: 'referenceYear', value: 2023 },
    { name: 'askedOn', value: null },
  ]
  const ground = { rule: 'minimum.incomeProof', article: '', satisfied: false, facts, parameters: [] }
  for (const language of LANGUAGES) {
    expect(renderGround(ground, language)).toMatch(
      /nog niet gevraagd|pas encore été demandée|noch nicht ang|not asked yet/,
    )
    expect(renderGround(ground, language)).not.toMatch(/onbekend|inconnu|unbekannt|unknown/)
  }
})
