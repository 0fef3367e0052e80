import type { Words } from '@ziv/kernel'

/** B blocks the file, F refuses the invoice, R the line; S and E inform. */
export type ControlLetter = 'B' | 'F' | 'R' | 'S' | 'E'

export interface ControlText extends Words {
  readonly letter: ControlLetter
}

/** The controls of this service by their official code (record, zone, serial), in our own words. Those of form are in @ziv/formats. */
export const controls = {
  '200742': {
    letter: 'F',
    nl: 'De rechthebbende was op de dag van de zorg geen lid van een ziekenfonds, of niet van dat waaraan de aanvraag gericht is.',
    fr: "Le jour des soins, le bénéficiaire n'était membre d'aucune mutualité, ou pas de celle à laquelle la demande est adressée.",
    de: 'Der Berechtigte war am Tag der Pflege bei keiner Krankenkasse Mitglied, oder nicht bei der, an die der Antrag gerichtet ist.',
    en: 'On the day of the care the patient was a member of no ziekenfonds, or not of the one the claim is addressed to.',
  },
  '200802': {
    letter: 'F',
    nl: 'Het INSZ van de rechthebbende heeft een verkeerd controlegetal.',
    fr: 'Le NISS du bénéficiaire a un nombre de contrôle erroné.',
    de: 'Die ENSS-Nummer des Berechtigten hat eine falsche Kontrollzahl.',
    en: 'The INSZ of the patient has wrong check digits.',
  },
  '200820': {
    letter: 'F',
    nl: 'Een rechthebbende met dit nummer is hier niet bekend, of nog niet: wie net is aangesloten, is het over een ogenblik. Kijk het nummer na en dien de zorg opnieuw in, als een nieuwe aanvraag.',
    fr: "Aucun bénéficiaire portant ce numéro n'est connu ici, ou pas encore : une affiliation toute récente l'est dans un instant. Vérifiez le numéro et introduisez à nouveau les soins, par une nouvelle demande.",
    de: 'Ein Berechtigter mit dieser Nummer ist hier nicht oder noch nicht bekannt: ein eben erfolgter Beitritt ist es gleich. Prüfen Sie die Nummer und reichen Sie die Pflege erneut ein, als neuen Antrag.',
    en: 'No patient with this number is known here, or not yet: somebody affiliated a moment ago is known in a moment. Check the number and send the care again, as a new request.',
  },
  '201103': {
    letter: 'F',
    nl: 'Creditnota’s worden nog niet langs deze weg verwerkt: meld de correctie aan het ziekenfonds.',
    fr: 'Les notes de crédit ne sont pas encore traitées par cette voie : signalez la correction à la mutualité.',
    de: 'Gutschriften werden auf diesem Weg noch nicht verarbeitet: melden Sie die Berichtigung der Krankenkasse.',
    en: 'Credit notes are not processed this way yet: report the correction to the ziekenfonds.',
  },
  '201810': {
    letter: 'F',
    nl: 'Het ziekenfonds van bestemming hoort niet bij deze verzekeringsinstelling.',
    fr: "La mutualité de destination n'appartient pas à cet organisme assureur.",
    de: 'Die Zielkrankenkasse gehört nicht zu dieser Versicherungseinrichtung.',
    en: 'The ziekenfonds of destination does not belong to this insurer.',
  },
  '300420': {
    letter: 'R',
    nl: 'Dagprijzen en forfaits van ziekenhuizen worden nog niet langs deze weg verwerkt.',
    fr: 'Les prix de journée et forfaits hospitaliers ne sont pas encore traités par cette voie.',
    de: 'Tagespreise und Pauschalen der Krankenhäuser werden auf diesem Weg noch nicht verarbeitet.',
    en: 'Day prices and flat rates of hospitals are not processed this way yet.',
  },
  '500402': {
    letter: 'R',
    nl: 'Het laatste cijfer van de nomenclatuurcode klopt niet met de eerste vijf.',
    fr: 'Le dernier chiffre du code nomenclature ne correspond pas aux cinq premiers.',
    de: 'Die letzte Ziffer des Leistungscodes passt nicht zu den ersten fünf.',
    en: 'The last digit of the nomenclature code does not fit the first five.',
  },
  '500403': {
    letter: 'R',
    nl: 'Deze nomenclatuurcode bestaat niet.',
    fr: "Ce code nomenclature n'existe pas.",
    de: 'Dieser Leistungscode besteht nicht.',
    en: 'This nomenclature code does not exist.',
  },
  '500420': {
    letter: 'R',
    nl: 'Voor deze nomenclatuurcode is op de dag van de zorg geen tegemoetkoming bekend.',
    fr: "Aucune intervention n'est connue pour ce code nomenclature le jour des soins.",
    de: 'Für diesen Leistungscode ist am Tag der Pflege keine Beteiligung bekannt.',
    en: 'No intervention is known for this nomenclature code on the day of the care.',
  },
  '500423': {
    letter: 'R',
    nl: 'Deze verstrekking staat al eerder in dezelfde aanvraag of hetzelfde bestand.',
    fr: 'Cette prestation figure déjà dans la même demande ou le même fichier.',
    de: 'Diese Leistung steht schon früher im selben Antrag oder in derselben Datei.',
    en: 'This service occurs earlier in the same request or the same file.',
  },
  '500510': {
    letter: 'R',
    nl: 'De dag van de zorg ligt in de toekomst.',
    fr: 'Le jour des soins se situe dans le futur.',
    de: 'Der Tag der Pflege liegt in der Zukunft.',
    en: 'The day of the care lies in the future.',
  },
  '500540': {
    letter: 'R',
    nl: 'De rechthebbende is, met wat nu bekend is, op de dag van de zorg niet in regel. Is er net iets gemeld, dien de zorg dan over een ogenblik opnieuw in, als een nieuwe aanvraag.',
    fr: "Le bénéficiaire, selon ce qui est connu maintenant, n'est pas en règle le jour des soins. Si un fait vient d'être communiqué, introduisez à nouveau les soins dans un instant, par une nouvelle demande.",
    de: 'Der Berechtigte ist nach dem, was jetzt bekannt ist, am Tag der Pflege nicht in Ordnung. Wurde eben etwas gemeldet, reichen Sie die Pflege gleich erneut ein, als neuen Antrag.',
    en: 'By what is known now, the patient is not in order on the day of the care. If something was told a moment ago, send the care again in a moment, as a new request.',
  },
  '500544': {
    letter: 'R',
    nl: 'Deze verstrekking van dezelfde verstrekker op dezelfde dag is al betaald.',
    fr: 'Cette prestation du même dispensateur le même jour a déjà été payée.',
    de: 'Diese Leistung desselben Erbringers am selben Tag wurde schon bezahlt.',
    en: 'This service of the same provider on the same day was paid already.',
  },
  '500546': {
    letter: 'R',
    nl: 'De verjaringstermijn is verstreken: twee jaar na het einde van de maand van de zorg.',
    fr: 'Le délai de prescription est écoulé : deux ans après la fin du mois des soins.',
    de: 'Die Verjährungsfrist ist abgelaufen: zwei Jahre nach dem Ende des Monats der Pflege.',
    en: 'The time limit has passed: two years after the end of the month of the care.',
  },
  '500549': {
    letter: 'R',
    nl: 'De rechthebbende was op de dag van de zorg al overleden.',
    fr: 'Le bénéficiaire était déjà décédé le jour des soins.',
    de: 'Der Berechtigte war am Tag der Pflege schon verstorben.',
    en: 'The patient had died before the day of the care.',
  },
  '501502': {
    letter: 'R',
    nl: 'Het RIZIV-nummer van de verstrekker heeft een verkeerd controlegetal.',
    fr: 'Le numéro INAMI du dispensateur a un nombre de contrôle erroné.',
    de: 'Die LIKIV-Nummer des Erbringers hat eine falsche Kontrollzahl.',
    en: 'The RIZIV number of the provider has wrong check digits.',
  },
  '501903': {
    letter: 'R',
    nl: 'Een bedrag is negatief zonder dat het om een creditnota gaat.',
    fr: "Un montant est négatif alors qu'il ne s'agit pas d'une note de crédit.",
    de: 'Ein Betrag ist negativ, obwohl es sich nicht um eine Gutschrift handelt.',
    en: 'An amount is negative although this is no credit note.',
  },
  '501940': {
    letter: 'R',
    nl: 'Het gevraagde bedrag is niet de officiële tegemoetkoming; zone 114 zegt wat werkelijk betaald wordt.',
    fr: "Le montant demandé n'est pas l'intervention officielle ; la zone 114 indique ce qui est réellement payé.",
    de: 'Der geforderte Betrag ist nicht die offizielle Beteiligung; Zone 114 sagt, was wirklich bezahlt wird.',
    en: 'The amount asked is not the official intervention; zone 114 says what is really paid.',
  },
  '502203': {
    letter: 'R',
    nl: 'Het aantal moet minstens 1 zijn.',
    fr: 'Le nombre doit être au moins 1.',
    de: 'Die Anzahl muss mindestens 1 sein.',
    en: 'The number must be at least 1.',
  },
  '502740': {
    letter: 'S',
    nl: 'Het aangerekende remgeld is lager dan het wettelijke.',
    fr: 'Le ticket modérateur porté en compte est inférieur au montant légal.',
    de: 'Der berechnete Eigenanteil ist niedriger als der gesetzliche.',
    en: 'The patient share charged is lower than the legal one.',
  },
  '502742': {
    letter: 'R',
    nl: 'Het aangerekende remgeld is hoger dan het wettelijke.',
    fr: 'Le ticket modérateur porté en compte est supérieur au montant légal.',
    de: 'Der berechnete Eigenanteil ist höher als der gesetzliche.',
    en: 'The patient share charged is higher than the legal one.',
  },
  '503042': {
    letter: 'S',
    nl: 'Een geconventioneerde verstrekker rekent een supplement aan.',
    fr: 'Un dispensateur conventionné porte un supplément en compte.',
    de: 'Ein Erbringer mit Konvention berechnet einen Zuschlag.',
    en: 'A provider bound by the convention charges a supplement.',
  },
} as const satisfies Readonly<Record<string, ControlText>>

export type ControlCode = keyof typeof controls

/** A control that a line or invoice did not pass, with the record it is answered on. */
export const letterOf = (code: ControlCode): ControlLetter => controls[code].letter
