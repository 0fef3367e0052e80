import { formatAmount, type Language, type Words } from '@ziv/kernel'
import { csvTable } from '../csv-table.ts'
import { quote } from '../issue.ts'

type Text = (p: EfactMessageParams) => Words

/** The names of the zone, and what else a message tells. */
export interface EfactMessageParams extends Words {
  readonly record?: string
  readonly value?: string
  readonly other?: string
  /** `value` and `other` are amounts in cents. */
  readonly cents?: boolean
}

/** What an issue tells beside the zone. */
export type EfactDetail = Omit<EfactMessageParams, Language>

/** Names of the zones in four languages, by own name. */
export const zoneNames: ReadonlyMap<string, Words> = new Map(
  csvTable<'name' | Language>(new URL('./data/zone-names.csv', import.meta.url)).map((row) => [
    row.name,
    { nl: row.nl, fr: row.fr, de: row.de, en: row.en },
  ]),
)

const got = (p: EfactMessageParams, word: string): string =>
  p.value === undefined ? '' : ` (${word} "${quote(p.value)}")`

/** A zone that was read, or what it should be. */
const figure = (p: EfactMessageParams, name: 'value' | 'other', language: Language): string =>
  p.cents === true ? formatAmount(Number(p[name]), language) : quote(p[name] ?? '')

