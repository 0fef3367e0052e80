import { loadCapacities } from '../capacities/load.ts'
import type { LocalizedText } from '../types.ts'

export const yesWord: LocalizedText = { nl: 'ja', fr: 'oui', de: 'ja', en: 'yes' }
export const noWord: LocalizedText = { nl: 'nee', fr: 'non', de: 'nein', en: 'no' }

/** Words for coded values in sentences; those of capacities stand in their files. */
export const labels: Readonly<Record<string, LocalizedText>> = {
  ...Object.fromEntries(loadCapacities().all.map(({ code, labels }) => [code, labels])),
  doctor: { nl: 'arts', fr: 'médecin', de: 'Arzt', en: 'doctor' },
  dentist: { nl: 'tandarts', fr: 'dentiste', de: 'Zahnarzt', en: 'dentist' },
  physiotherapist: { nl: 'kinesitherapeut', fr: 'kinésithérapeute', de: 'Kinesiotherapeut', en: 'physiotherapist' },
  nurse: { nl: 'verpleegkundige', fr: 'infirmier', de: 'Pflegekraft', en: 'nurse' },
  other: { nl: 'andere', fr: 'autre', de: 'andere', en: 'other' },
  full: { nl: 'volledige bijdrage', fr: 'cotisation complète', de: 'voller Beitrag', en: 'full contribution' },
  reduced: {
    nl: 'verminderde bijdrage',
    fr: 'cotisation réduite',
    de: 'ermäßigter Beitrag',
    en: 'reduced contribution',
  },
  low: { nl: 'laagste bijdrage', fr: 'cotisation la plus basse', de: 'niedrigster Beitrag', en: 'lowest contribution' },
  exempt: { nl: 'geen bijdrage', fr: 'aucune cotisation', de: 'kein Beitrag', en: 'no contribution' },
  normal: {
    nl: 'gewone tegemoetkoming',
    fr: 'intervention ordinaire',
    de: 'normale Beteiligung',
    en: 'ordinary intervention',
  },
  preferential: {
    nl: 'verhoogde tegemoetkoming',
    fr: 'intervention majorée',
    de: 'erhöhte Beteiligung',
    en: 'increased intervention',
  },
  normalGmd: {
    nl: 'gewone tegemoetkoming, met globaal medisch dossier',
    fr: 'intervention ordinaire, avec dossier médical global',
    de: 'normale Beteiligung, mit globaler medizinischer Akte',
    en: 'ordinary intervention, with a global medical file',
  },
  preferentialGmd: {
    nl: 'verhoogde tegemoetkoming, met globaal medisch dossier',
    fr: 'intervention majorée, avec dossier médical global',
    de: 'erhöhte Beteiligung, mit globaler medizinischer Akte',
    en: 'increased intervention, with a global medical file',
  },
  true: yesWord,
  false: noWord,
}

export const unknownWord: LocalizedText = { nl: 'onbekend', fr: 'inconnu', de: 'unbekannt', en: 'unknown' }
