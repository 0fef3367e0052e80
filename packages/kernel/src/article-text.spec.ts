import { expect, test } from 'vitest'
import { renderArticle } from './article-text.ts'
import { LANGUAGES } from './rejection.ts'

test.each([
  [
    'art. 131 ZIV-besluit; art. 174 ZIV-wet; art. 17, lid 3, b) AVG',
    [
      'ZIV-besluit art. 131; ZIV-wet art. 174; AVG art. 17, lid 3, b)',
      'arrêté royal AMI art. 131; loi AMI art. 174; RGPD art. 17, paragraphe 3, b)',
      'Königlicher KIV-Erlass Art. 131; KIV-Gesetz Art. 174; DSGVO Art. 17, Absatz 3, b)',
      'ZIV decree art. 131; ZIV law art. 174; GDPR art. 17, paragraph 3, b)',
    ],
  ],
  [
    'art. 32, 17° tot 19° ZIV-wet',
    [
      'ZIV-wet art. 32, 17° tot 19°',
      'loi AMI art. 32, 17° à 19°',
      'KIV-Gesetz Art. 32, 17° bis 19°',
      'ZIV law art. 32, 17° to 19°',
    ],
  ],
  [
    'art. 128quater KB 03-07-1996',
    [
      'KB van 3 juli 1996 art. 128quater',
      'arrêté royal du 3 juillet 1996 art. 128quater',
      'Königlicher Erlass vom 3. Juli 1996 Art. 128quater',
      'royal decree of 3 July 1996 art. 128quater',
    ],
  ],
])('%s is told in the language of the reader', (article, texts) => {
  expect(LANGUAGES.map((language) => renderArticle(article, language))).toEqual(texts)
})
