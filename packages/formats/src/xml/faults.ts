import type { IssuePlace } from '../issue.ts'
import { Unreadable } from '../unreadable.ts'

/** Elements in each other, at most. */
export const maxDepth = 32

export function emptyFile(): Unreadable {
  return new Unreadable(
    'EMPTY',
    { nl: 'Het bestand is leeg.', fr: 'Le fichier est vide.', de: 'Die Datei ist leer.', en: 'The file is empty.' },
    { line: 1, column: 1 },
    '134',
  )
}

export function notXml(place: IssuePlace): Unreadable {
  return new Unreadable(
    'NOT-XML',
    {
      nl: 'Dit is geen XML-bestand.',
      fr: "Ce n'est pas un fichier XML.",
      de: 'Dies ist keine XML-Datei.',
      en: 'This is not an XML file.',
    },
    place,
    '102',
  )
}

export function cutOff(place: IssuePlace): Unreadable {
  return new Unreadable(
    'CUT-OFF',
    {
      nl: `Het bestand stopt te vroeg, op regel ${place.line}: het einde ontbreekt. Zend het volledige bestand.`,
      fr: `Le fichier s'arrête trop tôt, à la ligne ${place.line} : la fin manque. Envoyez le fichier complet.`,
      de: `Die Datei endet zu früh, in Zeile ${place.line}: das Ende fehlt. Senden Sie die vollständige Datei.`,
      en: `The file stops too early, on line ${place.line}: its end is missing. Send the whole file.`,
    },
    place,
    '102',
  )
}

export function tooDeep(place: IssuePlace): Unreadable {
  return new Unreadable(
    'TOO-DEEP',
    {
      nl: `Er zitten meer dan ${maxDepth} elementen in elkaar; een echte aangifte heeft er hoogstens tien.`,
      fr: `Plus de ${maxDepth} éléments sont imbriqués ; une vraie déclaration en a dix au plus.`,
      de: `Mehr als ${maxDepth} Elemente sind ineinander verschachtelt; eine echte Meldung hat höchstens zehn.`,
      en: `More than ${maxDepth} elements are nested; a real declaration has ten at most.`,
    },
    place,
    '184',
  )
}

export function tooLong(place: IssuePlace): Unreadable {
  return new Unreadable(
    'TOO-LONG',
    {
      nl: `Rond regel ${place.line} staat een element, tekst of commentaar dat buitensporig lang is.`,
      fr: `Aux environs de la ligne ${place.line}, un élément, un texte ou un commentaire est démesurément long.`,
      de: `Um Zeile ${place.line} steht ein Element, Text oder Kommentar von übermäßiger Länge.`,
      en: `Around line ${place.line} there is an element, text or comment of excessive length.`,
    },
    place,
    '184',
  )
}
