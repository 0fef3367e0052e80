import { articles } from '@ziv/law'
import type { Case } from './case.ts'

/** What refuses a line for how it was sent, or for what was decided of the same care before. */
export const lineCases = {
  '300420': {
    rule: 'claim.hospitalPrice',
    says: {
      nl: 'De zorg van {careDate} is een dagprijs of forfait van een ziekenhuis; die worden nog niet langs deze weg verwerkt.',
      fr: 'Les soins du {careDate} sont un prix de journée ou un forfait hospitalier ; ils ne sont pas encore traités par cette voie.',
      de: 'Die Pflege vom {careDate} ist ein Tagespreis oder eine Pauschale eines Krankenhauses; diese werden auf diesem Weg noch nicht verarbeitet.',
      en: 'The care of {careDate} is a day price or a flat rate of a hospital; these are not processed this way yet.',
    },
    kind: 'askZiekenfonds',
    flip: {
      nl: 'Spreek met het ziekenfonds af hoe u deze zorg aanrekent: niets aan de factuur verandert dit antwoord.',
      fr: 'Convenez avec la mutualité de la manière de facturer ces soins : rien dans la facture ne change cette réponse.',
      de: 'Vereinbaren Sie mit der Krankenkasse, wie Sie diese Pflege abrechnen: nichts an der Rechnung ändert diese Antwort.',
      en: 'Agree with the ziekenfonds how to bill this care: nothing on the invoice changes this answer.',
    },
  },
  '500402': {
    rule: 'claim.codeDigit',
    says: {
      nl: 'Het laatste cijfer van nomenclatuurcode {nomenclature} klopt niet met de eerste vijf.',
      fr: 'Le dernier chiffre du code nomenclature {nomenclature} ne correspond pas aux cinq premiers.',
      de: 'Die letzte Ziffer des Leistungscodes {nomenclature} passt nicht zu den ersten fünf.',
      en: 'The last digit of nomenclature code {nomenclature} does not fit the first five.',
    },
    kind: 'sendAgain',
    flip: {
      nl: 'Verbeter de nomenclatuurcode en {again}.',
      fr: 'Corrigez le code nomenclature et {again}.',
      de: 'Berichtigen Sie den Leistungscode und {again}.',
      en: 'Correct the nomenclature code and {again}.',
    },
  },
  '500403': {
    rule: 'price.tariff',
    article: articles['price.tariff'],
    says: {
      nl: 'Nomenclatuurcode {nomenclature} bestaat niet.',
      fr: "Le code nomenclature {nomenclature} n'existe pas.",
      de: 'Den Leistungscode {nomenclature} gibt es nicht.',
      en: 'Nomenclature code {nomenclature} does not exist.',
    },
    kind: 'sendAgain',
    flip: {
      nl: 'Kijk de nomenclatuurcode na en {again}.',
      fr: 'Vérifiez le code nomenclature et {again}.',
      de: 'Prüfen Sie den Leistungscode und {again}.',
      en: 'Check the nomenclature code and {again}.',
    },
  },
  '500420': {
    rule: 'price.tariff',
    article: articles['price.tariff'],
    says: {
      nl: 'Voor nomenclatuurcode {nomenclature} is op {careDate} geen tegemoetkoming bekend voor deze rechthebbende.',
      fr: "Aucune intervention n'est connue pour le code nomenclature {nomenclature} le {careDate} pour ce bénéficiaire.",
      de: 'Für Leistungscode {nomenclature} ist am {careDate} keine Beteiligung für diesen Berechtigten bekannt.',
      en: 'No intervention is known for nomenclature code {nomenclature} on {careDate} for this patient.',
    },
    kind: 'sendAgain',
    flip: {
      nl: 'Kijk de code en de dag na en {again}. Kloppen ze, dan wordt de zorg betaald zodra het tarief van die dag hier bekend is en u ze opnieuw indient.',
      fr: "Vérifiez le code et le jour, et {again}. S'ils sont exacts, les soins seront payés dès que le tarif de ce jour sera connu ici et que vous les introduirez à nouveau.",
      de: 'Prüfen Sie Code und Tag und {again}. Stimmen sie, wird die Pflege bezahlt, sobald der Tarif dieses Tages hier bekannt ist und Sie sie erneut einreichen.',
      en: 'Check the code and the day, and {again}. If they are right, the care is paid once the tariff of that day is known here and you send it again.',
    },
  },
  '500423': {
    rule: 'claim.once',
    says: {
      nl: 'Verstrekking {nomenclature} van {careDate} staat al eerder in dezelfde aanvraag of hetzelfde bestand.',
      fr: 'La prestation {nomenclature} du {careDate} figure déjà plus haut dans la même demande ou le même fichier.',
      de: 'Leistung {nomenclature} vom {careDate} steht schon früher im selben Antrag oder in derselben Datei.',
      en: 'Service {nomenclature} of {careDate} occurs earlier in the same request or the same file.',
    },
    kind: 'nothing',
    flip: {
      nl: 'Niets verandert dit: over de verstrekking is beslist waar ze het eerst staat. Werd ze die dag echt meer dan eens gegeven, zeg dat dan in een factuurbestand, op de lijn zelf.',
      fr: "Rien ne change cela : la prestation est décidée là où elle figure en premier. Si elle a vraiment été dispensée plus d'une fois ce jour-là, indiquez-le dans un fichier de facturation, sur la ligne même.",
      de: 'Nichts ändert das: über die Leistung ist entschieden, wo sie zuerst steht. Wurde sie an diesem Tag wirklich mehr als einmal erbracht, geben Sie das in einer Rechnungsdatei auf der Zeile selbst an.',
      en: 'Nothing changes this: the service is decided where it stands first. If it really was given more than once that day, say so in a billing file, on the line itself.',
    },
  },
  '500510': {
    rule: 'claim.careDay',
    says: {
      nl: 'De zorg van {careDate} lag op {receivedOn}, toen de aanvraag aankwam, nog in de toekomst.',
      fr: "Le {receivedOn}, à l'arrivée de la demande, les soins du {careDate} se situaient encore dans le futur.",
      de: 'Die Pflege vom {careDate} lag am {receivedOn}, als der Antrag eintraf, noch in der Zukunft.',
      en: 'The care of {careDate} still lay in the future on {receivedOn}, when the claim came in.',
    },
    kind: 'sendAgain',
    flip: {
      nl: 'Kijk de dag na, of wacht tot de zorg gegeven is, en {again}.',
      fr: 'Vérifiez le jour, ou attendez que les soins soient dispensés, et {again}.',
      de: 'Prüfen Sie den Tag, oder warten Sie, bis die Pflege erbracht ist, und {again}.',
      en: 'Check the day, or wait until the care is given, and {again}.',
    },
  },
  '500544': {
    rule: 'claim.once',
    says: {
      nl: 'Verstrekking {nomenclature} van {careDate} door verstrekker {providerNumber} is al betaald.',
      fr: 'La prestation {nomenclature} du {careDate} par le dispensateur {providerNumber} a déjà été payée.',
      de: 'Leistung {nomenclature} vom {careDate} durch Erbringer {providerNumber} wurde schon bezahlt.',
      en: 'Service {nomenclature} of {careDate} by provider {providerNumber} was paid already.',
    },
    kind: 'nothing',
    flip: {
      nl: 'Niets verandert dit: een verstrekking wordt één keer betaald.',
      fr: "Rien ne change cela : une prestation n'est payée qu'une fois.",
      de: 'Nichts ändert das: eine Leistung wird einmal bezahlt.',
      en: 'Nothing changes this: a service is paid once.',
    },
  },
  '500546': {
    rule: 'claim.timeBar',
    article: articles['claim.timeBar'],
    says: {
      nl: 'De zorg van {careDate} kwam aan op {receivedOn}. De verjaringstermijn was toen verstreken: twee jaar na het einde van de maand van de zorg.',
      fr: 'Les soins du {careDate} sont arrivés le {receivedOn}. Le délai de prescription était alors écoulé : deux ans après la fin du mois des soins.',
      de: 'Die Pflege vom {careDate} traf am {receivedOn} ein. Die Verjährungsfrist war da abgelaufen: zwei Jahre nach dem Ende des Monats der Pflege.',
      en: 'The care of {careDate} came in on {receivedOn}. The time limit had passed by then: two years after the end of the month of the care.',
    },
    kind: 'nothing',
    flip: {
      nl: 'Niets verandert dit, behalve een verjaring die gestuit werd: zeg dat dan in een factuurbestand, op de factuur zelf.',
      fr: 'Rien ne change cela, sauf une prescription qui a été interrompue : indiquez-le alors dans un fichier de facturation, sur la facture même.',
      de: 'Nichts ändert das, außer einer Verjährung, die unterbrochen wurde: geben Sie das dann in einer Rechnungsdatei auf der Rechnung selbst an.',
      en: 'Nothing changes this, except a time limit that was interrupted: then say so in a billing file, on the invoice itself.',
    },
  },
} as const satisfies Readonly<Record<string, Case>>
