import { defineRejections } from '@ziv/kernel'

/** Refusals of the RIZIV service. */
export const rejections = defineRejections({
  budgetMissing: {
    status: 409,
    law: 'ZIV-wet art. 196-202',
    nl: 'Voor {year} is nog geen begrotingsdoelstelling vastgelegd: leg ze eerst vast met POST /budgets.',
    fr: "Aucun objectif budgétaire n'est fixé pour {year}: fixez-le d'abord par POST /budgets.",
    de: 'Für {year} ist noch kein Haushaltsziel festgelegt: legen Sie es zuerst mit POST /budgets fest.',
    en: 'No budget objective is set for {year} yet: set it first with POST /budgets.',
  },
  receiptsNotEnough: {
    status: 409,
    nl: 'Er is {availableCents} eurocent beschikbaar en {neededCents} nodig: boek eerst de ontvangsten.',
    fr: '{availableCents} cents sont disponibles et {neededCents} nécessaires: enregistrez d’abord les recettes.',
    de: '{availableCents} Cent sind verfügbar und {neededCents} nötig: buchen Sie zuerst die Eingänge.',
    en: '{availableCents} cents are available and {neededCents} are needed: book the receipts first.',
  },
  yearNotOver: {
    status: 409,
    nl: 'Het jaar {year} is nog niet voorbij: het kan vanaf 1 januari erna worden afgerekend.',
    fr: "L'année {year} n'est pas terminée: elle peut être clôturée à partir du 1er janvier suivant.",
    de: 'Das Jahr {year} ist noch nicht vorbei: es kann ab dem folgenden 1. Januar abgerechnet werden.',
    en: 'The year {year} is not over: it can be settled from the next 1 January on.',
  },
  budgetDiffers: {
    status: 409,
    nl: 'Voor {year} is een andere begrotingsdoelstelling vastgelegd en er zijn al voorschotten op betaald.',
    fr: 'Un autre objectif budgétaire est fixé pour {year} et des avances ont déjà été payées.',
    de: 'Für {year} ist ein anderes Haushaltsziel festgelegt, und es wurden bereits Vorschüsse gezahlt.',
    en: 'Another budget objective is set for {year} and advances were already paid on it.',
  },
  receiptDiffers: {
    status: 409,
    nl: 'Onder deze referentie zijn op {receivedOn} al {amountCents} eurocent geboekt: geef een andere betaling een eigen referentie.',
    fr: 'Sous cette référence, {amountCents} cents sont déjà enregistrés au {receivedOn}: donnez à un autre paiement sa propre référence.',
    de: 'Unter dieser Referenz sind zum {receivedOn} bereits {amountCents} Cent gebucht: geben Sie einer anderen Zahlung eine eigene Referenz.',
    en: 'Under this reference {amountCents} cents are already booked on {receivedOn}: give another payment a reference of its own.',
  },
  receivedInFuture: {
    status: 422,
    nl: 'De dag van ontvangst {receivedOn} ligt in de toekomst: boek het geld wanneer het er is.',
    fr: "Le jour de réception {receivedOn} est dans le futur: enregistrez l'argent quand il est arrivé.",
    de: 'Der Tag des Eingangs {receivedOn} liegt in der Zukunft: buchen Sie das Geld, wenn es da ist.',
    en: 'The day of receipt {receivedOn} lies in the future: book the money when it is there.',
  },
})
