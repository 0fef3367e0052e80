import { inputTexts } from '@ziv/http'
import { formatDay, LANGUAGES, type Language, type Words } from '@ziv/kernel'
import { confidenceWords, loadCapacities } from '@ziv/law'
import type { EvidenceOf } from '../domain/evidence.ts'
import type { PersonEventOf, PersonEventType } from '../domain/person.events.ts'
import type { Leaving } from '../domain/person.ts'
import { documentWords, fieldWords, proofWords } from './proof-words.ts'

type ByCode<Code extends string> = Readonly<Record<Code, Words>>
type ReasonOf<T extends PersonEventType> = PersonEventOf<T>['data'] extends { readonly because: infer R extends string }
  ? R
  : never

const reasons: ByCode<ReasonOf<'AffiliationCorrected'>> = {
  clericalError: { nl: 'vergissing', fr: 'erreur de saisie', de: 'Schreibfehler', en: 'clerical error' },
  lateInformation: {
    nl: 'pas later bekend geworden',
    fr: 'information arrivée plus tard',
    de: 'erst später bekannt geworden',
    en: 'known only later',
  },
  registerCorrected: {
    nl: 'het register werd verbeterd',
    fr: 'le registre a été corrigé',
    de: 'das Register wurde berichtigt',
    en: 'the register was corrected',
  },
  decisionAnnulled: {
    nl: 'een beslissing werd vernietigd',
    fr: 'une décision a été annulée',
    de: 'eine Entscheidung wurde aufgehoben',
    en: 'a decision was annulled',
  },
  consequence: {
    nl: 'gevolg van een andere wijziging',
    fr: "conséquence d'un autre changement",
    de: 'Folge einer anderen Änderung',
    en: 'consequence of another change',
  },
}

const leavings: ByCode<Leaving> = {
  death: { nl: 'overlijden', fr: 'décès', de: 'Tod', en: 'death' },
  transfer: { nl: 'mutatie', fr: 'mutation', de: 'Wechsel', en: 'transfer' },
  departure: { nl: 'vertrek', fr: 'départ', de: 'Abgang', en: 'departure' },
}

const sexes: ByCode<'M' | 'F' | 'X'> = {
  M: { nl: 'mannelijk', fr: 'masculin', de: 'männlich', en: 'male' },
  F: { nl: 'vrouwelijk', fr: 'féminin', de: 'weiblich', en: 'female' },
  X: {
    nl: 'geen van beide of onbekend',
    fr: 'ni l’un ni l’autre ou inconnu',
    de: 'keines von beiden oder unbekannt',
    en: 'neither or unknown',
  },
}

const activities: ByCode<EvidenceOf<'socialInsuranceFundAttest'>['activity']> = {
  selfEmployed: { nl: 'zelfstandige', fr: 'indépendant', de: 'Selbständiger', en: 'self-employed person' },
  helper: { nl: 'helper', fr: 'aidant', de: 'Helfer', en: 'helper' },
  assistingSpouse: {
    nl: 'meewerkende echtgenoot',
    fr: 'conjoint aidant',
    de: 'mithelfender Ehepartner',
    en: 'assisting spouse',
  },
}

const sources: ByCode<EvidenceOf<'incomeProof'>['source']> = {
  wageSlips: { nl: 'loonfiches', fr: 'fiches de salaire', de: 'Lohnzettel', en: 'wage slips' },
  ocmwAttest: {
    nl: 'attest van het OCMW',
    fr: 'attestation du CPAS',
    de: 'Bescheinigung des ÖSHZ',
    en: 'attest of the OCMW',
  },
  declarationOnHonour: {
    nl: 'verklaring op erewoord',
    fr: "déclaration sur l'honneur",
    de: 'ehrenwörtliche Erklärung',
    en: 'declaration on honour',
  },
}

const wrongNumbers = Object.fromEntries(
  ['INSZ_FORMAT', 'INSZ_CHECK_DIGITS', 'INSZ_DATE', 'INSZ_SERIAL'].map((code): [string, Words] => [
    code,
    inputTexts(code),
  ]),
)

const awaited: ByCode<PersonEventOf<'CapacityRequested'>['data']['waitingFor']> = {
  immigrationOffice: {
    nl: 'de Dienst Vreemdelingenzaken',
    fr: "l'Office des étrangers",
    de: 'das Ausländeramt',
    en: 'the Immigration Office',
  },
  manualDecision: {
    nl: 'een beslissing van de bevoegde ambtenaar',
    fr: 'une décision du fonctionnaire compétent',
    de: 'eine Entscheidung des zuständigen Beamten',
    en: 'a decision of the competent official',
  },
}

/** By the name under which an event or a refusal carries the code. */
const words: Readonly<Record<string, Readonly<Record<string, Words>>>> = {
  ...{ because: reasons, reason: { ...leavings, ...wrongNumbers }, waitingFor: awaited, confidence: confidenceWords },
  awaited: { ...awaited, immigrationOfficeDecision: awaited.immigrationOffice },
  ...{ evidence: proofWords, kind: proofWords, document: documentWords, field: fieldWords },
  ...{ sex: sexes, activity: activities, source: sources },
  capacity: Object.fromEntries(loadCapacities().all.map(({ code, labels }) => [code, labels])),
}

const named: Readonly<Record<string, Words>> = { ...fieldWords, ...proofWords }

/** A list of names, also with what belongs to one of them in brackets: each name in words, the rest as it is. */
const listed = (text: string): Words =>
  inEvery((language) => text.replace(/[A-Za-z]\w*/g, (name) => named[name]?.[language] ?? name))

/** How a refusal says that a day would have to lie before or after another. */
const limits: Readonly<Record<string, Words>> = {
  '<=': { nl: 'ten laatste', fr: 'au plus tard le', de: 'spätestens', en: 'at the latest' },
  '>=': { nl: 'ten vroegste', fr: 'au plus tôt le', de: 'frühestens', en: 'at the earliest' },
}

function limited(text: string): Words | undefined {
  const [, sign = '', day = ''] = /^([<>]=) (\S+)$/.exec(text) ?? []
  const limit = limits[sign]
  return limit && inEvery((language) => `${limit[language]} ${formatDay(day, language)}`)
}

const inEvery = (tell: (language: Language) => string): Words => {
  const [nl, fr, de, en] = LANGUAGES.map(tell) as [string, string, string, string]
  return { nl, fr, de, en }
}

const answers: Readonly<Record<string, Words>> = {
  true: { nl: 'ja', fr: 'oui', de: 'ja', en: 'yes' },
  false: { nl: 'nee', fr: 'non', de: 'nein', en: 'no' },
}

/** What people read for a coded value in a sentence; undefined for what is no code. */
export function wordsOf(name: string, value: unknown): Words | undefined {
  const text = String(value)
  if (name === 'needed' || name === 'accepted') return listed(text)
  return name === 'claimed' ? limited(text) : (words[name]?.[text] ?? answers[text])
}

/** The words of all coded values of a refusal, by name. */
export const wordsIn = (params: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, Words>> =>
  Object.fromEntries(
    Object.entries(params).flatMap(([name, value]) => {
      const found = wordsOf(name, value)
      return found === undefined ? [] : [[name, found]]
    }),
  )
