import { defineRejections } from '@ziv/kernel'

/** Refusals of files of members and of their lines. */
export const importRejections = defineRejections({
  rowDiffers: {
    status: 409,
    nl: 'Deze regel werd al ingevoerd met een andere inhoud: de eerste inhoud geldt. Verbeter hem met de routes voor verbetering.',
    fr: 'Cette ligne a déjà été importée avec un autre contenu : le premier contenu vaut. Corrigez-le par les routes de correction.',
    de: 'Diese Zeile wurde bereits mit anderem Inhalt eingeführt: der erste Inhalt gilt. Berichtigen Sie ihn über die Routen für Berichtigungen.',
    en: 'This row was imported before with other content: the first content holds. Put it right with the routes of corrections.',
  },
  importLineInvalid: {
    status: 400,
    nl: 'De regel is geen geldige JSON van een lid: {reason}. Verbeter de regel en stuur het bestand opnieuw.',
    fr: 'La ligne n’est pas le JSON valable d’un membre : {reason}. Corrigez la ligne et renvoyez le fichier.',
    de: 'Die Zeile ist kein gültiges JSON eines Mitglieds: {reason}. Berichtigen Sie die Zeile und senden Sie die Datei erneut.',
    en: 'The line is no valid JSON of a member: {reason}. Correct the line and send the file again.',
  },
  importLineFailed: {
    status: 422,
    nl: 'De regel kon door een fout van het programma niet worden ingevoerd en werd weggelaten: meld het en stuur het bestand daarna opnieuw.',
    fr: 'La ligne n’a pas pu être importée à cause d’une erreur du programme et a été omise : signalez-le, puis renvoyez le fichier.',
    de: 'Die Zeile konnte wegen eines Programmfehlers nicht eingeführt werden und wurde ausgelassen: melden Sie es und senden Sie die Datei danach erneut.',
    en: 'The line could not be imported because of a fault of the program and was left out: report it, then send the file again.',
  },
  importNotUtf8: {
    status: 400,
    nl: 'regel {line} bevat een byte die geen UTF-8 is: bewaar het bestand als UTF-8 en stuur het opnieuw',
    fr: 'la ligne {line} contient un octet qui n’est pas de l’UTF-8 : enregistrez le fichier en UTF-8 et renvoyez-le',
    de: 'Zeile {line} enthält ein Byte, das kein UTF-8 ist: speichern Sie die Datei als UTF-8 und senden Sie sie erneut',
    en: 'line {line} has a byte that is not UTF-8: save the file as UTF-8 and send it again',
  },
  importEmpty: {
    status: 400,
    nl: 'het bestand is leeg: stuur één JSON-object per lid, elk op een eigen regel',
    fr: 'le fichier est vide : envoyez un objet JSON par membre, chacun sur sa ligne',
    de: 'die Datei ist leer: senden Sie ein JSON-Objekt je Mitglied, jedes auf einer eigenen Zeile',
    en: 'the file is empty: send one JSON object per member, each on a line of its own',
  },
})
