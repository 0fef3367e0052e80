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
    nl: 'Er is {availableCents} beschikbaar en {neededCents} nodig: boek eerst de ontvangsten.',
    fr: '{availableCents} sont disponibles et {neededCents} nécessaires: enregistrez d’abord les recettes.',
    de: '{availableCents} sind verfügbar und {neededCents} nötig: buchen Sie zuerst die Eingänge.',
    en: '{availableCents} is available and {neededCents} is needed: book the receipts first.',
  },
  monthNotBegun: {
    status: 409,
    law: 'ZIV-wet art. 202',
    nl: 'De maand {month} is nog niet begonnen: haar voorschotten kunnen vanaf {begins} betaald worden.',
    fr: "Le mois {month} n'a pas encore commencé: ses avances peuvent être payées à partir du {begins}.",
    de: 'Der Monat {month} hat noch nicht begonnen: seine Vorschüsse können ab {begins} gezahlt werden.',
    en: 'The month {month} has not begun: its advances can be paid from {begins} on.',
  },
  yearSettled: {
    status: 409,
    law: 'ZIV-wet art. 202',
    nl: 'Het jaar {year} is al afgerekend: voor {month} wordt geen voorschot meer betaald.',
    fr: "L'année {year} est déjà liquidée: plus aucune avance n'est payée pour {month}.",
    de: 'Das Jahr {year} ist bereits abgerechnet: für {month} wird kein Vorschuss mehr gezahlt.',
    en: 'The year {year} is settled already: no advance is paid for {month} any more.',
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
    nl: 'Voor {year} is een andere begrotingsdoelstelling vastgelegd en er werd al geld van het jaar betaald of afgerekend. Ga verder met die doelstelling.',
    fr: 'Un autre objectif budgétaire est fixé pour {year} et des montants de l’année ont déjà été payés ou liquidés. Continuez avec cet objectif.',
    de: 'Für {year} ist ein anderes Haushaltsziel festgelegt, und es wurde bereits Geld des Jahres gezahlt oder abgerechnet. Fahren Sie mit diesem Ziel fort.',
    en: 'Another budget objective is set for {year} and money of the year was already paid or settled on it. Go on with that objective.',
  },
  receiptDiffers: {
    status: 409,
    nl: 'Onder deze referentie is op {receivedOn} al {amountCents} geboekt: geef een andere betaling een eigen referentie.',
    fr: 'Sous cette référence, {amountCents} sont déjà enregistrés au {receivedOn}: donnez à un autre paiement sa propre référence.',
    de: 'Unter dieser Referenz sind zum {receivedOn} bereits {amountCents} gebucht: geben Sie einer anderen Zahlung eine eigene Referenz.',
    en: 'Under this reference {amountCents} is already booked on {receivedOn}: give another payment a reference of its own.',
  },
  receivedInFuture: {
    status: 422,
    nl: 'De dag van ontvangst {receivedOn} ligt in de toekomst: boek het geld wanneer het er is.',
    fr: "Le jour de réception {receivedOn} est dans le futur: enregistrez l'argent quand il est arrivé.",
    de: 'Der Tag des Eingangs {receivedOn} liegt in der Zukunft: buchen Sie das Geld, wenn es da ist.',
    en: 'The day of receipt {receivedOn} lies in the future: book the money when it is there.',
  },
})
