import type { Words } from '@ziv/kernel'

/** Words for what this service finds of a slip file as such; what is wrong with a slip has the words of every slip. */
export const slipIssueTexts = {
  studentWork: {
    nl: 'Studentenarbeid onder solidariteitsbijdrage: dit record is gelezen en geteld, maar geeft geen bijdragebon.',
    fr: "Travail d'étudiant sous cotisation de solidarité: cet enregistrement est lu et compté, mais ne donne pas de bon de cotisation.",
    de: 'Studentenarbeit mit Solidaritätsbeitrag: dieser Satz wurde gelesen und gezählt, ergibt aber keinen Beitragsbon.',
    en: 'Student work under the solidarity contribution: this record was read and counted, but gives no contribution slip.',
  },
  noWage: {
    nl: 'Werkloosheid met bedrijfstoeslag of een vergoeding: dit record is gelezen en geteld, maar geeft geen bijdragebon.',
    fr: "Chômage avec complément d'entreprise ou indemnité: cet enregistrement est lu et compté, mais ne donne pas de bon de cotisation.",
    de: 'Arbeitslosigkeit mit Betriebszuschlag oder eine Entschädigung: dieser Satz wurde gelesen und gezählt, ergibt aber keinen Beitragsbon.',
    en: 'Unemployment with company supplement or an indemnity: this record was read and counted, but gives no contribution slip.',
  },
  slipNotRecorded: {
    nl: 'Deze bijdragebon kon niet geboekt worden door een fout aan onze kant; de andere zijn geboekt. De fout is genoteerd; stuur hetzelfde bestand opnieuw: wat al geboekt is, telt als ongewijzigd.',
    fr: "Ce bon de cotisation n'a pas pu être enregistré à cause d'une erreur de notre côté; les autres le sont. L'erreur est notée; renvoyez le même fichier: ce qui est déjà enregistré compte comme inchangé.",
    de: 'Dieser Beitragsbon konnte wegen eines Fehlers auf unserer Seite nicht gebucht werden; die anderen sind gebucht. Der Fehler ist vermerkt; senden Sie dieselbe Datei erneut: was schon gebucht ist, zählt als unverändert.',
    en: 'This contribution slip could not be recorded because of a fault on our side; the others are. The fault is written down; send the same file again: what is recorded already counts as unchanged.',
  },
  fileEmpty: {
    nl: 'Het bestand is leeg of bevat geen enkele bijdragebon. Stuur het volledige bestand.',
    fr: 'Le fichier est vide ou ne contient aucun bon de cotisation. Envoyez le fichier complet.',
    de: 'Die Datei ist leer oder enthält keinen Beitragsbon. Senden Sie die vollständige Datei.',
    en: 'The file is empty or holds no contribution slip. Send the whole file.',
  },
  fileCutShort: {
    nl: 'Het bestand kon niet tot het einde gelezen worden. Er is niets bewaard; stuur het volledige bestand opnieuw.',
    fr: "Le fichier n'a pas pu être lu jusqu'à la fin. Rien n'a été conservé; renvoyez le fichier complet.",
    de: 'Die Datei konnte nicht bis zum Ende gelesen werden. Nichts wurde aufbewahrt; senden Sie die vollständige Datei erneut.',
    en: 'The file could not be read to its end. Nothing was kept; send the whole file again.',
  },
} as const satisfies Record<string, Words>

/** Why a file with many bad records is refused as a whole. */
export const tooManyBadRecords = (of: {
  readonly refused: number
  readonly records: number
  /** Percentage up to which the other records are recorded. */
  readonly limit: number
}): Words => ({
  nl: `Het bestand is in zijn geheel geweigerd: ${of.refused} van de ${of.records} records zijn fout, meer dan ${of.limit} %. Niets ervan is geboekt. Verbeter de records en stuur het hele bestand opnieuw.`,
  fr: `Le fichier est refusé en entier: ${of.refused} de ses ${of.records} enregistrements sont erronés, plus de ${of.limit} %. Rien n'en est enregistré. Corrigez-les et renvoyez le fichier complet.`,
  de: `Die Datei ist als Ganzes abgelehnt: ${of.refused} ihrer ${of.records} Sätze sind falsch, mehr als ${of.limit} %. Nichts davon ist gebucht. Berichtigen Sie die Sätze und senden Sie die ganze Datei erneut.`,
  en: `The file is refused as a whole: ${of.refused} of its ${of.records} records are wrong, more than ${of.limit} %. Nothing of it is recorded. Correct the records and send the whole file again.`,
})

export type SlipIssueCode = keyof typeof slipIssueTexts
