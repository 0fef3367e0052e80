import { loadCapacities } from '../capacities/load.ts'
import { parameterNameOf } from '../capacities/rule.ts'
import { type CapacityRules, capacityRules } from '../capacities/schema.ts'
import type { LocalizedText } from '../types.ts'
import { labels, noWord, yesWord } from './labels.ts'

type Words = {
  readonly [R in Exclude<keyof CapacityRules, 'contributionStep'>]: Readonly<
    Record<CapacityRules[R][number], LocalizedText>
  >
}

/** What a rule of a capacity is, as the answer to its description; one code says another thing in another rule. */
const words: Words = {
  start: {
    quarterOfAcquisition: {
      nl: 'begin van het kwartaal waarin ze begint',
      fr: "début du trimestre de l'acquisition",
      de: 'Beginn des Quartals, in dem sie beginnt',
      en: 'beginning of the quarter of acquisition',
    },
    quarterOfRequest: {
      nl: 'begin van het kwartaal van de aanvraag',
      fr: 'début du trimestre de la demande',
      de: 'Beginn des Quartals des Antrags',
      en: 'beginning of the quarter of the request',
    },
    dayOfAcquisition: {
      nl: 'de dag waarop ze begint',
      fr: "le jour de l'acquisition",
      de: 'der Tag, an dem sie beginnt',
      en: 'the day of acquisition',
    },
  },
  regime: {
    wage: { nl: 'door het loon', fr: 'par le salaire', de: 'durch den Lohn', en: 'by the wage' },
    selfEmployed: {
      nl: 'door attesten van het sociaal verzekeringsfonds',
      fr: "par les attestations de la caisse d'assurances sociales",
      de: 'durch Bescheinigungen der Sozialversicherungskasse',
      en: 'by attests of the social insurance fund',
    },
    personal: {
      nl: 'door persoonlijke bijdragen',
      fr: 'par des cotisations personnelles',
      de: 'durch persönliche Beiträge',
      en: 'by personal contributions',
    },
    none: { nl: 'er is niets verschuldigd', fr: "rien n'est dû", de: 'es ist nichts geschuldet', en: 'nothing is due' },
    followsHolder: {
      nl: 'het jaar van de gerechtigde telt',
      fr: "l'année du titulaire compte",
      de: 'das Jahr des Berechtigten zählt',
      en: 'the year of the holder counts',
    },
  },
  end: {
    asReported: { nl: 'zoals gemeld', fr: 'comme communiqué', de: 'wie gemeldet', en: 'as reported' },
    childAgeLimit: {
      nl: 'zoals gemeld, en hoogstens tot de leeftijdsgrens',
      fr: "comme communiqué, et au plus jusqu'à la limite d'âge",
      de: 'wie gemeldet, und höchstens bis zur Altersgrenze',
      en: 'as reported, and no later than the age limit',
    },
  },
  freeOwnRight: { free: yesWord, notFree: noWord },
  yieldsTo: {
    nothing: { nl: 'geen', fr: 'aucune', de: 'keiner', en: 'none' },
    everyOtherUnlessRepair: {
      nl: 'elke andere, tenzij ze een jaar herstelt',
      fr: 'toute autre, sauf si elle répare une année',
      de: 'jeder anderen, außer wenn sie ein Jahr wiederherstellt',
      en: 'every other, unless it repairs a year',
    },
    freeRightOfOnesOwn: {
      nl: 'een eigen recht zonder bijdrage',
      fr: 'un droit propre sans cotisation',
      de: 'einem eigenen Recht ohne Beitrag',
      en: 'a right of one’s own without a contribution',
    },
  },
  income: { noTest: noWord, ceiling: yesWord },
  partner: {
    noPartner: noWord,
    spouse: { nl: 'ja, de echtgenoot', fr: 'oui, le conjoint', de: 'ja, der Ehepartner', en: 'yes, the spouse' },
    cohabitant: {
      nl: 'ja, de samenwonende',
      fr: 'oui, le cohabitant',
      de: 'ja, der Zusammenwohnende',
      en: 'yes, the cohabitant',
    },
  },
  provenIncome: { lowersTheStep: yesWord, changesNothing: noWord },
  mendsYear: { mends: yesWord, mendsNothing: noWord },
}

const ruleOf = new Map(
  loadCapacities().all.flatMap(({ code }) =>
    (Object.keys(capacityRules) as (keyof CapacityRules)[]).map((rule) => [parameterNameOf(code, rule), rule] as const),
  ),
)

/** The value of a rule of a capacity in words, by the name of its parameter; undefined for another parameter. */
export function ruleWord(name: string, value: string): LocalizedText | undefined {
  const rule = ruleOf.get(name)
  if (rule === undefined) return undefined
  if (rule === 'contributionStep') return labels[value]
  return (words[rule] as Readonly<Record<string, LocalizedText>>)[value]
}