/** Words per rule of `data/controls.csv` and per own code. */
export const efactMessages: Readonly<Record<string, Text>> = {
  numeric: (p) => ({
    nl: `De zone "${p.nl}" mag alleen cijfers bevatten${got(p, 'nu')}.`,
    fr: `La zone « ${p.fr} » ne peut contenir que des chiffres${got(p, 'actuellement')}.`,
    de: `Die Zone „${p.de}“ darf nur Ziffern enthalten${got(p, 'jetzt')}.`,
    en: `Zone "${p.en}" may hold digits only${got(p, 'now')}.`,
  }),
  date: (p) => ({
    nl: `De zone "${p.nl}" is geen bestaande datum JJJJMMDD${got(p, 'nu')}.`,
    fr: `La zone « ${p.fr} » n'est pas une date existante AAAAMMJJ${got(p, 'actuellement')}.`,
    de: `Die Zone „${p.de}“ ist kein bestehendes Datum JJJJMMTT${got(p, 'jetzt')}.`,
    en: `Zone "${p.en}" is not an existing date YYYYMMDD${got(p, 'now')}.`,
  }),
  zero: () => ({
    nl: 'Deze zone is niet in gebruik en moet nullen bevatten.',
    fr: "Cette zone n'est pas utilisée et doit contenir des zéros.",
    de: 'Diese Zone wird nicht verwendet und muss Nullen enthalten.',
    en: 'This zone is not in use and must hold zeros.',
  }),
  sign: (p) => ({
    nl: `Het bedrag of aantal "${p.nl}" begint niet met + of -${got(p, 'nu')}.`,
    fr: `Le montant ou nombre « ${p.fr} » ne commence pas par + ou -${got(p, 'actuellement')}.`,
    de: `Der Betrag oder die Anzahl „${p.de}“ beginnt nicht mit + oder -${got(p, 'jetzt')}.`,
    en: `The amount or number "${p.en}" does not begin with + or -${got(p, 'now')}.`,
  }),
  signInside: (p) => ({
    nl: `In de cijfers van "${p.nl}" staat een teken${got(p, 'nu')}.`,
    fr: `Un signe figure dans les chiffres de « ${p.fr} »${got(p, 'actuellement')}.`,
    de: `Zwischen den Ziffern von „${p.de}“ steht ein Vorzeichen${got(p, 'jetzt')}.`,
    en: `There is a sign among the digits of "${p.en}"${got(p, 'now')}.`,
  }),
  recordCheck: (p) => ({
    nl: `Het controlegetal van dit record is ${quote(p.value ?? '')}, uit de inhoud volgt ${p.other}.`,
    fr: `Le nombre de contrôle de cet enregistrement est ${quote(p.value ?? '')}, le contenu donne ${p.other}.`,
    de: `Die Kontrollzahl dieses Satzes ist ${quote(p.value ?? '')}, aus dem Inhalt folgt ${p.other}.`,
    en: `The check digits of this record are ${quote(p.value ?? '')}, its content gives ${p.other}.`,
  }),
  unknownType: (p) => ({
    nl: `Recordtype "${quote(p.value ?? '')}" bestaat niet of kan hier niet gelezen worden.`,
    fr: `Le type d'enregistrement « ${quote(p.value ?? '')} » n'existe pas ou ne peut être lu ici.`,
    de: `Der Satztyp „${quote(p.value ?? '')}“ besteht nicht oder kann hier nicht gelesen werden.`,
    en: `Record type "${quote(p.value ?? '')}" does not exist or cannot be read here.`,
  }),
  sequence: (p) => ({
    nl: `Het volgnummer is ${quote(p.value ?? '')}; na het vorige record wordt ${p.other} verwacht.`,
    fr: `Le numéro d'ordre est ${quote(p.value ?? '')} ; après l'enregistrement précédent, ${p.other} est attendu.`,
    de: `Die laufende Nummer ist ${quote(p.value ?? '')}; nach dem vorigen Satz wird ${p.other} erwartet.`,
    en: `The sequence number is ${quote(p.value ?? '')}; after the record before it ${p.other} is expected.`,
  }),
  firstRecord: (p) => ({
    nl: `Het eerste record heeft volgnummer ${quote(p.value ?? '')} in plaats van 000001.`,
    fr: `Le premier enregistrement porte le numéro ${quote(p.value ?? '')} au lieu de 000001.`,
    de: `Der erste Satz hat die laufende Nummer ${quote(p.value ?? '')} statt 000001.`,
    en: `The first record has sequence number ${quote(p.value ?? '')} instead of 000001.`,
  }),
  before: (p) => ({
    nl: `Een record ${p.record} kan niet volgen op ${p.other}.`,
    fr: `Un enregistrement ${p.record} ne peut pas suivre ${p.other}.`,
    de: `Ein Satz ${p.record} kann nicht auf ${p.other} folgen.`,
    en: `A record ${p.record} cannot follow ${p.other}.`,
  }),
  after: (p) => ({
    nl: `Na record ${p.record} ontbreekt het vervolg: er komt ${p.other}.`,
    fr: `Après l'enregistrement ${p.record}, la suite manque : ${p.other} arrive.`,
    de: `Nach Satz ${p.record} fehlt die Fortsetzung: es kommt ${p.other}.`,
    en: `What should follow record ${p.record} is missing: ${p.other} comes.`,
  }),
  absent: () => ({
    nl: 'Het eindrecord 90 ontbreekt.',
    fr: "L'enregistrement final 90 manque.",
    de: 'Der Schlusssatz 90 fehlt.',
    en: 'The closing record 90 is missing.',
  }),
  notZero: (p) => ({
    nl: `De zone "${p.nl}" mag niet nul zijn.`,
    fr: `La zone « ${p.fr} » ne peut être nulle.`,
    de: `Die Zone „${p.de}“ darf nicht null sein.`,
    en: `Zone "${p.en}" may not be zero.`,
  }),
  domain: (p) => ({
    nl: `De zone "${p.nl}" heeft een waarde die niet bestaat${got(p, 'nu')}; mogelijk: ${p.other}.`,
    fr: `La zone « ${p.fr} » a une valeur qui n'existe pas${got(p, 'actuellement')} ; possible : ${p.other}.`,
    de: `Die Zone „${p.de}“ hat einen Wert, den es nicht gibt${got(p, 'jetzt')}; möglich: ${p.other}.`,
    en: `Zone "${p.en}" has a value that does not exist${got(p, 'now')}; possible: ${p.other}.`,
  }),
  future: (p) => ({
    nl: `De zone "${p.nl}" ligt in de toekomst${got(p, 'nu')}.`,
    fr: `La zone « ${p.fr} » se situe dans le futur${got(p, 'actuellement')}.`,
    de: `Die Zone „${p.de}“ liegt in der Zukunft${got(p, 'jetzt')}.`,
    en: `Zone "${p.en}" lies in the future${got(p, 'now')}.`,
  }),
  period: () => ({
    nl: 'De laatste dag ligt voor de eerste dag.',
    fr: 'Le dernier jour précède le premier jour.',
    de: 'Der letzte Tag liegt vor dem ersten Tag.',
    en: 'The last day lies before the first day.',
  }),
  inszCheck: () => ({
    nl: 'Het INSZ van de rechthebbende heeft een verkeerd controlegetal.',
    fr: 'Le NISS du bénéficiaire a un nombre de contrôle erroné.',
    de: 'Die ENSS-Nummer des Berechtigten hat eine falsche Kontrollzahl.',
    en: 'The INSZ of the patient has wrong check digits.',
  }),
  ibanCheck: (p) => ({
    nl: `De zone "${p.nl}" is een rekeningnummer met een verkeerd controlegetal.`,
    fr: `La zone « ${p.fr} » est un numéro de compte dont le nombre de contrôle est erroné.`,
    de: `Die Zone „${p.de}“ ist eine Kontonummer mit falscher Prüfziffer.`,
    en: `Zone "${p.en}" is an account number with wrong check digits.`,
  }),
  iban: (p) => ({
    nl: `De zone "${p.nl}" is geen rekeningnummer: de lengte of de controlecijfers passen niet bij het land.`,
    fr: `La zone « ${p.fr} » n'est pas un numéro de compte : sa longueur ou ses chiffres de contrôle ne correspondent pas au pays.`,
    de: `Die Zone „${p.de}“ ist keine Kontonummer: Länge oder Prüfziffern passen nicht zum Land.`,
    en: `Zone "${p.en}" is not an account number: its length or its check digits do not fit the country.`,
  }),
  ibanAbsent: (p) => ({
    nl: `De zone "${p.nl}" ontbreekt.`,
    fr: `La zone « ${p.fr} » manque.`,
    de: `Die Zone „${p.de}“ fehlt.`,
    en: `Zone "${p.en}" is missing.`,
  }),
  codeCheck: (p) => ({
    nl: `Het laatste cijfer van nomenclatuurcode ${quote(p.value ?? '')} klopt niet.`,
    fr: `Le dernier chiffre du code nomenclature ${quote(p.value ?? '')} est erroné.`,
    de: `Die letzte Ziffer des Leistungscodes ${quote(p.value ?? '')} stimmt nicht.`,
    en: `The last digit of nomenclature code ${quote(p.value ?? '')} is wrong.`,
  }),
  same: (p) => ({
    nl: `De zone "${p.nl}" verschilt van die in record ${p.other}.`,
    fr: `La zone « ${p.fr} » diffère de celle de l'enregistrement ${p.other}.`,
    de: `Die Zone „${p.de}“ weicht von der in Satz ${p.other} ab.`,
    en: `Zone "${p.en}" differs from the one in record ${p.other}.`,
  }),
  sum: (p) => ({
    nl: `De zone "${p.nl}" is ${figure(p, 'value', 'nl')}, de som van de records is ${figure(p, 'other', 'nl')}.`,
    fr: `La zone « ${p.fr} » vaut ${figure(p, 'value', 'fr')}, la somme des enregistrements ${figure(p, 'other', 'fr')}.`,
    de: `Die Zone „${p.de}“ ist ${figure(p, 'value', 'de')}, die Summe der Sätze ist ${figure(p, 'other', 'de')}.`,
    en: `Zone "${p.en}" is ${figure(p, 'value', 'en')}, the sum of the records is ${figure(p, 'other', 'en')}.`,
  }),
  total: (p) => ({
    nl: `De zone "${p.nl}" is ${quote(p.value ?? '')}, uit de nomenclatuurcodes volgt ${p.other}.`,
    fr: `La zone « ${p.fr} » vaut ${quote(p.value ?? '')}, les codes nomenclature donnent ${p.other}.`,
    de: `Die Zone „${p.de}“ ist ${quote(p.value ?? '')}, aus den Leistungscodes folgt ${p.other}.`,
    en: `Zone "${p.en}" is ${quote(p.value ?? '')}, the nomenclature codes give ${p.other}.`,
  }),
  ascending: (p) => ({
    nl: `Het ziekenfonds van bestemming ${quote(p.value ?? '')} komt na ${p.other}: de bestemmingen moeten oplopen.`,
    fr: `La mutualité de destination ${quote(p.value ?? '')} suit ${p.other} : les destinations doivent être croissantes.`,
    de: `Die Zielkrankenkasse ${quote(p.value ?? '')} kommt nach ${p.other}: die Ziele müssen aufsteigend stehen.`,
    en: `Destination ${quote(p.value ?? '')} comes after ${p.other}: destinations must be in ascending order.`,
  }),
  headerConstant: (p) => ({
    nl: `In de hoofding heeft "${p.nl}" de waarde ${quote(p.value ?? '')}; verwacht: ${p.other}.`,
    fr: `Dans l'en-tête, « ${p.fr} » vaut ${quote(p.value ?? '')} ; attendu : ${p.other}.`,
    de: `Im Kopf hat „${p.de}“ den Wert ${quote(p.value ?? '')}; erwartet: ${p.other}.`,
    en: `In the header "${p.en}" is ${quote(p.value ?? '')}; expected: ${p.other}.`,
  }),
  headerDiffers: (p) => ({
    nl: `De zone "${p.nl}" verschilt van die in de hoofding van het bestand.`,
    fr: `La zone « ${p.fr} » diffère de celle de l'en-tête du fichier.`,
    de: `Die Zone „${p.de}“ weicht von der im Kopf der Datei ab.`,
    en: `Zone "${p.en}" differs from the one in the header of the file.`,
  }),
  totalRecord: (p) => ({
    nl: `De zone "${p.nl}" is ${figure(p, 'value', 'nl')}, geteld is ${figure(p, 'other', 'nl')}.`,
    fr: `La zone « ${p.fr} » vaut ${figure(p, 'value', 'fr')}, le compte donne ${figure(p, 'other', 'fr')}.`,
    de: `Die Zone „${p.de}“ ist ${figure(p, 'value', 'de')}, gezählt wurde ${figure(p, 'other', 'de')}.`,
    en: `Zone "${p.en}" is ${figure(p, 'value', 'en')}, the count gives ${figure(p, 'other', 'en')}.`,
  }),
  unknownInsurer: (p) => ({
    nl: `Er is een totaal voor ziekenfonds ${quote(p.value ?? '')}, waarvoor geen factuur bestaat.`,
    fr: `Il y a un total pour la mutualité ${quote(p.value ?? '')}, sans aucune facture.`,
    de: `Es gibt eine Summe für Krankenkasse ${quote(p.value ?? '')}, aber keine Rechnung dafür.`,
    en: `There is a total for ziekenfonds ${quote(p.value ?? '')}, for which there is no invoice.`,
  }),
  missingTotal: (p) => ({
    nl: `Het totaalrecord ${p.other} ontbreekt.`,
    fr: `L'enregistrement de total ${p.other} manque.`,
    de: `Der Summensatz ${p.other} fehlt.`,
    en: `Total record ${p.other} is missing.`,
  }),
  separators: () => ({
    nl: 'Het bestand heeft regeleinden tussen de records; die horen er niet. Ze zijn overgeslagen.',
    fr: 'Le fichier contient des fins de ligne entre les enregistrements ; elles sont ignorées.',
    de: 'Die Datei hat Zeilenenden zwischen den Sätzen; sie gehören nicht dorthin und wurden übersprungen.',
    en: 'The file has line ends between the records; they do not belong there and were skipped.',
  }),
  length: (p) => ({
    nl: `Dit record heeft ${p.value} tekens in plaats van ${p.other}.`,
    fr: `Cet enregistrement compte ${p.value} caractères au lieu de ${p.other}.`,
    de: `Dieser Satz hat ${p.value} Zeichen statt ${p.other}.`,
    en: `This record has ${p.value} characters instead of ${p.other}.`,
  }),
  characters: () => ({
    nl: 'Dit record bevat tekens die niet toegelaten zijn (accenten of stuurtekens).',
    fr: 'Cet enregistrement contient des caractères non admis (accents ou caractères de contrôle).',
    de: 'Dieser Satz enthält nicht zugelassene Zeichen (Akzente oder Steuerzeichen).',
    en: 'This record holds characters that are not allowed (accents or control characters).',
  }),
  trailing: () => ({
    nl: 'Na het laatste totaalrecord staat nog tekst, bijvoorbeeld een tweede facturatiebestand. Zend elk bestand apart; niets van dit bestand is verwerkt.',
    fr: "Du texte suit le dernier enregistrement de total, par exemple un second fichier de facturation. Envoyez chaque fichier séparément ; rien de ce fichier n'est traité.",
    de: 'Nach dem letzten Summensatz steht noch Text, zum Beispiel eine zweite Rechnungsdatei. Senden Sie jede Datei einzeln; nichts aus dieser Datei wurde verarbeitet.',
    en: 'There is more text after the last total record, for example a second billing file. Send each file by itself; nothing of this file was processed.',
  }),
  empty: () => ({
    nl: 'Het bestand is leeg.',
    fr: 'Le fichier est vide.',
    de: 'Die Datei ist leer.',
    en: 'The file is empty.',
  }),
  encoding: () => ({
    nl: 'Het bestand is geen tekst met een byte per teken (het begint als Unicode). Bewaar het als ASCII.',
    fr: "Le fichier n'est pas du texte à un octet par caractère (il débute comme de l'Unicode). Enregistrez-le en ASCII.",
    de: 'Die Datei ist kein Text mit einem Byte je Zeichen (sie beginnt wie Unicode). Speichern Sie sie als ASCII.',
    en: 'The file is not text of one byte per character (it begins like Unicode). Save it as ASCII.',
  }),
  notBilling: (p) => ({
    nl: `Dit is geen facturatiebestand: het begint met "${quote(p.value ?? '')}" in plaats van 920000.`,
    fr: `Ce n'est pas un fichier de facturation : il commence par « ${quote(p.value ?? '')} » au lieu de 920000.`,
    de: `Dies ist keine Rechnungsdatei: sie beginnt mit „${quote(p.value ?? '')}“ statt 920000.`,
    en: `This is not a billing file: it begins with "${quote(p.value ?? '')}" instead of 920000.`,
  }),
  answer: (p) => ({
    nl: `Dit is een antwoord van een verzekeringsinstelling (${p.value}), geen facturatiebestand.`,
    fr: `C'est une réponse d'un organisme assureur (${p.value}), pas un fichier de facturation.`,
    de: `Dies ist eine Antwort einer Versicherungseinrichtung (${p.value}), keine Rechnungsdatei.`,
    en: `This is an answer of an insurer (${p.value}), not a billing file.`,
  }),
  notAnswer: (p) => ({
    nl: `Dit is geen antwoord op een facturatiebestand: het begint met "${quote(p.value ?? '')}".`,
    fr: `Ce n'est pas une réponse à un fichier de facturation : il commence par « ${quote(p.value ?? '')} ».`,
    de: `Dies ist keine Antwort auf eine Rechnungsdatei: sie beginnt mit „${quote(p.value ?? '')}“.`,
    en: `This is not an answer to a billing file: it begins with "${quote(p.value ?? '')}".`,
  }),
  cutOff: () => ({
    nl: 'Het bestand stopt midden in een record: het einde ontbreekt. Zend het volledige bestand.',
    fr: "Le fichier s'arrête au milieu d'un enregistrement : la fin manque. Envoyez le fichier complet.",
    de: 'Die Datei endet mitten in einem Satz: das Ende fehlt. Senden Sie die vollständige Datei.',
    en: 'The file stops in the middle of a record: its end is missing. Send the whole file.',
  }),
  binary: () => ({
    nl: 'In het bestand staan bytes die geen tekst zijn (nulbytes). Zend het bestand zoals het gemaakt is, niet gecomprimeerd.',
    fr: "Le fichier contient des octets qui ne sont pas du texte (octets nuls). Envoyez le fichier tel qu'il a été produit, sans compression.",
    de: 'In der Datei stehen Bytes, die kein Text sind (Nullbytes). Senden Sie die Datei so, wie sie erstellt wurde, nicht komprimiert.',
    en: 'The file holds bytes that are not text (zero bytes). Send the file as it was made, not compressed.',
  }),
  lost: () => ({
    nl: 'De records zijn niet meer te herkennen: waarschijnlijk ontbreken er tekens. Het lezen stopt hier.',
    fr: 'Les enregistrements ne sont plus reconnaissables : des caractères manquent probablement. La lecture s’arrête ici.',
    de: 'Die Sätze sind nicht mehr erkennbar: wahrscheinlich fehlen Zeichen. Das Lesen endet hier.',
    en: 'The records cannot be recognised any more: characters are probably missing. Reading stops here.',
  }),
  tooLarge: (p) => ({
    nl: `Een factuur heeft meer dan ${p.other} records. Het lezen stopt hier.`,
    fr: `Une facture compte plus de ${p.other} enregistrements. La lecture s'arrête ici.`,
    de: `Eine Rechnung hat mehr als ${p.other} Sätze. Das Lesen endet hier.`,
    en: `An invoice has more than ${p.other} records. Reading stops here.`,
  }),
}

/** Own stable code of a rule: `recordCheck` is `EFACT-RECORD-CHECK`. */
export function ownCode(rule: string): string {
  return `EFACT-${rule.replace(/[A-Z]/gu, (letter) => `-${letter}`).toUpperCase()}`
}
