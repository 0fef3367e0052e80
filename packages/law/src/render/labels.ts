import type { LocalizedText } from '../types.ts'

/** Words for coded values in sentences. */
export const labels: Readonly<Record<string, LocalizedText>> = {
  EMPLOYEE: { nl: 'werknemer', fr: 'travailleur salarié', de: 'Arbeitnehmer', en: 'employee' },
  SELF_EMPLOYED: {
    nl: 'zelfstandige',
    fr: 'travailleur indépendant',
    de: 'Selbstständiger',
    en: 'self-employed person',
  },
  STUDENT: { nl: 'student', fr: 'étudiant', de: 'Studierender', en: 'student' },
  RESIDENT: { nl: 'verblijvende', fr: 'résident', de: 'Gebietsansässiger', en: 'resident' },
  UNACCOMPANIED_MINOR: {
    nl: 'niet-begeleide minderjarige',
    fr: 'mineur non accompagné',
    de: 'unbegleiteter Minderjähriger',
    en: 'unaccompanied minor',
  },
  DEPENDANT_CHILD: { nl: 'kind ten laste', fr: 'enfant à charge', de: 'Kind zu Lasten', en: 'dependent child' },
  DEPENDANT_SPOUSE: {
    nl: 'echtgenoot ten laste',
    fr: 'conjoint à charge',
    de: 'Ehepartner zu Lasten',
    en: 'dependent spouse',
  },
  DEPENDANT_COHABITANT: {
    nl: 'samenwonende ten laste',
    fr: 'cohabitant à charge',
    de: 'Zusammenwohnender zu Lasten',
    en: 'dependent cohabitant',
  },
  DEPENDANT_ASCENDANT: {
    nl: 'ascendent ten laste',
    fr: 'ascendant à charge',
    de: 'Vorfahre zu Lasten',
    en: 'dependent ascendant',
  },
  doctor: { nl: 'arts', fr: 'médecin', de: 'Arzt', en: 'doctor' },
  dentist: { nl: 'tandarts', fr: 'dentiste', de: 'Zahnarzt', en: 'dentist' },
  physiotherapist: { nl: 'kinesitherapeut', fr: 'kinésithérapeute', de: 'Kinesiotherapeut', en: 'physiotherapist' },
  nurse: { nl: 'verpleegkundige', fr: 'infirmier', de: 'Pflegekraft', en: 'nurse' },
  other: { nl: 'andere', fr: 'autre', de: 'andere', en: 'other' },
  true: { nl: 'ja', fr: 'oui', de: 'ja', en: 'yes' },
  false: { nl: 'nee', fr: 'non', de: 'nein', en: 'no' },
}

export const unknownWord: LocalizedText = { nl: 'onbekend', fr: 'inconnu', de: 'unbekannt', en: 'unknown' }
