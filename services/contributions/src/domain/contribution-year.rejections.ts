import { defineRejections } from '@ziv/kernel'

/** What this service refuses, and under which article. */
export const contributionRejections = defineRejections({
  'CTR-0001': {
    status: 422,
    nl: 'Het bedrag {amountCents} (in eurocent) kan niet: een bijdragebon is nul of meer, een betaling meer dan nul.',
    fr: 'Le montant {amountCents} (en centimes) est impossible: un bon de cotisation est nul ou positif, un paiement est positif.',
    de: 'Der Betrag {amountCents} (in Cent) ist nicht möglich: ein Beitragsschein ist null oder mehr, eine Zahlung mehr als null.',
    en: 'The amount {amountCents} (in cents) is not possible: a slip is zero or more, a payment is more than zero.',
  },
  'CTR-0002': {
    status: 422,
    nl: 'Het kwartaal {quarter} hoort niet bij het referentiejaar.',
    fr: "Le trimestre {quarter} n'appartient pas à l'année de référence.",
    de: 'Das Quartal {quarter} gehört nicht zum Referenzjahr.',
    en: 'The quarter {quarter} is not part of the reference year.',
  },
  'CTR-0003': {
    status: 422,
    law: 'art. 131 KB 03-07-1996',
    nl: 'De bijdragen voor {year} konden betaald worden tot {payableUntil}; deze betaling kwam op {receivedOn}. Betaal ze terug.',
    fr: "Les cotisations de {year} pouvaient être payées jusqu'au {payableUntil}; ce paiement est arrivé le {receivedOn}. Remboursez-le.",
    de: 'Die Beiträge für {year} konnten bis {payableUntil} bezahlt werden; diese Zahlung kam am {receivedOn}. Erstatten Sie sie.',
    en: 'The contributions for {year} could be paid until {payableUntil}; this payment came on {receivedOn}. Pay it back.',
  },
  'CTR-0004': {
    status: 409,
    nl: 'De betaling {paymentId} staat al in het dossier met een ander bedrag, kwartaal of dag. Kijk de referentie na.',
    fr: 'Le paiement {paymentId} figure déjà au dossier avec un autre montant, trimestre ou jour. Vérifiez la référence.',
    de: 'Die Zahlung {paymentId} steht schon mit anderem Betrag, Quartal oder Tag in der Akte. Prüfen Sie die Referenz.',
    en: 'Payment {paymentId} is already on file with another amount, quarter or day. Check the reference.',
  },
  'CTR-0005': {
    status: 409,
    nl: 'Het jaar {year} loopt nog tot {end}: het kan pas daarna afgesloten worden.',
    fr: "L'année {year} court encore jusqu'au {end}: elle ne peut être clôturée qu'après.",
    de: 'Das Jahr {year} läuft noch bis {end}: es kann erst danach abgeschlossen werden.',
    en: 'The year {year} runs until {end}: it can be settled only after that day.',
  },
  'CTR-0006': {
    status: 404,
    nl: 'Deze persoon is hier niet gekend. Kijk het nummer na of wacht tot de aansluiting geregistreerd is.',
    fr: "Cette personne n'est pas connue ici. Vérifiez le numéro ou attendez que l'affiliation soit enregistrée.",
    de: 'Diese Person ist hier nicht bekannt. Prüfen Sie die Nummer oder warten Sie auf die Registrierung der Mitgliedschaft.',
    en: 'This person is not known here. Check the number, or wait until the affiliation is registered.',
  },
  'CTR-0007': {
    status: 422,
    nl: 'De dag van ontvangst {receivedOn} ligt in de toekomst.',
    fr: 'Le jour de réception {receivedOn} est dans le futur.',
    de: 'Der Tag des Eingangs {receivedOn} liegt in der Zukunft.',
    en: 'The day of receipt {receivedOn} lies in the future.',
  },
  'CTR-0008': {
    status: 422,
    nl: 'Het kwartaal {quarter} is nog niet voorbij: bonnen en attesten komen na het kwartaal waarover ze gaan.',
    fr: "Le trimestre {quarter} n'est pas terminé: bons et attestations suivent le trimestre auquel ils se rapportent.",
    de: 'Das Quartal {quarter} ist noch nicht vorbei: Scheine und Bescheinigungen folgen dem Quartal, um das es geht.',
    en: 'The quarter {quarter} has not ended yet: slips and attests come after the quarter they are about.',
  },
  'CTR-0009': {
    status: 422,
    nl: 'De lijn kan niet gelezen worden: {fields}. Verbeter de lijn en stuur ze opnieuw.',
    fr: 'La ligne est illisible: {fields}. Corrigez la ligne et renvoyez-la.',
    de: 'Die Zeile ist nicht lesbar: {fields}. Verbessern Sie die Zeile und senden Sie sie erneut.',
    en: 'The line cannot be read: {fields}. Correct the line and send it again.',
  },
  'CTR-0010': {
    status: 422,
    law: 'art. 286 KB 03-07-1996',
    nl: 'Voor {year} zijn de bedragen van de wet hier niet gekend: dat jaar kan niet beoordeeld worden. Kijk het jaar na.',
    fr: "Les montants légaux de {year} ne sont pas connus ici: cette année ne peut être appréciée. Vérifiez l'année.",
    de: 'Die gesetzlichen Beträge für {year} sind hier nicht bekannt: das Jahr kann nicht beurteilt werden. Prüfen Sie das Jahr.',
    en: 'The amounts of the law for {year} are not known here: that year cannot be assessed. Check the year.',
  },
})
