import type { Words } from '@ziv/kernel'

/** Words for what is wrong with a file of lines as such, or with a line that says nothing: the same for every kind. */
export const lineTexts = {
  notUtf8: (line: number): Words => ({
    nl: `regel ${line} bevat een byte die geen UTF-8 is: bewaar het bestand als UTF-8 en stuur het opnieuw`,
    fr: `la ligne ${line} contient un octet qui n’est pas de l’UTF-8 : enregistrez le fichier en UTF-8 et renvoyez-le`,
    de: `Zeile ${line} enthält ein Byte, das kein UTF-8 ist: speichern Sie die Datei als UTF-8 und senden Sie sie erneut`,
    en: `line ${line} has a byte that is not UTF-8: save the file as UTF-8 and send it again`,
  }),
  empty: {
    nl: 'het bestand is leeg: stuur één JSON-object per regel',
    fr: 'le fichier est vide : envoyez un objet JSON par ligne',
    de: 'die Datei ist leer: senden Sie ein JSON-Objekt je Zeile',
    en: 'the file is empty: send one JSON object per line',
  },
  invalid: (reason: Words): Words => ({
    nl: `De regel kan niet gebruikt worden: ${reason.nl}. Verbeter de regel en stuur het bestand opnieuw.`,
    fr: `La ligne ne peut pas être utilisée : ${reason.fr}. Corrigez la ligne et renvoyez le fichier.`,
    de: `Die Zeile kann nicht verwendet werden: ${reason.de}. Berichtigen Sie die Zeile und senden Sie die Datei erneut.`,
    en: `The line cannot be used: ${reason.en}. Correct the line and send the file again.`,
  }),
  failed: {
    nl: 'De regel kon door een fout van het programma niet worden verwerkt en werd weggelaten: meld het en stuur het bestand daarna opnieuw.',
    fr: 'La ligne n’a pas pu être traitée à cause d’une erreur du programme et a été omise : signalez-le, puis renvoyez le fichier.',
    de: 'Die Zeile konnte wegen eines Programmfehlers nicht verarbeitet werden und wurde ausgelassen: melden Sie es und senden Sie die Datei danach erneut.',
    en: 'The line could not be worked on because of a fault of the program and was left out: report it, then send the file again.',
  },
} as const

export const tooLong: Words = {
  nl: 'ze is langer dan 16 384 bytes',
  fr: 'elle dépasse 16 384 octets',
  de: 'sie ist länger als 16 384 Bytes',
  en: 'it is longer than 16,384 bytes',
}
