/** B blocks the file, F refuses the invoice, R the line; S and E inform. */
export type ControlLetter = 'B' | 'F' | 'R' | 'S' | 'E'

export interface ControlText {
  readonly letter: ControlLetter
  readonly nl: string
  readonly fr: string
}

/** The controls of this service by their official code (record, zone, serial), in our own words. Those of form are in @ziv/formats. */
export const controls = {
  '200742': {
    letter: 'F',
    nl: 'De rechthebbende was op de dag van de zorg geen lid van het ziekenfonds dat de factuur noemt.',
    fr: "Le jour des soins, le bénéficiaire n'était pas membre de la mutualité que cite la facture.",
  },
  '200802': {
    letter: 'F',
    nl: 'Het INSZ van de rechthebbende heeft een verkeerd controlegetal.',
    fr: 'Le NISS du bénéficiaire a un nombre de contrôle erroné.',
  },
  '200820': {
    letter: 'F',
    nl: 'Geen enkele verzekeringsinstelling kent een rechthebbende met dit nummer.',
    fr: 'Aucun organisme assureur ne connaît un bénéficiaire portant ce numéro.',
  },
  '201103': {
    letter: 'F',
    nl: 'Creditnota’s worden nog niet langs deze weg verwerkt: meld de correctie aan het ziekenfonds.',
    fr: 'Les notes de crédit ne sont pas encore traitées par cette voie : signalez la correction à la mutualité.',
  },
  '201810': {
    letter: 'F',
    nl: 'Het ziekenfonds van bestemming hoort niet bij deze verzekeringsinstelling.',
    fr: "La mutualité de destination n'appartient pas à cet organisme assureur.",
  },
  '300420': {
    letter: 'R',
    nl: 'Dagprijzen en forfaits van ziekenhuizen worden nog niet langs deze weg verwerkt.',
    fr: 'Les prix de journée et forfaits hospitaliers ne sont pas encore traités par cette voie.',
  },
  '500402': {
    letter: 'R',
    nl: 'Het laatste cijfer van de nomenclatuurcode klopt niet met de eerste vijf.',
    fr: 'Le dernier chiffre du code nomenclature ne correspond pas aux cinq premiers.',
  },
  '500403': {
    letter: 'R',
    nl: 'Deze nomenclatuurcode bestaat niet.',
    fr: "Ce code nomenclature n'existe pas.",
  },
  '500420': {
    letter: 'R',
    nl: 'Voor deze nomenclatuurcode is op de dag van de zorg geen tegemoetkoming bekend.',
    fr: "Aucune intervention n'est connue pour ce code nomenclature le jour des soins.",
  },
  '500423': {
    letter: 'R',
    nl: 'Deze verstrekking staat al eerder in dezelfde aanvraag of hetzelfde bestand.',
    fr: 'Cette prestation figure déjà dans la même demande ou le même fichier.',
  },
  '500510': {
    letter: 'R',
    nl: 'De dag van de zorg ligt in de toekomst.',
    fr: 'Le jour des soins se situe dans le futur.',
  },
  '500540': {
    letter: 'R',
    nl: 'De rechthebbende is op de dag van de zorg niet in regel.',
    fr: "Le bénéficiaire n'est pas en règle le jour des soins.",
  },
  '500544': {
    letter: 'R',
    nl: 'Deze verstrekking van dezelfde verstrekker op dezelfde dag is al betaald.',
    fr: 'Cette prestation du même dispensateur le même jour a déjà été payée.',
  },
  '500546': {
    letter: 'R',
    nl: 'De verjaringstermijn is verstreken: twee jaar na het einde van de maand van de zorg.',
    fr: 'Le délai de prescription est écoulé : deux ans après la fin du mois des soins.',
  },
  '500549': {
    letter: 'R',
    nl: 'De rechthebbende was op de dag van de zorg al overleden.',
    fr: 'Le bénéficiaire était déjà décédé le jour des soins.',
  },
  '501502': {
    letter: 'R',
    nl: 'Het RIZIV-nummer van de verstrekker heeft een verkeerd controlegetal.',
    fr: 'Le numéro INAMI du dispensateur a un nombre de contrôle erroné.',
  },
  '501903': {
    letter: 'R',
    nl: 'Een bedrag is negatief zonder dat het om een creditnota gaat.',
    fr: "Un montant est négatif alors qu'il ne s'agit pas d'une note de crédit.",
  },
  '501940': {
    letter: 'R',
    nl: 'Het gevraagde bedrag is niet de officiële tegemoetkoming; zone 114 zegt wat werkelijk betaald wordt.',
    fr: "Le montant demandé n'est pas l'intervention officielle ; la zone 114 indique ce qui est réellement payé.",
  },
  '502203': {
    letter: 'R',
    nl: 'Het aantal moet minstens 1 zijn.',
    fr: 'Le nombre doit être au moins 1.',
  },
  '502740': {
    letter: 'S',
    nl: 'Het aangerekende remgeld is lager dan het wettelijke.',
    fr: 'Le ticket modérateur porté en compte est inférieur au montant légal.',
  },
  '502742': {
    letter: 'R',
    nl: 'Het aangerekende remgeld is hoger dan het wettelijke.',
    fr: 'Le ticket modérateur porté en compte est supérieur au montant légal.',
  },
  '503042': {
    letter: 'S',
    nl: 'Een geconventioneerde verstrekker rekent een supplement aan.',
    fr: 'Un dispensateur conventionné porte un supplément en compte.',
  },
} as const satisfies Readonly<Record<string, ControlText>>

export type ControlCode = keyof typeof controls

/** A control that a line or invoice did not pass, with the record it is answered on. */
export const letterOf = (code: ControlCode): ControlLetter => controls[code].letter
