import { csvTable } from '../csv-table.ts'
import { quote } from '../issue.ts'

type Text = (p: EfactMessageParams) => { nl: string; fr: string }

export interface EfactMessageParams {
  /** Names of the zone in both languages. */
  readonly nl: string
  readonly fr: string
  readonly record?: string
  readonly value?: string
  readonly other?: string
}

/** Names of the zones in both languages, by own name. */
export const zoneNames: ReadonlyMap<string, { readonly nl: string; readonly fr: string }> = new Map(
  csvTable<'name' | 'nl' | 'fr'>(new URL('./data/zone-names.csv', import.meta.url)).map((row) => [
    row.name,
    { nl: row.nl, fr: row.fr },
  ]),
)

const got = (p: EfactMessageParams, word: string): string =>
  p.value === undefined ? '' : ` (${word} "${quote(p.value)}")`

/** Words per rule of `data/controls.csv` and per own code. */
export const efactMessages: Readonly<Record<string, Text>> = {
  numeric: (p) => ({
    nl: `De zone "${p.nl}" mag alleen cijfers bevatten${got(p, 'nu')}.`,
    fr: `La zone « ${p.fr} » ne peut contenir que des chiffres${got(p, 'actuellement')}.`,
  }),
  date: (p) => ({
    nl: `De zone "${p.nl}" is geen bestaande datum JJJJMMDD${got(p, 'nu')}.`,
    fr: `La zone « ${p.fr} » n'est pas une date existante AAAAMMJJ${got(p, 'actuellement')}.`,
  }),
  zero: () => ({
    nl: 'Deze zone is niet in gebruik en moet nullen bevatten.',
    fr: "Cette zone n'est pas utilisée et doit contenir des zéros.",
  }),
  sign: (p) => ({
    nl: `Het bedrag of aantal "${p.nl}" begint niet met + of -${got(p, 'nu')}.`,
    fr: `Le montant ou nombre « ${p.fr} » ne commence pas par + ou -${got(p, 'actuellement')}.`,
  }),
  signInside: (p) => ({
    nl: `In de cijfers van "${p.nl}" staat een teken${got(p, 'nu')}.`,
    fr: `Un signe figure dans les chiffres de « ${p.fr} »${got(p, 'actuellement')}.`,
  }),
  recordCheck: (p) => ({
    nl: `Het controlegetal van dit record is ${quote(p.value ?? '')}, uit de inhoud volgt ${p.other}.`,
    fr: `Le nombre de contrôle de cet enregistrement est ${quote(p.value ?? '')}, le contenu donne ${p.other}.`,
  }),
  unknownType: (p) => ({
    nl: `Recordtype "${quote(p.value ?? '')}" bestaat niet of kan hier niet gelezen worden.`,
    fr: `Le type d'enregistrement « ${quote(p.value ?? '')} » n'existe pas ou ne peut être lu ici.`,
  }),
  sequence: (p) => ({
    nl: `Het volgnummer is ${quote(p.value ?? '')}; na het vorige record wordt ${p.other} verwacht.`,
    fr: `Le numéro d'ordre est ${quote(p.value ?? '')} ; après l'enregistrement précédent, ${p.other} est attendu.`,
  }),
  firstRecord: (p) => ({
    nl: `Het eerste record heeft volgnummer ${quote(p.value ?? '')} in plaats van 000001.`,
    fr: `Le premier enregistrement porte le numéro ${quote(p.value ?? '')} au lieu de 000001.`,
  }),
  before: (p) => ({
    nl: `Een record ${p.record} kan niet volgen op ${p.other}.`,
    fr: `Un enregistrement ${p.record} ne peut pas suivre ${p.other}.`,
  }),
  after: (p) => ({
    nl: `Na record ${p.record} ontbreekt het vervolg: er komt ${p.other}.`,
    fr: `Après l'enregistrement ${p.record}, la suite manque : ${p.other} arrive.`,
  }),
  absent: () => ({ nl: 'Het eindrecord 90 ontbreekt.', fr: "L'enregistrement final 90 manque." }),
  notZero: (p) => ({ nl: `De zone "${p.nl}" mag niet nul zijn.`, fr: `La zone « ${p.fr} » ne peut être nulle.` }),
  domain: (p) => ({
    nl: `De zone "${p.nl}" heeft een waarde die niet bestaat${got(p, 'nu')}; mogelijk: ${p.other}.`,
    fr: `La zone « ${p.fr} » a une valeur qui n'existe pas${got(p, 'actuellement')} ; possible : ${p.other}.`,
  }),
  future: (p) => ({
    nl: `De zone "${p.nl}" ligt in de toekomst${got(p, 'nu')}.`,
    fr: `La zone « ${p.fr} » se situe dans le futur${got(p, 'actuellement')}.`,
  }),
  period: () => ({ nl: 'De laatste dag ligt voor de eerste dag.', fr: 'Le dernier jour précède le premier jour.' }),
  inszCheck: () => ({
    nl: 'Het INSZ van de rechthebbende heeft een verkeerd controlegetal.',
    fr: 'Le NISS du bénéficiaire a un nombre de contrôle erroné.',
  }),
  ibanCheck: (p) => ({
    nl: `De zone "${p.nl}" is een rekeningnummer met een verkeerd controlegetal.`,
    fr: `La zone « ${p.fr} » est un numéro de compte dont le nombre de contrôle est erroné.`,
  }),
  iban: (p) => ({
    nl: `De zone "${p.nl}" is geen rekeningnummer: de lengte of de controlecijfers passen niet bij het land.`,
    fr: `La zone « ${p.fr} » n'est pas un numéro de compte : sa longueur ou ses chiffres de contrôle ne correspondent pas au pays.`,
  }),
  ibanAbsent: (p) => ({ nl: `De zone "${p.nl}" ontbreekt.`, fr: `La zone « ${p.fr} » manque.` }),
  codeCheck: (p) => ({
    nl: `Het laatste cijfer van nomenclatuurcode ${quote(p.value ?? '')} klopt niet.`,
    fr: `Le dernier chiffre du code nomenclature ${quote(p.value ?? '')} est erroné.`,
  }),
  same: (p) => ({
    nl: `De zone "${p.nl}" verschilt van die in record ${p.other}.`,
    fr: `La zone « ${p.fr} » diffère de celle de l'enregistrement ${p.other}.`,
  }),
  sum: (p) => ({
    nl: `De zone "${p.nl}" is ${quote(p.value ?? '')} cent, de som van de records is ${p.other} cent.`,
    fr: `La zone « ${p.fr} » vaut ${quote(p.value ?? '')} centimes, la somme des enregistrements ${p.other} centimes.`,
  }),
  total: (p) => ({
    nl: `De zone "${p.nl}" is ${quote(p.value ?? '')}, uit de nomenclatuurcodes volgt ${p.other}.`,
    fr: `La zone « ${p.fr} » vaut ${quote(p.value ?? '')}, les codes nomenclature donnent ${p.other}.`,
  }),
  ascending: (p) => ({
    nl: `Het ziekenfonds van bestemming ${quote(p.value ?? '')} komt na ${p.other}: de bestemmingen moeten oplopen.`,
    fr: `La mutualité de destination ${quote(p.value ?? '')} suit ${p.other} : les destinations doivent être croissantes.`,
  }),
  headerConstant: (p) => ({
    nl: `In de hoofding heeft "${p.nl}" de waarde ${quote(p.value ?? '')}; verwacht: ${p.other}.`,
    fr: `Dans l'en-tête, « ${p.fr} » vaut ${quote(p.value ?? '')} ; attendu : ${p.other}.`,
  }),
  headerDiffers: (p) => ({
    nl: `De zone "${p.nl}" verschilt van die in de hoofding van het bestand.`,
    fr: `La zone « ${p.fr} » diffère de celle de l'en-tête du fichier.`,
  }),
  totalRecord: (p) => ({
    nl: `De zone "${p.nl}" is ${quote(p.value ?? '')}, geteld is ${p.other}.`,
    fr: `La zone « ${p.fr} » vaut ${quote(p.value ?? '')}, le compte donne ${p.other}.`,
  }),
  unknownInsurer: (p) => ({
    nl: `Er is een totaal voor ziekenfonds ${quote(p.value ?? '')}, waarvoor geen factuur bestaat.`,
    fr: `Il y a un total pour la mutualité ${quote(p.value ?? '')}, sans aucune facture.`,
  }),
  missingTotal: (p) => ({
    nl: `Het totaalrecord ${p.other} ontbreekt.`,
    fr: `L'enregistrement de total ${p.other} manque.`,
  }),
  separators: () => ({
    nl: 'Het bestand heeft regeleinden tussen de records; die horen er niet. Ze zijn overgeslagen.',
    fr: 'Le fichier contient des fins de ligne entre les enregistrements ; elles sont ignorées.',
  }),
  length: (p) => ({
    nl: `Dit record heeft ${p.value} tekens in plaats van ${p.other}.`,
    fr: `Cet enregistrement compte ${p.value} caractères au lieu de ${p.other}.`,
  }),
  characters: () => ({
    nl: 'Dit record bevat tekens die niet toegelaten zijn (accenten of stuurtekens).',
    fr: 'Cet enregistrement contient des caractères non admis (accents ou caractères de contrôle).',
  }),
  trailing: () => ({
    nl: 'Na het laatste totaalrecord staat nog tekst, bijvoorbeeld een tweede facturatiebestand. Zend elk bestand apart; niets van dit bestand is verwerkt.',
    fr: "Du texte suit le dernier enregistrement de total, par exemple un second fichier de facturation. Envoyez chaque fichier séparément ; rien de ce fichier n'est traité.",
  }),
  empty: () => ({ nl: 'Het bestand is leeg.', fr: 'Le fichier est vide.' }),
  encoding: () => ({
    nl: 'Het bestand is geen tekst met een byte per teken (het begint als Unicode). Bewaar het als ASCII.',
    fr: "Le fichier n'est pas du texte à un octet par caractère (il débute comme de l'Unicode). Enregistrez-le en ASCII.",
  }),
  notBilling: (p) => ({
    nl: `Dit is geen facturatiebestand: het begint met "${quote(p.value ?? '')}" in plaats van 920000.`,
    fr: `Ce n'est pas un fichier de facturation : il commence par « ${quote(p.value ?? '')} » au lieu de 920000.`,
  }),
  answer: (p) => ({
    nl: `Dit is een antwoord van een verzekeringsinstelling (${p.value}), geen facturatiebestand.`,
    fr: `C'est une réponse d'un organisme assureur (${p.value}), pas un fichier de facturation.`,
  }),
  notAnswer: (p) => ({
    nl: `Dit is geen antwoord op een facturatiebestand: het begint met "${quote(p.value ?? '')}".`,
    fr: `Ce n'est pas une réponse à un fichier de facturation : il commence par « ${quote(p.value ?? '')} ».`,
  }),
  cutOff: () => ({
    nl: 'Het bestand stopt midden in een record: het einde ontbreekt. Zend het volledige bestand.',
    fr: "Le fichier s'arrête au milieu d'un enregistrement : la fin manque. Envoyez le fichier complet.",
  }),
  binary: () => ({
    nl: 'In het bestand staan bytes die geen tekst zijn (nulbytes). Zend het bestand zoals het gemaakt is, niet gecomprimeerd.',
    fr: "Le fichier contient des octets qui ne sont pas du texte (octets nuls). Envoyez le fichier tel qu'il a été produit, sans compression.",
  }),
  lost: () => ({
    nl: 'De records zijn niet meer te herkennen: waarschijnlijk ontbreken er tekens. Het lezen stopt hier.',
    fr: 'Les enregistrements ne sont plus reconnaissables : des caractères manquent probablement. La lecture s’arrête ici.',
  }),
  tooLarge: (p) => ({
    nl: `Een factuur heeft meer dan ${p.other} records. Het lezen stopt hier.`,
    fr: `Une facture compte plus de ${p.other} enregistrements. La lecture s'arrête ici.`,
  }),
}

/** Own stable code of a rule: `recordCheck` is `EFACT-RECORD-CHECK`. */
export function ownCode(rule: string): string {
  return `EFACT-${rule.replace(/[A-Z]/gu, (letter) => `-${letter}`).toUpperCase()}`
}
