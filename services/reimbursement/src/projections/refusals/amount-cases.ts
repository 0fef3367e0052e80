import { articles } from '@ziv/law'
import type { Case } from './case.ts'

/** What is found on the provider and the amounts of a line. Those of kind `nothing` refuse no line, and do not know whether its file is paid. */
export const amountCases = {
  '501502': {
    rule: 'claim.providerNumber',
    says: {
      nl: 'RIZIV-nummer {providerNumber} van de verstrekker heeft een verkeerd controlegetal.',
      fr: 'Le numéro INAMI {providerNumber} du dispensateur a un nombre de contrôle erroné.',
      de: 'Die LIKIV-Nummer {providerNumber} des Erbringers hat eine falsche Kontrollzahl.',
      en: 'RIZIV number {providerNumber} of the provider has wrong check digits.',
    },
    kind: 'sendAgain',
    flip: {
      nl: 'Verbeter het nummer van de verstrekker en {again}.',
      fr: 'Corrigez le numéro du dispensateur et {again}.',
      de: 'Berichtigen Sie die Nummer des Erbringers und {again}.',
      en: 'Correct the number of the provider and {again}.',
    },
  },
  '501903': {
    rule: 'claim.amounts',
    says: {
      nl: 'Voor de zorg van {careDate}, samen {askedCents}, is een bedrag negatief zonder dat het om een creditnota gaat.',
      fr: "Pour les soins du {careDate}, au total {askedCents}, un montant est négatif alors qu'il ne s'agit pas d'une note de crédit.",
      de: 'Für die Pflege vom {careDate}, zusammen {askedCents}, ist ein Betrag negativ, obwohl es sich nicht um eine Gutschrift handelt.',
      en: 'For the care of {careDate}, {askedCents} in all, an amount is negative although this is no credit note.',
    },
    kind: 'sendAgain',
    flip: {
      nl: 'Verbeter de bedragen en {again}. Was er vroeger te veel betaald, meld die correctie dan aan het ziekenfonds.',
      fr: 'Corrigez les montants et {again}. Si trop a été payé auparavant, signalez cette correction à la mutualité.',
      de: 'Berichtigen Sie die Beträge und {again}. Wurde früher zu viel bezahlt, melden Sie diese Berichtigung der Krankenkasse.',
      en: 'Correct the amounts and {again}. If too much was paid before, report that correction to the ziekenfonds.',
    },
  },
  '501940': {
    rule: 'price.split',
    article: articles['price.split'],
    says: {
      nl: 'Van de verzekering is {insuranceCents} gevraagd; de officiële tegemoetkoming is {officialInterventionCents}.',
      fr: "{insuranceCents} est demandé à l'assurance ; l'intervention officielle est de {officialInterventionCents}.",
      de: 'Von der Versicherung wird {insuranceCents} gefordert; die offizielle Beteiligung ist {officialInterventionCents}.',
      en: '{insuranceCents} is asked of the insurance; the official intervention is {officialInterventionCents}.',
    },
    kind: 'nothing',
    flip: {
      nl: 'Dat alleen weigert de lijn niet: als ze betaald wordt, is dat met het laagste van beide bedragen. {withFile}',
      fr: 'Cela seul ne fait pas refuser la ligne : si elle est payée, elle l’est au plus bas des deux montants. {withFile}',
      de: 'Das allein führt nicht zur Ablehnung der Zeile: wenn sie bezahlt wird, dann mit dem niedrigeren der beiden Beträge. {withFile}',
      en: 'This alone does not refuse the line: if it is paid, then at the lower of the two amounts. {withFile}',
    },
  },
  '502203': {
    rule: 'claim.units',
    says: {
      nl: 'Het aantal is {units}; het moet minstens 1 zijn.',
      fr: 'Le nombre est {units} ; il doit être au moins 1.',
      de: 'Die Anzahl ist {units}; sie muss mindestens 1 sein.',
      en: 'The number of times is {units}; it must be at least 1.',
    },
    kind: 'sendAgain',
    flip: {
      nl: 'Zeg hoeveel keer de verstrekking gegeven is en {again}.',
      fr: 'Indiquez combien de fois la prestation a été dispensée et {again}.',
      de: 'Geben Sie an, wie oft die Leistung erbracht wurde, und {again}.',
      en: 'Say how many times the service was given and {again}.',
    },
  },
  '502740': {
    rule: 'price.split',
    article: articles['price.split'],
    says: {
      nl: 'Aan de patiënt is {patientCents} remgeld aangerekend; het wettelijke is {officialShareCents}.',
      fr: 'Un ticket modérateur de {patientCents} est porté en compte au patient ; le montant légal est de {officialShareCents}.',
      de: 'Dem Patienten wird ein Eigenanteil von {patientCents} berechnet; der gesetzliche ist {officialShareCents}.',
      en: 'The patient is charged a share of {patientCents}; the legal one is {officialShareCents}.',
    },
    kind: 'nothing',
    flip: {
      nl: 'Dit is een melding: de lijn wordt er niet om geweigerd. {withFile}',
      fr: "Ceci est une information : la ligne n'est pas refusée pour cela. {withFile}",
      de: 'Das ist ein Hinweis: die Zeile wird deswegen nicht abgelehnt. {withFile}',
      en: 'This is for information: the line is not refused for it. {withFile}',
    },
  },
  '502742': {
    rule: 'price.split',
    article: articles['price.split'],
    says: {
      nl: 'Aan de patiënt is {patientCents} remgeld aangerekend; het wettelijke is {officialShareCents}, en meer mag niet.',
      fr: 'Un ticket modérateur de {patientCents} est porté en compte au patient ; le montant légal est de {officialShareCents}, et il ne peut être dépassé.',
      de: 'Dem Patienten wird ein Eigenanteil von {patientCents} berechnet; der gesetzliche ist {officialShareCents}, und mehr ist nicht zulässig.',
      en: 'The patient is charged a share of {patientCents}; the legal one is {officialShareCents}, and more is not allowed.',
    },
    kind: 'sendAgain',
    flip: {
      nl: 'Reken de patiënt niet meer dan {officialShareCents} aan en de verzekering {officialInterventionCents}, en {again}.',
      fr: "Ne portez pas plus de {officialShareCents} en compte au patient, et {officialInterventionCents} à l'assurance, et {again}.",
      de: 'Berechnen Sie dem Patienten nicht mehr als {officialShareCents} und der Versicherung {officialInterventionCents}, und {again}.',
      en: 'Charge the patient no more than {officialShareCents} and the insurance {officialInterventionCents}, and {again}.',
    },
  },
  '503042': {
    rule: 'price.supplement',
    article: articles['price.supplement'],
    says: {
      nl: 'De verstrekker is geconventioneerd en rekent voor de zorg van {careDate} toch een supplement aan, op een bedrag van {askedCents}.',
      fr: 'Le dispensateur est conventionné et porte pourtant un supplément en compte pour les soins du {careDate}, sur un montant de {askedCents}.',
      de: 'Der Erbringer hat der Konvention zugestimmt und berechnet für die Pflege vom {careDate} doch einen Zuschlag, bei einem Betrag von {askedCents}.',
      en: 'The provider is bound by the convention and yet charges a supplement for the care of {careDate}, on an amount of {askedCents}.',
    },
    kind: 'nothing',
    flip: {
      nl: 'Dit is een melding: de lijn wordt er niet om geweigerd. {withFile} Zonder supplement vervalt deze melding.',
      fr: "Ceci est une information : la ligne n'est pas refusée pour cela. {withFile} Sans supplément, cette information disparaît.",
      de: 'Das ist ein Hinweis: die Zeile wird deswegen nicht abgelehnt. {withFile} Ohne Zuschlag entfällt dieser Hinweis.',
      en: 'This is for information: the line is not refused for it. {withFile} Without a supplement this remark goes away.',
    },
  },
} as const satisfies Readonly<Record<string, Case>>
