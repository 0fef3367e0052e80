import type { Case } from './case.ts'

/** Of an invoice whose patient nobody had as a member; the other one, see below, is addressed to another ziekenfonds. */
export const nobodysMember: Case = {
  rule: 'claim.membership',
  article: 'ZIV-wet art. 118',
  says: {
    nl: 'De rechthebbende was, met wat op {receivedOn} bekend was, op de dagen van de zorg bij geen ziekenfonds aangesloten.',
    fr: "D'après ce qui était connu le {receivedOn}, le bénéficiaire n'était affilié à aucune mutualité les jours des soins.",
    de: 'Nach dem, was am {receivedOn} bekannt war, war der Berechtigte an den Tagen der Pflege bei keiner Krankenkasse Mitglied.',
    en: 'By what was known on {receivedOn}, the patient was affiliated with no ziekenfonds on the days of the care.',
  },
  kind: 'askZiekenfonds',
  flip: {
    nl: 'Kijk de dagen van de zorg na. Was er op die dagen wel een aansluiting, vraag het ziekenfonds dan ze te registreren en {again}.',
    fr: "Vérifiez les jours des soins. S'il y avait bien une affiliation ces jours-là, demandez à la mutualité de l'enregistrer, puis {again}.",
    de: 'Prüfen Sie die Tage der Pflege. Bestand an diesen Tagen doch eine Mitgliedschaft, bitten Sie die Krankenkasse, sie einzutragen, und {again}.',
    en: 'Check the days of the care. If there was an affiliation on those days, ask the ziekenfonds to register it and {again}.',
  },
}

/** What refuses a claim as a whole. */
export const claimCases = {
  '200742': {
    rule: 'claim.membership',
    article: 'ZIV-wet art. 118',
    says: {
      nl: 'De rechthebbende was, met wat op {receivedOn} bekend was, op de dag van de zorg lid van een ander ziekenfonds dan dat waaraan de aanvraag gericht is.',
      fr: "D'après ce qui était connu le {receivedOn}, le bénéficiaire était, le jour des soins, membre d'une autre mutualité que celle à laquelle la demande est adressée.",
      de: 'Nach dem, was am {receivedOn} bekannt war, war der Berechtigte am Tag der Pflege Mitglied einer anderen Krankenkasse als der, an die der Antrag gerichtet ist.',
      en: 'By what was known on {receivedOn}, on the day of the care the patient was a member of another ziekenfonds than the one the claim is addressed to.',
    },
    kind: 'sendAgain',
    flip: {
      nl: 'Vraag na bij welk ziekenfonds de rechthebbende op die dag was, richt de zorg daaraan en {again}.',
      fr: 'Vérifiez à quelle mutualité le bénéficiaire était affilié ce jour-là, adressez-lui les soins et {again}.',
      de: 'Klären Sie, bei welcher Krankenkasse der Berechtigte an diesem Tag war, richten Sie die Pflege an diese und {again}.',
      en: 'Find out which ziekenfonds the patient belonged to on that day, address the care to it and {again}.',
    },
  },
  '200802': {
    rule: 'claim.patientNumber',
    says: {
      nl: 'Het INSZ van de rechthebbende op de aanvraag van {receivedOn} heeft een verkeerd controlegetal: het is van niemand.',
      fr: "Le NISS du bénéficiaire sur la demande du {receivedOn} a un nombre de contrôle erroné : il n'est à personne.",
      de: 'Die ENSS-Nummer des Berechtigten im Antrag vom {receivedOn} hat eine falsche Kontrollzahl: sie gehört niemandem.',
      en: 'The INSZ of the patient on the claim of {receivedOn} has wrong check digits: it is nobody’s.',
    },
    kind: 'sendAgain',
    flip: {
      nl: 'Neem het nummer over van de identiteitskaart en {again}.',
      fr: "Reprenez le numéro de la carte d'identité et {again}.",
      de: 'Übernehmen Sie die Nummer vom Personalausweis und {again}.',
      en: 'Take the number from the identity card and {again}.',
    },
  },
  '200820': {
    rule: 'claim.patientKnown',
    says: {
      nl: 'Een rechthebbende met het nummer van deze aanvraag was op {receivedOn} hier niet bekend, of nog niet: wie net is aangesloten, is het over een ogenblik.',
      fr: "Aucun bénéficiaire portant le numéro de cette demande n'était connu ici le {receivedOn}, ou pas encore : une affiliation toute récente l'est dans un instant.",
      de: 'Ein Berechtigter mit der Nummer dieses Antrags war am {receivedOn} hier nicht oder noch nicht bekannt: ein eben erfolgter Beitritt ist es gleich.',
      en: 'No patient with the number of this claim was known here on {receivedOn}, or not yet: somebody affiliated a moment ago is known in a moment.',
    },
    kind: 'sendAgain',
    flip: {
      nl: 'Kijk het nummer na en {again}.',
      fr: 'Vérifiez le numéro et {again}.',
      de: 'Prüfen Sie die Nummer und {again}.',
      en: 'Check the number and {again}.',
    },
  },
  '201103': {
    rule: 'claim.creditNote',
    says: {
      nl: 'De aanvraag van {receivedOn} is een creditnota, of van een soort die niet bestaat. Geen van beide wordt langs deze weg verwerkt.',
      fr: "La demande du {receivedOn} est une note de crédit, ou d'un type qui n'existe pas. Ni l'une ni l'autre n'est traitée par cette voie.",
      de: 'Der Antrag vom {receivedOn} ist eine Gutschrift oder von einer Art, die es nicht gibt. Weder das eine noch das andere wird auf diesem Weg verarbeitet.',
      en: 'The claim of {receivedOn} is a credit note, or of a kind that does not exist. Neither is processed this way.',
    },
    kind: 'askZiekenfonds',
    flip: {
      nl: 'Is er te veel betaald, meld de correctie dan aan het ziekenfonds. Is het geen creditnota, verbeter dan de soort van de factuur en {again}.',
      fr: "Si trop a été payé, signalez la correction à la mutualité. S'il ne s'agit pas d'une note de crédit, corrigez le type de facture et {again}.",
      de: 'Wurde zu viel bezahlt, melden Sie die Berichtigung der Krankenkasse. Ist es keine Gutschrift, berichtigen Sie die Art der Rechnung und {again}.',
      en: 'If too much was paid, report the correction to the ziekenfonds. If it is no credit note, correct the kind of invoice and {again}.',
    },
  },
  '201810': {
    rule: 'claim.destination',
    says: {
      nl: 'De aanvraag van {receivedOn} is gericht aan een ziekenfonds dat niet bij deze verzekeringsinstelling hoort.',
      fr: "La demande du {receivedOn} est adressée à une mutualité qui n'appartient pas à cet organisme assureur.",
      de: 'Der Antrag vom {receivedOn} ist an eine Krankenkasse gerichtet, die nicht zu dieser Versicherungseinrichtung gehört.',
      en: 'The claim of {receivedOn} is addressed to a ziekenfonds that does not belong to this insurer.',
    },
    kind: 'sendAgain',
    flip: {
      nl: 'Richt de zorg aan het ziekenfonds van de rechthebbende, bij de verzekeringsinstelling waar dat bij hoort.',
      fr: "Adressez les soins à la mutualité du bénéficiaire, auprès de l'organisme assureur dont elle relève.",
      de: 'Richten Sie die Pflege an die Krankenkasse des Berechtigten, bei der Versicherungseinrichtung, zu der sie gehört.',
      en: 'Address the care to the ziekenfonds of the patient, at the insurer it belongs to.',
    },
  },
} as const satisfies Readonly<Record<string, Case>>
