import { defineRejections } from '@ziv/kernel'

/** Refusals about the number of a person, and the birth and sex that go with it. */
export const identityRejections = defineRejections({
  inszAlreadyRegistered: {
    status: 409,
    nl: 'Een persoon met dit INSZ bestaat al; zoek hem met POST /persons/query.',
    fr: 'Une personne avec ce NISS existe déjà ; cherchez-la par POST /persons/query.',
    de: 'Eine Person mit dieser ENSS besteht bereits; suchen Sie sie mit POST /persons/query.',
    en: 'A person with this INSZ exists already; find the person with POST /persons/query.',
  },
  inszInvalid: {
    status: 400,
    nl: 'Het INSZ is niet geldig: {reason}.',
    fr: 'Le NISS n’est pas valable : {reason}.',
    de: 'Die ENSS ist ungültig: {reason}.',
    en: 'The INSZ is not valid: {reason}.',
  },
  birthDateMissing: {
    status: 400,
    nl: 'Het INSZ zegt de geboortedatum niet: geef die apart op.',
    fr: 'Le NISS ne donne pas la date de naissance : indiquez-la à part.',
    de: 'Die ENSS nennt das Geburtsdatum nicht: geben Sie es gesondert an.',
    en: 'The INSZ does not tell the date of birth: give it apart.',
  },
  identityDisagrees: {
    status: 422,
    nl: '{field} is {given}, het INSZ zegt {stated}: kijk het nummer na, of laat {field} weg.',
    fr: '{field} est {given}, le NISS dit {stated} : vérifiez le numéro, ou omettez {field}.',
    de: '{field} ist {given}, die ENSS sagt {stated}: prüfen Sie die Nummer oder lassen Sie {field} weg.',
    en: '{field} is {given}, the INSZ says {stated}: check the number, or leave {field} out.',
  },
  correctionDisagreesWithNumber: {
    status: 422,
    nl: '{field} zou {given} worden, het INSZ van de persoon zegt {stated}. Kijk de verbetering na; is het INSZ verkeerd, vervang dan het nummer van de persoon: {field} volgt het nieuwe nummer.',
    fr: '{field} deviendrait {given}, le NISS de la personne dit {stated}. Vérifiez la correction ; si le NISS est faux, remplacez le numéro de la personne : {field} suit le nouveau numéro.',
    de: '{field} würde {given}, die ENSS der Person sagt {stated}. Prüfen Sie die Berichtigung; ist die ENSS falsch, ersetzen Sie die Nummer der Person: {field} folgt der neuen Nummer.',
    en: '{field} would become {given}, the INSZ of the person says {stated}. Check the correction; when the INSZ is wrong, replace the number of the person: {field} follows the new number.',
  },
  identifierNotCurrent: {
    status: 409,
    nl: 'Het oude INSZ is niet het huidige nummer van deze persoon. Kijk het oude nummer na; misschien werd het al vervangen.',
    fr: 'L’ancien NISS n’est pas le numéro actuel de cette personne. Vérifiez l’ancien numéro ; il est peut-être déjà remplacé.',
    de: 'Die alte ENSS ist nicht die aktuelle Nummer dieser Person. Prüfen Sie die alte Nummer; vielleicht wurde sie schon ersetzt.',
    en: 'The previous INSZ is not the current number of this person. Check the previous number; it may have been replaced already.',
  },
  identifierUnchanged: {
    status: 422,
    nl: 'Het nieuwe INSZ is hetzelfde als het oude. Geef het nummer dat in de plaats komt.',
    fr: 'Le nouveau NISS est identique à l’ancien. Indiquez le numéro qui le remplace.',
    de: 'Die neue ENSS ist gleich der alten. Geben Sie die Nummer an, die an ihre Stelle tritt.',
    en: 'The new INSZ is the same as the previous one. Give the number that takes its place.',
  },
})
