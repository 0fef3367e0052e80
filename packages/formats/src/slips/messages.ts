import { formatDay, type Words } from '@ziv/kernel'
import { quote } from '../issue.ts'

export interface SlipMessageParams {
  readonly column?: string
  readonly value?: string
  readonly other?: string
}

type Text = (p: SlipMessageParams) => Words

const got = (p: SlipMessageParams, word: string): string =>
  p.value === undefined ? '' : ` (${word} "${quote(p.value)}")`

/** Words per own code of slip files. */
export const slipMessages: Readonly<Record<string, Text>> = {
  'SLIP-HEADER': (p) => ({
    nl: `De eerste regel moet de namen van de kolommen bevatten: ${p.other}.`,
    fr: `La première ligne doit contenir les noms des colonnes : ${p.other}.`,
    de: `Die erste Zeile muss die Namen der Spalten enthalten: ${p.other}.`,
    en: `The first line must hold the names of the columns: ${p.other}.`,
  }),
  'SLIP-MISSING-COLUMN': (p) => ({
    nl: `De kolom "${p.column}" ontbreekt.`,
    fr: `La colonne « ${p.column} » manque.`,
    de: `Die Spalte „${p.column}“ fehlt.`,
    en: `Column "${p.column}" is missing.`,
  }),
  'SLIP-UNKNOWN-COLUMN': (p) => ({
    nl: `Kolom ${p.value} is onbekend en wordt niet gelezen${p.column === undefined ? `; gekend zijn ${p.other}.` : `: bedoelt u ${p.column}?`}`,
    fr: `La colonne ${p.value} est inconnue et n'est pas lue${p.column === undefined ? ` ; sont connues ${p.other}.` : ` : vouliez-vous dire ${p.column} ?`}`,
    de: `Spalte ${p.value} ist unbekannt und wird nicht gelesen${p.column === undefined ? `; bekannt sind ${p.other}.` : `: meinten Sie ${p.column}?`}`,
    en: `Column ${p.value} is unknown and is not read${p.column === undefined ? `; known are ${p.other}.` : `: did you mean ${p.column}?`}`,
  }),
  'SLIP-COLUMNS': (p) => ({
    nl: `Deze regel heeft ${p.value} kolommen, de eerste regel ${p.other}.`,
    fr: `Cette ligne a ${p.value} colonnes, la première ligne ${p.other}.`,
    de: `Diese Zeile hat ${p.value} Spalten, die erste Zeile ${p.other}.`,
    en: `This line has ${p.value} columns, the first line ${p.other}.`,
  }),
  'SLIP-QUOTES': () => ({
    nl: 'De aanhalingstekens op deze regel kloppen niet.',
    fr: 'Les guillemets de cette ligne sont incorrects.',
    de: 'Die Anführungszeichen in dieser Zeile stimmen nicht.',
    en: 'The quotation marks on this line are wrong.',
  }),
  'SLIP-JSON': () => ({
    nl: 'Deze regel is geen JSON-object met een bijdragebon, of een naam staat er twee keer in.',
    fr: "Cette ligne n'est pas un objet JSON avec un bon de cotisation, ou un nom y figure deux fois.",
    de: 'Diese Zeile ist kein JSON-Objekt mit einem Beitragsbon, oder ein Name steht zweimal darin.',
    en: 'This line is not a JSON object with a contribution slip, or a name stands in it twice.',
  }),
  'SLIP-NOT-SLIPS': () => ({
    nl: 'Geen enkele van de eerste regels is een bruikbare bijdragebon. Het lezen stopt hier.',
    fr: "Aucune des premières lignes n'est un bon de cotisation utilisable. La lecture s'arrête ici.",
    de: 'Keine der ersten Zeilen ist ein brauchbarer Beitragsbon. Das Lesen endet hier.',
    en: 'None of the first lines is a usable contribution slip. Reading stops here.',
  }),
  'SLIP-NO-ROWS': () => ({
    nl: 'Het bestand bevat geen enkele bijdragebon.',
    fr: 'Le fichier ne contient aucun bon de cotisation.',
    de: 'Die Datei enthält keinen Beitragsbon.',
    en: 'The file holds no contribution slip.',
  }),
  'SLIP-MISSING': (p) => ({
    nl: `De waarde van "${p.column}" ontbreekt.`,
    fr: `La valeur de « ${p.column} » manque.`,
    de: `Der Wert von „${p.column}“ fehlt.`,
    en: `The value of "${p.column}" is missing.`,
  }),
  'SLIP-INSZ': () => ({
    nl: 'Het INSZ heeft een verkeerd controlegetal of geen 11 cijfers.',
    fr: "Le NISS a un nombre de contrôle erroné ou n'a pas 11 chiffres.",
    de: 'Die ENSS-Nummer hat eine falsche Kontrollzahl oder keine 11 Ziffern.',
    en: 'The INSZ has wrong check digits or not 11 digits.',
  }),
  'SLIP-EMPLOYER': (p) => ({
    nl: `Het werkgeversnummer${got(p, 'nu')} is geen RSZ-nummer en geen ondernemingsnummer.`,
    fr: `Le numéro d'employeur${got(p, 'actuellement')} n'est ni un numéro ONSS ni un numéro d'entreprise.`,
    de: `Die Arbeitgebernummer${got(p, 'jetzt')} ist weder eine LSS-Nummer noch eine Unternehmensnummer.`,
    en: `The number of the employer${got(p, 'now')} is neither an RSZ number nor an enterprise number.`,
  }),
  'SLIP-QUARTER': (p) => ({
    nl: `Het kwartaal${got(p, 'nu')} bestaat niet; schrijf bijvoorbeeld 2026Q1.`,
    fr: `Le trimestre${got(p, 'actuellement')} n'existe pas ; écrivez par exemple 2026Q1.`,
    de: `Das Quartal${got(p, 'jetzt')} besteht nicht; schreiben Sie zum Beispiel 2026Q1.`,
    en: `The quarter${got(p, 'now')} does not exist; write for example 2026Q1.`,
  }),
  'SLIP-QUARTER-FUTURE': (p) => ({
    nl: `Kwartaal ${p.value} is nog niet voorbij op ${formatDay(p.other ?? '', 'nl')}.`,
    fr: `Le trimestre ${p.value} n'est pas terminé au ${formatDay(p.other ?? '', 'fr')}.`,
    de: `Das Quartal ${p.value} ist am ${formatDay(p.other ?? '', 'de')} noch nicht vorbei.`,
    en: `Quarter ${p.value} is not over yet on ${formatDay(p.other ?? '', 'en')}.`,
  }),
  'SLIP-NUMBER': (p) => ({
    nl: `"${p.column}"${got(p, 'nu')} moet een geheel getal van 0 tot ${p.other} zijn.`,
    fr: `« ${p.column} »${got(p, 'actuellement')} doit être un nombre entier de 0 à ${p.other}.`,
    de: `„${p.column}“${got(p, 'jetzt')} muss eine ganze Zahl von 0 bis ${p.other} sein.`,
    en: `"${p.column}"${got(p, 'now')} must be a whole number from 0 to ${p.other}.`,
  }),
  'SLIP-CODE': (p) => ({
    nl: `"${p.column}"${got(p, 'nu')} moet uit drie cijfers bestaan.`,
    fr: `« ${p.column} »${got(p, 'actuellement')} doit compter trois chiffres.`,
    de: `„${p.column}“${got(p, 'jetzt')} muss aus drei Ziffern bestehen.`,
    en: `"${p.column}"${got(p, 'now')} must have three digits.`,
  }),
  'SLIP-TEXT': (p) => ({
    nl: `"${p.column}" is langer dan ${p.other} tekens.`,
    fr: `« ${p.column} » dépasse ${p.other} caractères.`,
    de: `„${p.column}“ ist länger als ${p.other} Zeichen.`,
    en: `"${p.column}" is longer than ${p.other} characters.`,
  }),
}
