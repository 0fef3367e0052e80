import { type ErrorLetter, formControl } from '@ziv/formats'
import type { Words } from '@ziv/kernel'
import type { Case } from './case.ts'

/** What a rule on the zones of an invoice found; the values themselves stand in the list of the file. */
const says: Readonly<Record<string, Words>> = {
  date: {
    nl: 'De zone "{zone}" van de factuur is geen bestaande datum.',
    fr: "La zone « {zone} » de la facture n'est pas une date existante.",
    de: 'Die Zone „{zone}“ der Rechnung ist kein bestehendes Datum.',
    en: 'Zone "{zone}" of the invoice is not an existing date.',
  },
  domain: {
    nl: 'De zone "{zone}" van de factuur heeft een waarde die niet bestaat.',
    fr: "La zone « {zone} » de la facture a une valeur qui n'existe pas.",
    de: 'Die Zone „{zone}“ der Rechnung hat einen Wert, den es nicht gibt.',
    en: 'Zone "{zone}" of the invoice has a value that does not exist.',
  },
  future: {
    nl: 'De zone "{zone}" van de factuur ligt in de toekomst.',
    fr: 'La zone « {zone} » de la facture se situe dans le futur.',
    de: 'Die Zone „{zone}“ der Rechnung liegt in der Zukunft.',
    en: 'Zone "{zone}" of the invoice lies in the future.',
  },
  period: {
    nl: 'De zone "{zone}" van de factuur ligt voor de eerste dag van de zorg.',
    fr: 'La zone « {zone} » de la facture précède le premier jour des soins.',
    de: 'Die Zone „{zone}“ der Rechnung liegt vor dem ersten Tag der Pflege.',
    en: 'Zone "{zone}" of the invoice lies before the first day of the care.',
  },
  inszCheck: {
    nl: 'De zone "{zone}" van de factuur is een INSZ met een verkeerd controlegetal.',
    fr: 'La zone « {zone} » de la facture est un NISS dont le nombre de contrôle est erroné.',
    de: 'Die Zone „{zone}“ der Rechnung ist eine ENSS-Nummer mit falscher Kontrollzahl.',
    en: 'Zone "{zone}" of the invoice is an INSZ with wrong check digits.',
  },
  codeCheck: {
    nl: 'Het laatste cijfer in de zone "{zone}" van de factuur klopt niet met de cijfers ervoor.',
    fr: 'Le dernier chiffre de la zone « {zone} » de la facture ne correspond pas aux précédents.',
    de: 'Die letzte Ziffer der Zone „{zone}“ der Rechnung passt nicht zu den Ziffern davor.',
    en: 'The last digit of zone "{zone}" of the invoice does not fit the digits before it.',
  },
  same: {
    nl: 'De zone "{zone}" verschilt van die in een eerder record van dezelfde factuur.',
    fr: "La zone « {zone} » diffère de celle d'un enregistrement précédent de la même facture.",
    de: 'Die Zone „{zone}“ weicht von der in einem früheren Satz derselben Rechnung ab.',
    en: 'Zone "{zone}" differs from the one in an earlier record of the same invoice.',
  },
  sum: {
    nl: 'De zone "{zone}" aan het einde van de factuur is niet de som van haar lijnen.',
    fr: "La zone « {zone} » à la fin de la facture n'est pas la somme de ses lignes.",
    de: 'Die Zone „{zone}“ am Ende der Rechnung ist nicht die Summe ihrer Zeilen.',
    en: 'Zone "{zone}" at the end of the invoice is not the sum of its lines.',
  },
}

const corrected: Words = {
  nl: 'Verbeter de zone "{zone}" en {again}.',
  fr: 'Corrigez la zone « {zone} » et {again}.',
  de: 'Berichtigen Sie die Zone „{zone}“ und {again}.',
  en: 'Correct zone "{zone}" and {again}.',
}

/** What the reading of a file found on an invoice or a line, by its official code; undefined where the reading has no such code. */
export function caseOfForm(code: string): (Case & { readonly letter: ErrorLetter; readonly zone: Words }) | undefined {
  const control = formControl(code)
  if (control === undefined) return undefined
  const text = says[control.rule]
  if (text === undefined) throw new RangeError(`What the reading found has no words here: ${code}, ${control.rule}`)
  const { letter, rule, zone } = control
  return { rule: `form.${rule}`, says: text, kind: 'sendAgain', flip: corrected, letter, zone }
}
