import { LANGUAGES, renderArticle } from '@ziv/kernel'
import { expect, test } from 'vitest'
import { articles } from '../articles.ts'

const cited = [...new Set(Object.values(articles))]
/** Words that stand in the citations of the code and in no text of the other languages. */
const english = /\b(recalled|insurance|fund|rule of|of the|charter|agreements|persons|start of|the right|end of)\b/i

test.each(cited)('%s is cited in the language of the reader', (article) => {
  for (const language of LANGUAGES) {
    const text = renderArticle(article, language)
    const numbers = (of: string) => of.match(/\d+/g)
    expect(numbers(text)).toEqual(numbers(article))
    if (language !== 'en') expect(text).not.toMatch(english)
  }
  expect(renderArticle(article, 'fr')).not.toBe(article)
})

test.each([
  ['nl', 'ZIV-besluit art. 131, 134; Handvest van de sociaal verzekerde art. 11 (uit het geheugen aangehaald)'],
  ['fr', "arrêté royal AMI art. 131, 134; Charte de l'assuré social art. 11 (cité de mémoire)"],
  ['de', 'Königlicher KIV-Erlass Art. 131, 134; Charta der Sozialversicherten Art. 11 (aus dem Gedächtnis zitiert)'],
  ['en', 'ZIV decree art. 131, 134; Charter of the socially insured art. 11 (recalled)'],
] as const)('in %s: %s', (language, text) => {
  expect(renderArticle(articles['right.provisional'], language)).toBe(text)
})

test('what an earlier law cited and nobody knows any more stays as it was written', () => {
  expect(renderArticle('Law of 1963 art. 7; ZIV-wet art. 32', 'fr')).toBe('Law of 1963 art. 7; loi AMI art. 32')
})
