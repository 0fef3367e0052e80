import type { IssuePlace } from '../issue.ts'
import { Unreadable } from '../unreadable.ts'

/** Elements in each other, at most. */
export const maxDepth = 32

export function emptyFile(): Unreadable {
  return new Unreadable(
    'EMPTY',
    { nl: 'Het bestand is leeg.', fr: 'Le fichier est vide.' },
    { line: 1, column: 1 },
    '134',
  )
}

export function notXml(place: IssuePlace): Unreadable {
  return new Unreadable('NOT-XML', { nl: 'Dit is geen XML-bestand.', fr: "Ce n'est pas un fichier XML." }, place, '102')
}

export function cutOff(place: IssuePlace): Unreadable {
  return new Unreadable(
    'CUT-OFF',
    {
      nl: `Het bestand stopt te vroeg, op regel ${place.line}: het einde ontbreekt. Zend het volledige bestand.`,
      fr: `Le fichier s'arrête trop tôt, à la ligne ${place.line} : la fin manque. Envoyez le fichier complet.`,
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
    },
    place,
    '184',
  )
}
