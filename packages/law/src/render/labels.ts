import { loadCapacities } from '../capacities/load.ts'
import type { LocalizedText } from '../types.ts'

/** Words for coded values in sentences; those of capacities stand in their files. */
export const labels: Readonly<Record<string, LocalizedText>> = {
  ...Object.fromEntries(loadCapacities().all.map(({ code, labels }) => [code, labels])),
  doctor: { nl: 'arts', fr: 'médecin', de: 'Arzt', en: 'doctor' },
  dentist: { nl: 'tandarts', fr: 'dentiste', de: 'Zahnarzt', en: 'dentist' },
  physiotherapist: { nl: 'kinesitherapeut', fr: 'kinésithérapeute', de: 'Kinesiotherapeut', en: 'physiotherapist' },
  nurse: { nl: 'verpleegkundige', fr: 'infirmier', de: 'Pflegekraft', en: 'nurse' },
  other: { nl: 'andere', fr: 'autre', de: 'andere', en: 'other' },
  true: { nl: 'ja', fr: 'oui', de: 'ja', en: 'yes' },
  false: { nl: 'nee', fr: 'non', de: 'nein', en: 'no' },
}

export const unknownWord: LocalizedText = { nl: 'onbekend', fr: 'inconnu', de: 'unbekannt', en: 'unknown' }
