import type { Words } from '@ziv/kernel'
import { confidenceWords, loadCapacities } from '@ziv/law'
import type { PersonEventOf, PersonEventType } from '../domain/person.events.ts'
import type { Leaving } from '../domain/person.ts'

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

const awaited: ByCode<PersonEventOf<'CapacityRequested'>['data']['waitingFor']> = {
  immigrationOffice: {
    nl: 'de Dienst Vreemdelingenzaken',
    fr: "l'Office des étrangers",
    de: 'das Ausländeramt',
    en: 'the Immigration Office',
  },
  manualDecision: {
    nl: 'een beslissing van een medewerker',
    fr: "une décision d'un collaborateur",
    de: 'eine Entscheidung eines Mitarbeiters',
    en: 'a decision of a clerk',
  },
}

/** By the name under which an event or a refusal carries the code. */
const words: Readonly<Record<string, Readonly<Record<string, Words>>>> = {
  ...{ because: reasons, reason: leavings, waitingFor: awaited, confidence: confidenceWords },
  awaited: { ...awaited, immigrationOfficeDecision: awaited.immigrationOffice },
  capacity: Object.fromEntries(loadCapacities().all.map(({ code, labels }) => [code, labels])),
}

/** What people read for a coded value in a sentence; undefined for what is no code. */
export const wordsOf = (name: string, value: unknown): Words | undefined => words[name]?.[String(value)]

/** The words of all coded values of a refusal, by name. */
export const wordsIn = (params: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, Words>> =>
  Object.fromEntries(
    Object.entries(params).flatMap(([name, value]) => {
      const found = wordsOf(name, value)
      return found === undefined ? [] : [[name, found]]
    }),
  )
