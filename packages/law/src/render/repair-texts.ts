import type { LocalizedText } from '../types.ts'

/** Sentence per kind of repair. `{name}` is a parameter of the repair, `{until}` its last day. */
export const repairTexts = {
  payComplement: {
    nl: 'Refertejaar {referenceYear} komt {shortCents} loon tekort: te betalen is de bijdrage daarop, {payCents}',
    fr: "Il manque {shortCents} de salaire à l'année de référence {referenceYear}: la cotisation due sur ce montant est de {payCents}",
    de: 'Dem Referenzjahr {referenceYear} fehlen {shortCents} Lohn: zu zahlen ist der Beitrag darauf, {payCents}',
    en: 'Reference year {referenceYear} is short by {shortCents} of wage: what is to be paid is the contribution on it, {payCents}',
  },
  // read by the insured person and by clerks alike: neither is told to ask the other
  proveIncome: {
    nl: 'Voor {referenceYear} is nog een bewijs van het gezinsinkomen nodig: met een laag inkomen is minder of niets verschuldigd',
    fr: 'Pour {referenceYear} une preuve du revenu du ménage est encore nécessaire: avec un revenu modeste la cotisation est réduite ou nulle',
    de: 'Für {referenceYear} ist noch ein Nachweis des Familieneinkommens nötig: bei niedrigem Einkommen ist weniger oder nichts geschuldet',
    en: 'For {referenceYear} proof of the family income is still needed: with a low income less or nothing is due',
  },
  // the day that was asked for may be past while the year still takes the proof: it is told for what follows it
  proveIncomeAsked: {
    nl: 'Het gevraagde bewijs van het gezinsinkomen van {referenceYear} is nog nodig: na {answerUntil} kan zonder bewijs de volledige bijdrage aangerekend worden, maar het kan ook dan nog gegeven worden',
    fr: 'La preuve demandée du revenu du ménage de {referenceYear} est encore nécessaire: après le {answerUntil}, sans preuve, la cotisation complète peut être portée en compte, mais cette preuve peut encore être fournie ensuite',
    de: 'Der angeforderte Nachweis des Familieneinkommens von {referenceYear} ist noch nötig: nach dem {answerUntil} kann ohne Nachweis der volle Beitrag berechnet werden, er kann aber auch dann noch gegeben werden',
    en: 'The proof of the family income of {referenceYear} that was asked for is still needed: after {answerUntil}, without proof, the full contribution may be charged, but it can still be given then',
  },
  payQuarters: {
    nl: 'Persoonlijke bijdragen van {referenceYear} nog te betalen: {shortCents} ({quarters})',
    fr: 'Cotisations personnelles de {referenceYear} encore à payer: {shortCents} ({quarters})',
    de: 'Noch zu zahlende persönliche Beiträge von {referenceYear}: {shortCents} ({quarters})',
    en: 'Personal contributions of {referenceYear} still to be paid: {shortCents} ({quarters})',
  },
  payQuartersAndComplement: {
    nl: 'Voor {referenceYear} te betalen: persoonlijke bijdragen {quartersCents} ({quarters}) en de bijdrage op {shortCents} ontbrekend loon, {complementCents}; samen {payCents}',
    fr: 'À payer pour {referenceYear}: cotisations personnelles {quartersCents} ({quarters}) et la cotisation sur {shortCents} de salaire manquant, {complementCents}; au total {payCents}',
    de: 'Für {referenceYear} zu zahlen: persönliche Beiträge {quartersCents} ({quarters}) und der Beitrag auf {shortCents} fehlenden Lohn, {complementCents}; zusammen {payCents}',
    en: 'To be paid for {referenceYear}: personal contributions {quartersCents} ({quarters}) and the contribution on {shortCents} of missing wage, {complementCents}; together {payCents}',
  },
  attestQuarters: {
    nl: 'Voor {quarters} heeft het sociaal verzekeringsfonds niet bevestigd dat de bijdragen betaald zijn: betaal wat het fonds nog vraagt en laat dat bevestigen',
    fr: "Pour {quarters}, la caisse d'assurances sociales n'a pas attesté que les cotisations sont payées: payez ce que la caisse demande encore et faites-le attester",
    de: 'Für {quarters} hat die Sozialversicherungskasse nicht bescheinigt, dass die Beiträge gezahlt sind: zahlen Sie, was die Kasse noch fordert, und lassen Sie es bescheinigen',
    en: 'For {quarters} the social insurance fund has not attested that the contributions are paid: pay what the fund still asks, and have it attested',
  },
  proveContributions: {
    nl: 'Bijdragebescheiden of attesten van {referenceYear} ontbreken',
    fr: 'Des documents de cotisation ou attestations de {referenceYear} manquent',
    de: 'Beitragsbescheinigungen oder Bestätigungen von {referenceYear} fehlen',
    en: 'Contribution slips or attests of {referenceYear} are missing',
  },
  residentRegistration: {
    nl: 'Of: inschrijving als verblijvende voor {referenceYear} alleen, nu aan te vragen; daarna is voor dat jaar zonder bewijs van een lager inkomen nog {residentYearCents} te betalen (wat al gedekt of betaald is, is er al af)',
    fr: "Ou: inscription comme résident pour la seule année {referenceYear}, à demander maintenant; sans preuve d'un revenu inférieur, il reste ensuite {residentYearCents} à payer pour cette année (ce qui est déjà couvert ou payé est déjà déduit)",
    de: 'Oder: Eintragung als Gebietsansässiger allein für {referenceYear}, jetzt zu beantragen; ohne Nachweis eines niedrigeren Einkommens sind danach für dieses Jahr noch {residentYearCents} zu zahlen (was bereits gedeckt oder gezahlt ist, ist schon abgezogen)',
    en: 'Or: registration as resident for {referenceYear} alone, to be requested now; without proof of a lower income {residentYearCents} is then still to be paid for that year (what is covered or paid already is taken off)',
  },
  affiliateEarlier: {
    nl: 'Inschrijving als verblijvende voor {referenceYear} alleen is niet mogelijk: de aansluiting begint pas na {windowUntil}. Bewijs een hoedanigheid die uiterlijk die dag begon ({capacities}; een andere telt pas vanaf haar aanvraag); de aansluiting begint dan vroeger',
    fr: "L'inscription comme résident pour la seule année {referenceYear} n'est pas possible: l'affiliation ne commence qu'après le {windowUntil}. Prouvez une qualité acquise au plus tard ce jour-là ({capacities}; une autre ne compte qu'à partir de sa demande); l'affiliation commencera alors plus tôt",
    de: 'Eine Eintragung als Gebietsansässiger allein für {referenceYear} ist nicht möglich: der Anschluss beginnt erst nach dem {windowUntil}. Weisen Sie eine Eigenschaft nach, die spätestens an diesem Tag begann ({capacities}; eine andere zählt erst ab ihrem Antrag); der Anschluss beginnt dann früher',
    en: 'Registration as resident for {referenceYear} alone is not possible: the affiliation begins only after {windowUntil}. Prove a capacity that began by that day ({capacities}; another counts only from its request); the affiliation then begins earlier',
  },
  proveCapacity: {
    nl: 'Een hoedanigheid van gerechtigde op minstens één dag tussen {windowFrom} en {windowUntil} is nodig ({capacities}; een andere telt pas vanaf haar aanvraag)',
    fr: "Une qualité de titulaire est requise au moins un jour entre le {windowFrom} et le {windowUntil} ({capacities}; une autre ne compte qu'à partir de sa demande)",
    de: 'Eine Eigenschaft als Berechtigter an mindestens einem Tag vom {windowFrom} bis {windowUntil} ist nötig ({capacities}; eine andere zählt erst ab ihrem Antrag)',
    en: 'A capacity as holder is needed on at least one day between {windowFrom} and {windowUntil} ({capacities}; another counts only from its request)',
  },
  payLapsed: {
    nl: 'Zonder wachttijd vanaf {registeredOn} zodra de persoonlijke bijdragen van {referenceYear} betaald zijn: {shortCents}',
    fr: 'Sans stage dès le {registeredOn} si les cotisations personnelles de {referenceYear} sont payées: {shortCents}',
    de: 'Ohne Wartezeit ab {registeredOn}, sobald die persönlichen Beiträge von {referenceYear} bezahlt sind: {shortCents}',
    en: 'No waiting from {registeredOn} on once the personal contributions of {referenceYear} are paid: {shortCents}',
  },
  payStage: {
    nl: 'Voor de wachttijd van {registeredOn} tot en met {stageUntil} ontbreekt {shortCents}',
    fr: 'Pour le stage du {registeredOn} au {stageUntil} inclus il manque {shortCents}',
    de: 'Für die Wartezeit vom {registeredOn} bis einschließlich {stageUntil} fehlen {shortCents}',
    en: 'For the stage from {registeredOn} until {stageUntil} {shortCents} is missing',
  },
  proveStage: {
    nl: 'Voor een deel van de wachttijd van {registeredOn} tot en met {stageUntil} ontbreekt een hoedanigheid met haar bijdragen',
    fr: 'Pour une partie du stage du {registeredOn} au {stageUntil} inclus il manque une qualité avec ses cotisations',
    de: 'Für einen Teil der Wartezeit vom {registeredOn} bis einschließlich {stageUntil} fehlt eine Eigenschaft mit ihren Beiträgen',
    en: 'For a part of the stage from {registeredOn} until {stageUntil} a capacity with its contributions is missing',
  },
  lowerIncome: {
    nl: 'Het kwartaalinkomen ligt {excessCents} boven de grens van {ceilingCents}',
    fr: 'Le revenu trimestriel dépasse de {excessCents} le plafond de {ceilingCents}',
    de: 'Das Quartalseinkommen liegt {excessCents} über der Grenze von {ceilingCents}',
    en: 'The quarterly income is {excessCents} above the ceiling of {ceilingCents}',
  },
  proveQuarterIncome: {
    nl: 'Het bruto kwartaalinkomen moet bewezen worden; de grens is {ceilingCents}',
    fr: 'Le revenu trimestriel brut doit être prouvé ; le plafond est de {ceilingCents}',
    de: 'Das Brutto-Quartalseinkommen muss nachgewiesen werden; die Grenze ist {ceilingCents}',
    en: 'The gross quarterly income has to be proven; the ceiling is {ceilingCents}',
  },
  endOtherPartner: {
    nl: 'De andere partner mag niet langer ten laste zijn',
    fr: "L'autre partenaire ne peut plus être à charge",
    de: 'Der andere Partner darf nicht länger zu Lasten sein',
    en: 'The other partner may no longer be a dependant',
  },
  holderSpouseLeaves: {
    nl: 'De echtgenoot die zelf gerechtigde is, mag niet meer op hetzelfde adres wonen',
    fr: 'Le conjoint qui est lui-même titulaire ne peut plus vivre à la même adresse',
    de: 'Der selbst berechtigte Ehepartner darf nicht mehr an derselben Adresse wohnen',
    en: 'The spouse who is a holder may no longer live at the same address',
  },
  tellHolderSpouse: {
    nl: 'Zeg of op dat adres ook een echtgenoot van de gerechtigde woont die zelf gerechtigde is',
    fr: 'Dites si un conjoint du titulaire, lui-même titulaire, habite aussi à cette adresse',
    de: 'Sagen Sie, ob an dieser Adresse auch ein selbst berechtigter Ehepartner des Berechtigten wohnt',
    en: 'Say whether a spouse of the holder who is a holder lives at that address too',
  },
  tellAgreementTime: {
    nl: 'Zeg of de zorg binnen de tijden en plaatsen van het akkoord viel: daarbinnen mag hoogstens {withinCents} gevraagd worden, daarbuiten {outsideCents}',
    fr: "Dites si les soins tombaient dans les heures et lieux de l'accord: dans ceux-ci, au plus {withinCents} peuvent être demandés, en dehors {outsideCents}",
    de: 'Sagen Sie, ob die Pflege in die Zeiten und Orte des Abkommens fiel: darin dürfen höchstens {withinCents} verlangt werden, außerhalb {outsideCents}',
    en: 'Say whether the care fell within the times and places of the agreement: within them at most {withinCents} may be asked, outside them {outsideCents}',
  },
  askAtMost: {
    nl: 'Hoogstens {maximumCents} mag gevraagd worden',
    fr: 'Au plus {maximumCents} peuvent être demandés',
    de: 'Höchstens {maximumCents} dürfen verlangt werden',
    en: 'At most {maximumCents} may be asked',
  },
} as const satisfies Record<string, LocalizedText>

/** What can be asked of somebody to put a decision right, by the kind that a repair names. */
export type RepairKind = keyof typeof repairTexts

/** Every kind of repair there is. */
export const repairKinds = Object.keys(repairTexts) as readonly RepairKind[]

export const untilText: LocalizedText = {
  nl: 'Dit kan tot en met {until}.',
  fr: "Possible jusqu'au {until} inclus.",
  de: 'Dies ist bis einschließlich {until} möglich.',
  en: 'This can be done until {until}.',
}
