import { formatMonth, type Language, type Words } from '@ziv/kernel'
import type { BookingSubject } from './ledger.ts'

/** Who paid, with the preposition that each language wants. */
const payers: Readonly<Record<string, Words>> = {
  rsz: { nl: 'van de RSZ', fr: "de l'ONSS", de: 'vom LSS', en: 'from the RSZ' },
  selfEmployedFunds: {
    nl: 'van de sociaal verzekeringsfondsen voor zelfstandigen',
    fr: "des caisses d'assurances sociales pour indépendants",
    de: 'von den Sozialversicherungskassen für Selbstständige',
    en: 'from the social insurance funds of the self-employed',
  },
  state: { nl: 'van de Staat', fr: "de l'État", de: 'vom Staat', en: 'from the State' },
  other: {
    nl: 'van een andere bron',
    fr: "d'une autre source",
    de: 'aus einer anderen Quelle',
    en: 'from another source',
  },
}

const sentences: Readonly<Record<BookingSubject, (what: string) => Words>> = {
  receipt: (source) => {
    const payer = payers[source]!
    return {
      nl: `Ontvangst ${payer.nl}`,
      fr: `Recette ${payer.fr}`,
      de: `Eingang ${payer.de}`,
      en: `Receipt ${payer.en}`,
    }
  },
  advances: (month) => ({
    nl: `Voorschotten voor ${formatMonth(month, 'nl')}`,
    fr: `Avances pour ${formatMonth(month, 'fr')}`,
    de: `Vorschüsse für ${formatMonth(month, 'de')}`,
    en: `Advances for ${formatMonth(month, 'en')}`,
  }),
  settlement: (year) => ({
    nl: `Afrekening van ${year}`,
    fr: `Décompte de ${year}`,
    de: `Abrechnung von ${year}`,
    en: `Settlement of ${year}`,
  }),
}

/** What a booking is about, for people: `advances:2024-03` is `Voorschotten voor maart 2024` in nl. */
export function bookingInWords(subject: string, language: Language): string {
  const [about, what = ''] = subject.split(':')
  return sentences[about as BookingSubject](what)[language]
}
