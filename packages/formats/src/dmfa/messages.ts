import { quote } from '../issue.ts'

export interface MessageParams {
  readonly element: string
  readonly block?: string
  readonly value?: string
  readonly rule?: { readonly nl: string; readonly fr: string }
  readonly other?: string
}

type Text = (p: MessageParams) => { nl: string; fr: string }

const given = (p: MessageParams, word: string): string =>
  p.value === undefined ? '' : ` (${word}: "${quote(p.value)}")`

/** Words per own code. Stable: intake, tests and documentation refer to the codes. */
export const dmfaMessages: Readonly<Record<string, Text>> = {
  'DMFA-ROOT': (p) => ({
    nl: `Het eerste element is "${quote(p.element)}". Een kwartaalaangifte begint met "DmfAOriginal".`,
    fr: `Le premier élément est « ${quote(p.element)} ». Une déclaration trimestrielle commence par « DmfAOriginal ».`,
  }),
  'DMFA-OTHER-MESSAGE': (p) => ({
    nl: `Dit is geen kwartaalaangifte maar een ander RSZ-bericht: ${p.rule?.nl ?? p.element} (${p.element}). Hier worden alleen oorspronkelijke DmfA-aangiften gelezen.`,
    fr: `Ce n'est pas une déclaration trimestrielle mais un autre message ONSS : ${p.rule?.fr ?? p.element} (${p.element}). Seules les déclarations DmfA originales sont lues ici.`,
  }),
  'DMFA-NAMESPACE': (p) => ({
    nl: `Element ${quote(p.element)} staat in een naamruimte. Het schema van de RSZ heeft er geen.`,
    fr: `L'élément ${quote(p.element)} est dans un espace de noms. Le schéma de l'ONSS n'en a pas.`,
  }),
  'DMFA-UNKNOWN-ELEMENT': (p) => ({
    nl: `Element ${quote(p.element)} bestaat niet in ${p.block}; het is overgeslagen.`,
    fr: `L'élément ${quote(p.element)} n'existe pas dans ${p.block} ; il est ignoré.`,
  }),
  'DMFA-MISSING': (p) => ({
    nl: `In ${p.block} ontbreekt het verplichte element ${p.element}.`,
    fr: `Dans ${p.block}, l'élément obligatoire ${p.element} manque.`,
  }),
  'DMFA-TOO-MANY': (p) => ({
    nl: `Element ${p.element} staat te vaak in ${p.block} (hoogstens ${p.other}).`,
    fr: `L'élément ${p.element} figure trop souvent dans ${p.block} (${p.other} fois au plus).`,
  }),
  'DMFA-ORDER': (p) => ({
    nl: `Element ${p.element} staat op de verkeerde plaats in ${p.block}: het hoort voor ${p.other}.`,
    fr: `L'élément ${p.element} n'est pas à sa place dans ${p.block} : il doit précéder ${p.other}.`,
  }),
  'DMFA-FORBIDDEN': (p) => ({
    nl: `Element ${p.element} mag hier in ${p.block} niet staan.`,
    fr: `L'élément ${p.element} n'est pas permis ici dans ${p.block}.`,
  }),
  'DMFA-TEXT': (p) => ({
    nl: `In ${p.block} staat losse tekst tussen de elementen.`,
    fr: `Dans ${p.block}, du texte se trouve entre les éléments.`,
  }),
  'DMFA-ATTRIBUTE': (p) => ({
    nl: `Element ${p.element} heeft een attribuut; het schema kent er geen.`,
    fr: `L'élément ${p.element} porte un attribut ; le schéma n'en connaît pas.`,
  }),
  'DMFA-EMPTY': (p) => ({
    nl: `Element ${p.element} is leeg; verwacht: ${p.rule?.nl}.`,
    fr: `L'élément ${p.element} est vide ; attendu : ${p.rule?.fr}.`,
  }),
  'DMFA-NOT-NUMERIC': (p) => ({
    nl: `Element ${p.element} moet een geheel getal zijn${given(p, 'gekregen')}.`,
    fr: `L'élément ${p.element} doit être un nombre entier${given(p, 'reçu')}.`,
  }),
  'DMFA-LENGTH': (p) => ({
    nl: `Element ${p.element} heeft een verkeerde lengte${given(p, 'gekregen')}; verwacht: ${p.rule?.nl}.`,
    fr: `L'élément ${p.element} a une longueur incorrecte${given(p, 'reçu')} ; attendu : ${p.rule?.fr}.`,
  }),
  'DMFA-DOMAIN': (p) => ({
    nl: `Element ${p.element} heeft een waarde die niet toegelaten is${given(p, 'gekregen')}; verwacht: ${p.rule?.nl}.`,
    fr: `L'élément ${p.element} a une valeur non admise${given(p, 'reçu')} ; attendu : ${p.rule?.fr}.`,
  }),
  'DMFA-DATE': (p) => ({
    nl: `Element ${p.element} is geen bestaande datum of uur${given(p, 'gekregen')}; verwacht: ${p.rule?.nl}.`,
    fr: `L'élément ${p.element} n'est pas une date ou une heure existante${given(p, 'reçu')} ; attendu : ${p.rule?.fr}.`,
  }),
  'DMFA-INSZ': () => ({
    nl: 'Het INSZ van deze persoon heeft een verkeerd controlegetal of bestaat niet. Er kan geen elektronische bijdragebon van gemaakt worden.',
    fr: "Le NISS de cette personne a un nombre de contrôle erroné ou n'existe pas. Aucun bon de cotisation électronique ne peut en être tiré.",
  }),
  'DMFA-EMPLOYER': (p) => ({
    nl: `Element ${p.element} heeft een verkeerd controlegetal${given(p, 'gekregen')}.`,
    fr: `L'élément ${p.element} a un nombre de contrôle erroné${given(p, 'reçu')}.`,
  }),
  'DMFA-NO-EMPLOYER': () => ({
    nl: 'De werkgever is niet te herkennen: zowel het RSZ-nummer als het ondernemingsnummer is nul of ontbreekt.',
    fr: "L'employeur n'est pas identifiable : le numéro ONSS et le numéro d'entreprise sont nuls ou absents.",
  }),
  'DMFA-QUARTER': (p) => ({
    nl: `"${quote(p.value ?? '')}" is geen kwartaal: verwacht het jaar en een cijfer van 1 tot 4, bijvoorbeeld 20231.`,
    fr: `« ${quote(p.value ?? '')} » n'est pas un trimestre : attendu l'année et un chiffre de 1 à 4, par exemple 20231.`,
  }),
  'DMFA-QUARTER-FUTURE': (p) => ({
    nl: `Kwartaal ${quote(p.value ?? '')} is nog niet voorbij op ${p.other}: het kan nog niet aangegeven worden.`,
    fr: `Le trimestre ${quote(p.value ?? '')} n'est pas terminé au ${p.other} : il ne peut pas encore être déclaré.`,
  }),
  'DMFA-QUARTER-DATES': (p) => ({
    nl: `${p.element} ${quote(p.value ?? '')} past niet bij het aangegeven kwartaal ${p.other}.`,
    fr: `${p.element} ${quote(p.value ?? '')} ne correspond pas au trimestre déclaré ${p.other}.`,
  }),
  'DMFA-PERIOD': (p) => ({
    nl: `Einddatum ${quote(p.value ?? '')} ligt voor begindatum ${p.other}.`,
    fr: `La date de fin ${quote(p.value ?? '')} précède la date de début ${p.other}.`,
  }),
  'DMFA-DUPLICATE': (p) => ({
    nl: `Volgnummer ${quote(p.value ?? '')} van een persoon komt meer dan eens voor in deze aangifte.`,
    fr: `Le numéro de suite ${quote(p.value ?? '')} d'une personne figure plus d'une fois dans cette déclaration.`,
  }),
}
