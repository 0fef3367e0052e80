import { quote } from '../issue.ts'

export interface SlipMessageParams {
  readonly column?: string
  readonly value?: string
  readonly other?: string
}

type Text = (p: SlipMessageParams) => { nl: string; fr: string }

const got = (p: SlipMessageParams, word: string): string =>
  p.value === undefined ? '' : ` (${word} "${quote(p.value)}")`

/** Words per own code of slip files. */
export const slipMessages: Readonly<Record<string, Text>> = {
  'SLIP-HEADER': (p) => ({
    nl: `De eerste regel moet de namen van de kolommen bevatten: ${p.other}.`,
    fr: `La première ligne doit contenir les noms des colonnes : ${p.other}.`,
  }),
  'SLIP-MISSING-COLUMN': (p) => ({
    nl: `De kolom "${p.column}" ontbreekt.`,
    fr: `La colonne « ${p.column} » manque.`,
  }),
  'SLIP-UNKNOWN-COLUMN': (p) => ({
    nl: `De kolom "${quote(p.column ?? '')}" is onbekend en wordt niet gelezen.`,
    fr: `La colonne « ${quote(p.column ?? '')} » est inconnue et n'est pas lue.`,
  }),
  'SLIP-COLUMNS': (p) => ({
    nl: `Deze regel heeft ${p.value} kolommen, de eerste regel ${p.other}.`,
    fr: `Cette ligne a ${p.value} colonnes, la première ligne ${p.other}.`,
  }),
  'SLIP-QUOTES': () => ({
    nl: 'De aanhalingstekens op deze regel kloppen niet.',
    fr: 'Les guillemets de cette ligne sont incorrects.',
  }),
  'SLIP-JSON': () => ({
    nl: 'Deze regel is geen JSON-object met een bijdragebon.',
    fr: "Cette ligne n'est pas un objet JSON avec un bon de cotisation.",
  }),
  'SLIP-NOT-SLIPS': () => ({
    nl: 'Geen enkele van de eerste regels is een bruikbare bijdragebon. Het lezen stopt hier.',
    fr: "Aucune des premières lignes n'est un bon de cotisation utilisable. La lecture s'arrête ici.",
  }),
  'SLIP-NO-ROWS': () => ({
    nl: 'Het bestand bevat geen enkele bijdragebon.',
    fr: 'Le fichier ne contient aucun bon de cotisation.',
  }),
  'SLIP-MISSING': (p) => ({
    nl: `De waarde van "${p.column}" ontbreekt.`,
    fr: `La valeur de « ${p.column} » manque.`,
  }),
  'SLIP-INSZ': () => ({
    nl: 'Het INSZ heeft een verkeerd controlegetal of geen 11 cijfers.',
    fr: "Le NISS a un nombre de contrôle erroné ou n'a pas 11 chiffres.",
  }),
  'SLIP-EMPLOYER': (p) => ({
    nl: `Het werkgeversnummer${got(p, 'nu')} is geen RSZ-nummer en geen ondernemingsnummer.`,
    fr: `Le numéro d'employeur${got(p, 'actuellement')} n'est ni un numéro ONSS ni un numéro d'entreprise.`,
  }),
  'SLIP-QUARTER': (p) => ({
    nl: `Het kwartaal${got(p, 'nu')} bestaat niet; schrijf bijvoorbeeld 2026Q1.`,
    fr: `Le trimestre${got(p, 'actuellement')} n'existe pas ; écrivez par exemple 2026Q1.`,
  }),
  'SLIP-QUARTER-FUTURE': (p) => ({
    nl: `Kwartaal ${p.value} is nog niet voorbij op ${p.other}.`,
    fr: `Le trimestre ${p.value} n'est pas terminé au ${p.other}.`,
  }),
  'SLIP-NUMBER': (p) => ({
    nl: `"${p.column}"${got(p, 'nu')} moet een geheel getal van 0 tot ${p.other} zijn.`,
    fr: `« ${p.column} »${got(p, 'actuellement')} doit être un nombre entier de 0 à ${p.other}.`,
  }),
  'SLIP-CODE': (p) => ({
    nl: `"${p.column}"${got(p, 'nu')} moet uit drie cijfers bestaan.`,
    fr: `« ${p.column} »${got(p, 'actuellement')} doit compter trois chiffres.`,
  }),
  'SLIP-TEXT': (p) => ({
    nl: `"${p.column}" is langer dan ${p.other} tekens.`,
    fr: `« ${p.column} » dépasse ${p.other} caractères.`,
  }),
}
