import type { Language, Words } from './rejection.ts'

/** Laws and other sources as the readers of each language know them; what is cited of them follows as it is. */
const sources: Readonly<Record<string, Words>> = {
  'ZIV-wet': { nl: 'ZIV-wet', fr: 'loi AMI', de: 'KIV-Gesetz', en: 'ZIV law' },
  'ZIV-besluit': { nl: 'ZIV-besluit', fr: 'arrêté royal AMI', de: 'Königlicher KIV-Erlass', en: 'ZIV decree' },
  'KB 03-07-1996': {
    nl: 'KB van 3 juli 1996',
    fr: 'arrêté royal du 3 juillet 1996',
    de: 'Königlicher Erlass vom 3. Juli 1996',
    en: 'royal decree of 3 July 1996',
  },
  AVG: { nl: 'AVG', fr: 'RGPD', de: 'DSGVO', en: 'GDPR' },
  'Charter of the socially insured': {
    nl: 'Handvest van de sociaal verzekerde',
    fr: "Charte de l'assuré social",
    de: 'Charta der Sozialversicherten',
    en: 'Charter of the socially insured',
  },
}

/** Sources without articles, and what is said of an article in brackets. */
const phrases: Readonly<Record<string, Words>> = {
  'AGII, start of insurance': {
    nl: 'AGII, begin van de verzekering',
    fr: "AGII, début de l'assurance",
    de: 'AGII, Beginn der Versicherung',
    en: 'AGII, start of insurance',
  },
  'AGII, opening of the right': {
    nl: 'AGII, opening van het recht',
    fr: 'AGII, ouverture du droit',
    de: 'AGII, Eröffnung des Rechts',
    en: 'AGII, opening of the right',
  },
  'AGII, end of the quality of dependant': {
    nl: 'AGII, einde van de hoedanigheid van persoon ten laste',
    fr: 'AGII, fin de la qualité de personne à charge',
    de: 'AGII, Ende der Eigenschaft als Person zu Lasten',
    en: 'AGII, end of the quality of dependant',
  },
  'RIZIV, persons charged to a holder': {
    nl: 'RIZIV, personen ten laste van een gerechtigde',
    fr: "INAMI, personnes à charge d'un titulaire",
    de: 'LIKIV, Personen zu Lasten eines Berechtigten',
    en: 'RIZIV, persons charged to a holder',
  },
  'attest of the social insurance fund': {
    nl: 'attest van het sociaal verzekeringsfonds',
    fr: "attestation de la caisse d'assurances sociales",
    de: 'Bescheinigung der Sozialversicherungskasse',
    en: 'attest of the social insurance fund',
  },
  'rule of the capacity': {
    nl: 'regel van de hoedanigheid',
    fr: 'règle de la qualité',
    de: 'Regel der Eigenschaft',
    en: 'rule of the capacity',
  },
  nomenclature: { nl: 'nomenclatuur', fr: 'nomenclature', de: 'Nomenklatur', en: 'nomenclature' },
  agreements: { nl: 'akkoorden', fr: 'accords', de: 'Abkommen', en: 'agreements' },
  recalled: {
    nl: 'uit het geheugen aangehaald',
    fr: 'cité de mémoire',
    de: 'aus dem Gedächtnis zitiert',
    en: 'recalled',
  },
  derogation: { nl: 'afwijking', fr: 'dérogation', de: 'Abweichung', en: 'derogation' },
}

/** Words between the numbers of an article. */
const between: Readonly<Record<string, Words>> = {
  tot: { nl: 'tot', fr: 'à', de: 'bis', en: 'to' },
  lid: { nl: 'lid', fr: 'paragraphe', de: 'Absatz', en: 'paragraph' },
}

/**
 * The legal source of a ground or a refusal (`ZIV-besluit art. 131`, or `art. 131 ZIV-besluit`; several with `; `) in the language of its reader. What was cited under an earlier version of the law and is not known
 * here stays as it was written.
 */
export const renderArticle = (article: string, language: Language): string =>
  article
    .split('; ')
    .map((part) => partOf(part, language))
    .join('; ')

function partOf(part: string, language: Language): string {
  const whole = phrases[part]
  if (whole !== undefined) return whole[language]
  const [, source = '', cited = '', remark] = /^(.+) art\. ([^()]+?)(?: \(([^()]+)\))?$/.exec(part) ?? []
  const law = sources[source]
  if (law === undefined) return reversed(part, language)
  const said = remark?.split(', ').map((word) => phrases[word]?.[language] ?? word)
  const brackets = said === undefined ? '' : ` (${said.join(', ')})`
  return `${articleOf(law, cited, language)}${brackets}`
}

/** The article first and its source after it. */
function reversed(part: string, language: Language): string {
  const name = Object.keys(sources).find((source) => part.startsWith('art. ') && part.endsWith(` ${source}`))
  if (name === undefined) return part
  return articleOf(sources[name] as Words, part.slice('art. '.length, -name.length - 1), language)
}

const articleOf = (law: Words, cited: string, language: Language): string => {
  const numbers = cited.replace(/[a-z]+/g, (word) => (Object.hasOwn(between, word) ? between[word]![language] : word))
  return `${law[language]} ${language === 'de' ? 'Art.' : 'art.'} ${numbers}`
}
