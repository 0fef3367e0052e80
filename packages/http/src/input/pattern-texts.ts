import type { Texts } from '../language.ts'

interface Form {
  /** Taken by the patterns of this form, and by no others of those below. */
  readonly taken: string
  readonly refused: string
  readonly texts: Texts
}

/** What the patterns of our inputs ask for. A form is known by what it takes and what not: several packages write the same one down. */
const forms: readonly Form[] = [
  {
    ...{ taken: '2026Q1', refused: '2026Q5' },
    texts: {
      nl: 'geen kwartaal: schrijf een jaar van 1945 tot 2199, Q en 1 tot 4, zoals 2026Q1',
      fr: "n'est pas un trimestre: écrivez une année de 1945 à 2199, Q et 1 à 4, comme 2026Q1",
      de: 'kein Quartal: schreiben Sie ein Jahr von 1945 bis 2199, Q und 1 bis 4, wie 2026Q1',
      en: 'no quarter: write a year from 1945 to 2199, Q and 1 to 4, as in 2026Q1',
    },
  },
  {
    ...{ taken: '2024-03', refused: '2024-13' },
    texts: {
      nl: 'geen maand: schrijf een jaar van 1945 tot 2199 en de maand in twee cijfers, zoals 2024-03',
      fr: "n'est pas un mois: écrivez une année de 1945 à 2199 et le mois en deux chiffres, comme 2024-03",
      de: 'kein Monat: schreiben Sie ein Jahr von 1945 bis 2199 und den Monat in zwei Ziffern, wie 2024-03',
      en: 'no month: write a year from 1945 to 2199 and the month in two digits, as in 2024-03',
    },
  },
  {
    ...{ taken: '2024-2025', refused: '2024' },
    texts: {
      nl: 'geen schooljaar: schrijf beide jaren, zoals 2024-2025',
      fr: "n'est pas une année scolaire: écrivez les deux années, comme 2024-2025",
      de: 'kein Schuljahr: schreiben Sie beide Jahre, wie 2024-2025',
      en: 'no school year: write both years, as in 2024-2025',
    },
  },
  {
    ...{ taken: '306', refused: '3060' },
    texts: {
      nl: 'geen nummer van een ziekenfonds: schrijf de drie cijfers, zoals 306',
      fr: "n'est pas un numéro de mutualité: écrivez les trois chiffres, comme 306",
      de: 'keine Nummer einer Krankenkasse: schreiben Sie die drei Ziffern, wie 306',
      en: 'no number of a ziekenfonds: write the three digits, as in 306',
    },
  },
]

/** What is wrong with an input of which nothing more exact can be said. */
export const otherForm: Texts = {
  nl: 'niet in de gevraagde vorm: zie de beschrijving en het voorbeeld van dit veld in /doc',
  fr: "n'a pas la forme demandée: voyez la description et l'exemple de ce champ dans /doc",
  de: 'nicht in der verlangten Form: siehe die Beschreibung und das Beispiel dieses Feldes in /doc',
  en: 'not in the form asked for: see the description and the example of this field in /doc',
}

const known = new Map<string, Texts>()

/** What is asked for by a pattern that refused an input, written as a literal between slashes. */
export function patternTexts(pattern: string | undefined): Texts {
  const [, source, flags] = /^\/(.*)\/([a-z]*)$/s.exec(pattern ?? '') ?? []
  if (pattern === undefined || source === undefined) return otherForm
  const before = known.get(pattern)
  if (before !== undefined) return before
  const asked = new RegExp(source, flags)
  const found = forms.filter(({ taken, refused }) => asked.test(taken) && !asked.test(refused))
  // a pattern that takes several of them asks for none
  const texts = found.length === 1 ? (found[0] as Form).texts : otherForm
  known.set(pattern, texts)
  return texts
}
