import type { Confidence, LocalizedText } from '../types.ts'

/** Fixed sentences of the decision letter. */
export const letterTexts = {
  title: { nl: 'Beslissing', fr: 'Décision', de: 'Entscheidung', en: 'Decision' },
  date: { nl: 'Datum', fr: 'Date', de: 'Datum', en: 'Date' },
  reference: { nl: 'Kenmerk', fr: 'Référence', de: 'Aktenzeichen', en: 'Reference' },
  granted: { nl: 'Toegekend', fr: 'Accordé', de: 'Bewilligt', en: 'Granted' },
  refused: { nl: 'Geweigerd', fr: 'Refusé', de: 'Abgelehnt', en: 'Refused' },
  grounds: { nl: 'Redenen', fr: 'Motifs', de: 'Gründe', en: 'Grounds' },
  repairs: {
    nl: 'Wat u kunt doen',
    fr: 'Ce que vous pouvez faire',
    de: 'Was Sie tun können',
    en: 'What you can do',
  },
  values: { nl: 'Gebruikte waarden', fr: 'Valeurs utilisées', de: 'Verwendete Werte', en: 'Values used' },
  unconfirmed: {
    nl: 'Deze beslissing steunt op waarden die nog niet bevestigd zijn.',
    fr: 'Cette décision repose sur des valeurs qui ne sont pas encore confirmées.',
    de: 'Diese Entscheidung beruht auf Werten, die noch nicht bestätigt sind.',
    en: 'This decision rests on values that are not confirmed yet.',
  },
  appealTitle: { nl: 'Beroep', fr: 'Recours', de: 'Rechtsmittel', en: 'Appeal' },
  appeal: {
    nl: 'U kunt deze beslissing binnen {months} maanden na de kennisgeving betwisten bij de arbeidsrechtbank van uw woonplaats (Handvest van de sociaal verzekerde, wet van 11 april 1995). Een verzoekschrift bij de griffie volstaat.',
    fr: "Vous pouvez contester cette décision dans les {months} mois de sa notification devant le tribunal du travail de votre domicile (Charte de l'assuré social, loi du 11 avril 1995). Une requête au greffe suffit.",
    de: 'Sie können diese Entscheidung binnen {months} Monaten nach der Zustellung vor dem Arbeitsgericht Ihres Wohnsitzes anfechten (Charta der Sozialversicherten, Gesetz vom 11. April 1995). Ein Antrag bei der Kanzlei genügt.',
    en: 'You can contest this decision within {months} months of its notification before the labour court of your place of residence (Charter of the socially insured, law of 11 April 1995). A petition at the registry is enough.',
  },
  appealNote: {
    nl: '[Beroepstermijn: waarde met betrouwbaarheid "{confidence}".]',
    fr: '[Délai de recours: valeur de fiabilité "{confidence}".]',
    de: '[Rechtsmittelfrist: Wert mit Verlässlichkeit "{confidence}".]',
    en: '[Term of appeal: value of confidence "{confidence}".]',
  },
} as const satisfies Record<string, LocalizedText>

export const confidenceWords: Readonly<Record<Confidence, LocalizedText>> = {
  verified: { nl: 'nagekeken', fr: 'vérifié', de: 'geprüft', en: 'verified' },
  secondary: { nl: 'uit tweede hand', fr: 'source secondaire', de: 'aus zweiter Hand', en: 'secondary' },
  derived: { nl: 'afgeleid', fr: 'dérivé', de: 'abgeleitet', en: 'derived' },
  assumed: { nl: 'aangenomen', fr: 'supposé', de: 'angenommen', en: 'assumed' },
}
