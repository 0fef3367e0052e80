import { defineRejections, type Words } from '@ziv/kernel'

/** Refusals of the landsbond service. */
export const rejections = defineRejections({
  monthNotOver: {
    status: 409,
    nl: 'De maand {month} is niet voorbij: de aangifte kan vanaf de laatste dag, {lastDay}.',
    fr: 'Le mois {month} n’est pas terminé : la déclaration est possible dès le dernier jour, {lastDay}.',
    de: 'Der Monat {month} ist nicht vorbei: die Meldung ist ab dem letzten Tag, {lastDay}, möglich.',
    en: 'The month {month} is not over: the return can be made from its last day, {lastDay}.',
  },
  returnAwaitsDecision: {
    status: 409,
    nl: 'Aangifte {returnId} wacht nog op de landsbond: een nieuwe kan nadat ze is aanvaard of geweigerd.',
    fr: "La déclaration {returnId} attend encore l'union nationale: une nouvelle est possible après sa décision.",
    de: 'Die Meldung {returnId} wartet noch auf den Landesbund: eine neue ist nach dessen Entscheidung möglich.',
    en: 'Return {returnId} still waits for the landsbond: a new one is possible after it was accepted or refused.',
  },
  returnUnchanged: {
    status: 409,
    nl: 'De cijfers zijn dezelfde als in de aanvaarde aangifte {returnId}: er is niets te verbeteren.',
    fr: "Les chiffres sont ceux de la déclaration acceptée {returnId}: il n'y a rien à corriger.",
    de: 'Die Zahlen sind dieselben wie in der angenommenen Meldung {returnId}: es gibt nichts zu berichtigen.',
    en: 'The figures are those of the accepted return {returnId}: there is nothing to correct.',
  },
  messagesStandStill: {
    status: 409,
    nl: '{count} berichten van deze verzekeringsinstelling staan stil: laat ze eerst nakijken en vrijgeven.',
    fr: "{count} messages de cet organisme assureur sont arrêtés: faites-les d'abord vérifier et libérer.",
    de: '{count} Nachrichten dieses Versicherungsträgers stehen still: lassen Sie sie zuerst prüfen und freigeben.',
    en: '{count} messages of this insurer stand still: have them looked at and released first.',
  },
  returnAlreadyDecided: {
    status: 409,
    nl: 'Over deze aangifte is al beslist ({state}): dien een nieuwe in om de cijfers te veranderen.',
    fr: 'Cette déclaration a déjà reçu une décision ({state}): introduisez-en une nouvelle pour changer les chiffres.',
    de: 'Über diese Meldung ist schon entschieden ({state}): reichen Sie eine neue ein, um die Zahlen zu ändern.',
    en: 'This return was decided on already ({state}): submit a new one to change the figures.',
  },
  returnReplaced: {
    status: 409,
    nl: 'Aangifte {returnId} is vervangen door een latere van dezelfde maand: beslis over die.',
    fr: 'La déclaration {returnId} est remplacée par une plus récente du même mois: décidez sur celle-là.',
    de: 'Die Meldung {returnId} ist durch eine spätere desselben Monats ersetzt: entscheiden Sie über jene.',
    en: 'Return {returnId} was replaced by a later one about the same month: decide on that one.',
  },
  ziekenfondsUnknown: {
    status: 422,
    nl: 'Ziekenfonds {ziekenfonds} bestond niet op {day} bij een verzekeringsinstelling die hier wordt beheerd. Kijk het nummer en de dag na.',
    fr: "La mutualité {ziekenfonds} n'existait pas le {day} auprès d'un organisme assureur géré ici. Vérifiez le numéro et le jour.",
    de: 'Die Krankenkasse {ziekenfonds} bestand am {day} nicht bei einem hier verwalteten Versicherungsträger. Prüfen Sie die Nummer und den Tag.',
    en: 'Ziekenfonds {ziekenfonds} did not exist on {day} with an insurer that is kept here. Check the number and the day.',
  },
})
export type RejectionCode = keyof typeof rejections

/** What people read for the decision that was taken on a return. */
export const decidedWords: Readonly<Record<string, Words>> = {
  accepted: { nl: 'aanvaard', fr: 'acceptée', de: 'angenommen', en: 'accepted' },
  refused: { nl: 'geweigerd', fr: 'refusée', de: 'abgelehnt', en: 'refused' },
}
