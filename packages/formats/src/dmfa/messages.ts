import { formatDay, type Words } from '@ziv/kernel'
import { quote } from '../issue.ts'

export interface MessageParams {
  readonly element: string
  readonly block?: string
  readonly value?: string
  readonly rule?: Words
  readonly other?: string
}

type Text = (p: MessageParams) => Words

const given = (p: MessageParams, word: string): string =>
  p.value === undefined ? '' : ` (${word}: "${quote(p.value)}")`

/** Words per own code. Stable: intake, tests and documentation refer to the codes. */
export const dmfaMessages: Readonly<Record<string, Text>> = {
  'DMFA-ROOT': (p) => ({
    nl: `Het eerste element is "${quote(p.element)}". Een kwartaalaangifte begint met "DmfAOriginal".`,
    fr: `Le premier élément est « ${quote(p.element)} ». Une déclaration trimestrielle commence par « DmfAOriginal ».`,
    de: `Das erste Element ist „${quote(p.element)}“. Eine Quartalsmeldung beginnt mit „DmfAOriginal“.`,
    en: `The first element is "${quote(p.element)}". A quarterly declaration begins with "DmfAOriginal".`,
  }),
  'DMFA-OTHER-MESSAGE': (p) => ({
    nl: `Dit is geen kwartaalaangifte maar een ander RSZ-bericht: ${p.rule?.nl ?? p.element} (${p.element}). Hier worden alleen oorspronkelijke DmfA-aangiften gelezen.`,
    fr: `Ce n'est pas une déclaration trimestrielle mais un autre message ONSS : ${p.rule?.fr ?? p.element} (${p.element}). Seules les déclarations DmfA originales sont lues ici.`,
    de: `Dies ist keine Quartalsmeldung, sondern eine andere LSS-Nachricht: ${p.rule?.de ?? p.element} (${p.element}). Hier werden nur ursprüngliche DmfA-Meldungen gelesen.`,
    en: `This is not a quarterly declaration but another RSZ message: ${p.rule?.en ?? p.element} (${p.element}). Only original DmfA declarations are read here.`,
  }),
  'DMFA-NAMESPACE': (p) => ({
    nl: `Element ${quote(p.element)} staat in een naamruimte. Het schema van de RSZ heeft er geen.`,
    fr: `L'élément ${quote(p.element)} est dans un espace de noms. Le schéma de l'ONSS n'en a pas.`,
    de: `Element ${quote(p.element)} steht in einem Namensraum. Das Schema des LSS hat keinen.`,
    en: `Element ${quote(p.element)} is in a namespace. The schema of the RSZ has none.`,
  }),
  'DMFA-UNKNOWN-ELEMENT': (p) => ({
    nl: `Element ${quote(p.element)} bestaat niet in ${p.block}; het is overgeslagen.`,
    fr: `L'élément ${quote(p.element)} n'existe pas dans ${p.block} ; il est ignoré.`,
    de: `Element ${quote(p.element)} besteht nicht in ${p.block}; es wurde übersprungen.`,
    en: `Element ${quote(p.element)} does not exist in ${p.block}; it was skipped.`,
  }),
  'DMFA-MISSING': (p) => ({
    nl: `In ${p.block} ontbreekt het verplichte element ${p.element}.`,
    fr: `Dans ${p.block}, l'élément obligatoire ${p.element} manque.`,
    de: `In ${p.block} fehlt das Pflichtelement ${p.element}.`,
    en: `The required element ${p.element} is missing in ${p.block}.`,
  }),
  'DMFA-TOO-MANY': (p) => ({
    nl: `Element ${p.element} staat te vaak in ${p.block} (hoogstens ${p.other}).`,
    fr: `L'élément ${p.element} figure trop souvent dans ${p.block} (${p.other} fois au plus).`,
    de: `Element ${p.element} steht zu oft in ${p.block} (höchstens ${p.other}).`,
    en: `Element ${p.element} occurs too often in ${p.block} (at most ${p.other}).`,
  }),
  'DMFA-ORDER': (p) => ({
    nl: `Element ${p.element} staat op de verkeerde plaats in ${p.block}: het hoort voor ${p.other}.`,
    fr: `L'élément ${p.element} n'est pas à sa place dans ${p.block} : il doit précéder ${p.other}.`,
    de: `Element ${p.element} steht in ${p.block} an der falschen Stelle: es gehört vor ${p.other}.`,
    en: `Element ${p.element} is in the wrong place in ${p.block}: it belongs before ${p.other}.`,
  }),
  'DMFA-FORBIDDEN': (p) => ({
    nl: `Element ${p.element} mag hier in ${p.block} niet staan.`,
    fr: `L'élément ${p.element} n'est pas permis ici dans ${p.block}.`,
    de: `Element ${p.element} darf hier in ${p.block} nicht stehen.`,
    en: `Element ${p.element} may not stand here in ${p.block}.`,
  }),
  'DMFA-TEXT': (p) => ({
    nl: `In ${p.block} staat losse tekst tussen de elementen.`,
    fr: `Dans ${p.block}, du texte se trouve entre les éléments.`,
    de: `In ${p.block} steht loser Text zwischen den Elementen.`,
    en: `There is loose text between the elements of ${p.block}.`,
  }),
  'DMFA-ATTRIBUTE': (p) => ({
    nl: `Element ${p.element} heeft een attribuut; het schema kent er geen.`,
    fr: `L'élément ${p.element} porte un attribut ; le schéma n'en connaît pas.`,
    de: `Element ${p.element} hat ein Attribut; das Schema kennt keines.`,
    en: `Element ${p.element} has an attribute; the schema knows none.`,
  }),
  'DMFA-EMPTY': (p) => ({
    nl: `Element ${p.element} is leeg; verwacht: ${p.rule?.nl}.`,
    fr: `L'élément ${p.element} est vide ; attendu : ${p.rule?.fr}.`,
    de: `Element ${p.element} ist leer; erwartet: ${p.rule?.de}.`,
    en: `Element ${p.element} is empty; expected: ${p.rule?.en}.`,
  }),
  'DMFA-NOT-NUMERIC': (p) => ({
    nl: `Element ${p.element} moet een geheel getal zijn${given(p, 'gekregen')}.`,
    fr: `L'élément ${p.element} doit être un nombre entier${given(p, 'reçu')}.`,
    de: `Element ${p.element} muss eine ganze Zahl sein${given(p, 'erhalten')}.`,
    en: `Element ${p.element} must be a whole number${given(p, 'received')}.`,
  }),
  'DMFA-LENGTH': (p) => ({
    nl: `Element ${p.element} heeft een verkeerde lengte${given(p, 'gekregen')}; verwacht: ${p.rule?.nl}.`,
    fr: `L'élément ${p.element} a une longueur incorrecte${given(p, 'reçu')} ; attendu : ${p.rule?.fr}.`,
    de: `Element ${p.element} hat eine falsche Länge${given(p, 'erhalten')}; erwartet: ${p.rule?.de}.`,
    en: `Element ${p.element} has a wrong length${given(p, 'received')}; expected: ${p.rule?.en}.`,
  }),
  'DMFA-DOMAIN': (p) => ({
    nl: `Element ${p.element} heeft een waarde die niet toegelaten is${given(p, 'gekregen')}; verwacht: ${p.rule?.nl}.`,
    fr: `L'élément ${p.element} a une valeur non admise${given(p, 'reçu')} ; attendu : ${p.rule?.fr}.`,
    de: `Element ${p.element} hat einen nicht zugelassenen Wert${given(p, 'erhalten')}; erwartet: ${p.rule?.de}.`,
    en: `Element ${p.element} has a value that is not allowed${given(p, 'received')}; expected: ${p.rule?.en}.`,
  }),
  'DMFA-DATE': (p) => ({
    nl: `Element ${p.element} is geen bestaande datum of uur${given(p, 'gekregen')}; verwacht: ${p.rule?.nl}.`,
    fr: `L'élément ${p.element} n'est pas une date ou une heure existante${given(p, 'reçu')} ; attendu : ${p.rule?.fr}.`,
    de: `Element ${p.element} ist kein bestehendes Datum oder keine Uhrzeit${given(p, 'erhalten')}; erwartet: ${p.rule?.de}.`,
    en: `Element ${p.element} is not an existing date or time${given(p, 'received')}; expected: ${p.rule?.en}.`,
  }),
  'DMFA-INSZ': () => ({
    nl: 'Het INSZ van deze persoon heeft een verkeerd controlegetal of bestaat niet. Er kan geen elektronische bijdragebon van gemaakt worden.',
    fr: "Le NISS de cette personne a un nombre de contrôle erroné ou n'existe pas. Aucun bon de cotisation électronique ne peut en être tiré.",
    de: 'Die ENSS-Nummer dieser Person hat eine falsche Kontrollzahl oder besteht nicht. Daraus kann kein elektronischer Beitragsbon erstellt werden.',
    en: 'The INSZ of this person has wrong check digits or does not exist. No electronic contribution slip can be made of it.',
  }),
  'DMFA-EMPLOYER': (p) => ({
    nl: `Element ${p.element} heeft een verkeerd controlegetal${given(p, 'gekregen')}.`,
    fr: `L'élément ${p.element} a un nombre de contrôle erroné${given(p, 'reçu')}.`,
    de: `Element ${p.element} hat eine falsche Kontrollzahl${given(p, 'erhalten')}.`,
    en: `Element ${p.element} has wrong check digits${given(p, 'received')}.`,
  }),
  'DMFA-NO-EMPLOYER': () => ({
    nl: 'De werkgever is niet te herkennen: zowel het RSZ-nummer als het ondernemingsnummer is nul of ontbreekt.',
    fr: "L'employeur n'est pas identifiable : le numéro ONSS et le numéro d'entreprise sont nuls ou absents.",
    de: 'Der Arbeitgeber ist nicht erkennbar: die LSS-Nummer und die Unternehmensnummer sind null oder fehlen.',
    en: 'The employer cannot be recognised: both the RSZ number and the enterprise number are zero or missing.',
  }),
  'DMFA-QUARTER': (p) => ({
    nl: `"${quote(p.value ?? '')}" is geen kwartaal: verwacht het jaar en een cijfer van 1 tot 4, bijvoorbeeld 20231.`,
    fr: `« ${quote(p.value ?? '')} » n'est pas un trimestre : attendu l'année et un chiffre de 1 à 4, par exemple 20231.`,
    de: `„${quote(p.value ?? '')}“ ist kein Quartal: erwartet werden das Jahr und eine Ziffer von 1 bis 4, zum Beispiel 20231.`,
    en: `"${quote(p.value ?? '')}" is not a quarter: the year and a digit from 1 to 4 are expected, for example 20231.`,
  }),
  'DMFA-QUARTER-FUTURE': (p) => ({
    nl: `Kwartaal ${quote(p.value ?? '')} is nog niet voorbij op ${formatDay(p.other ?? '', 'nl')}: het kan nog niet aangegeven worden.`,
    fr: `Le trimestre ${quote(p.value ?? '')} n'est pas terminé au ${formatDay(p.other ?? '', 'fr')} : il ne peut pas encore être déclaré.`,
    de: `Das Quartal ${quote(p.value ?? '')} ist am ${formatDay(p.other ?? '', 'de')} noch nicht vorbei: es kann noch nicht gemeldet werden.`,
    en: `Quarter ${quote(p.value ?? '')} is not over yet on ${formatDay(p.other ?? '', 'en')}: it cannot be declared yet.`,
  }),
  'DMFA-QUARTER-DATES': (p) => ({
    nl: `${p.element} ${quote(p.value ?? '')} past niet bij het aangegeven kwartaal ${p.other}.`,
    fr: `${p.element} ${quote(p.value ?? '')} ne correspond pas au trimestre déclaré ${p.other}.`,
    de: `${p.element} ${quote(p.value ?? '')} passt nicht zum gemeldeten Quartal ${p.other}.`,
    en: `${p.element} ${quote(p.value ?? '')} does not fit the declared quarter ${p.other}.`,
  }),
  'DMFA-PERIOD': (p) => ({
    nl: `Einddatum ${quote(p.value ?? '')} ligt voor begindatum ${formatDay(p.other ?? '', 'nl')}.`,
    fr: `La date de fin ${quote(p.value ?? '')} précède la date de début ${formatDay(p.other ?? '', 'fr')}.`,
    de: `Das Enddatum ${quote(p.value ?? '')} liegt vor dem Anfangsdatum ${formatDay(p.other ?? '', 'de')}.`,
    en: `End date ${quote(p.value ?? '')} lies before start date ${formatDay(p.other ?? '', 'en')}.`,
  }),
  'DMFA-DUPLICATE': (p) => ({
    nl: `Volgnummer ${quote(p.value ?? '')} van een persoon komt meer dan eens voor in deze aangifte.`,
    fr: `Le numéro de suite ${quote(p.value ?? '')} d'une personne figure plus d'une fois dans cette déclaration.`,
    de: `Die laufende Nummer ${quote(p.value ?? '')} einer Person kommt in dieser Meldung mehr als einmal vor.`,
    en: `Sequence number ${quote(p.value ?? '')} of a person occurs more than once in this declaration.`,
  }),
}
