import type { Words } from '@ziv/kernel'

/** Words for what this service itself finds wrong with a slip file; the readers of the formats bring their own. */
export const slipIssueTexts = {
  'SLP-0001': {
    nl: 'Het INSZ is niet geldig (11 cijfers met juist controlegetal). Verbeter het nummer en stuur het opnieuw.',
    fr: "Le NISS n'est pas valide (11 chiffres avec un nombre de contrôle correct). Corrigez le numéro et renvoyez-le.",
    de: 'Die ENSS-Nummer ist nicht gültig (11 Ziffern mit richtiger Kontrollzahl). Verbessern Sie die Nummer und senden Sie sie erneut.',
    en: 'The INSZ is not valid (11 digits with right check digits). Correct the number and send it again.',
  },
  'SLP-0002': {
    nl: 'De werkgever is niet te herkennen: er is geen geldig RSZ-nummer of ondernemingsnummer. Verbeter het en stuur het opnieuw.',
    fr: "L'employeur n'est pas identifiable: il manque un numéro ONSS ou d'entreprise valide. Corrigez-le et renvoyez-le.",
    de: 'Der Arbeitgeber ist nicht erkennbar: eine gültige LSS- oder Unternehmensnummer fehlt. Verbessern Sie sie und senden Sie sie erneut.',
    en: 'The employer cannot be recognised: there is no valid RSZ number or enterprise number. Correct it and send it again.',
  },
  'SLP-0003': {
    nl: 'Het kwartaal is nog niet voorbij: een bijdragebon komt na het kwartaal waarover hij gaat.',
    fr: "Le trimestre n'est pas terminé: un bon de cotisation suit le trimestre auquel il se rapporte.",
    de: 'Das Quartal ist noch nicht vorbei: ein Beitragsbon folgt dem Quartal, auf das er sich bezieht.',
    en: 'The quarter is not over yet: a contribution slip follows the quarter it is about.',
  },
  'SLP-0004': {
    nl: 'Het bedrag is te groot voor één bijdragebon. Controleer het bedrag en stuur de lijn opnieuw.',
    fr: 'Le montant est trop élevé pour un seul bon de cotisation. Vérifiez le montant et renvoyez la ligne.',
    de: 'Der Betrag ist zu hoch für einen einzigen Beitragsbon. Prüfen Sie den Betrag und senden Sie die Zeile erneut.',
    en: 'The amount is too high for one contribution slip. Check the amount and send the line again.',
  },
  'SLP-0006': {
    nl: 'Voor het jaar van dit kwartaal zijn de bedragen van de wet hier niet gekend. Controleer het kwartaal en stuur de lijn opnieuw.',
    fr: "Les montants légaux de l'année de ce trimestre ne sont pas connus ici. Vérifiez le trimestre et renvoyez la ligne.",
    de: 'Für das Jahr dieses Quartals sind die gesetzlichen Beträge hier nicht bekannt. Prüfen Sie das Quartal und senden Sie die Zeile erneut.',
    en: 'The amounts of the law for the year of this quarter are not known here. Check the quarter and send the line again.',
  },
  'SLP-0007': {
    nl: 'Studentenarbeid onder solidariteitsbijdrage: dit record is gelezen en geteld, maar geeft geen bijdragebon.',
    fr: "Travail d'étudiant sous cotisation de solidarité: cet enregistrement est lu et compté, mais ne donne pas de bon de cotisation.",
    de: 'Studentenarbeit mit Solidaritätsbeitrag: dieser Satz wurde gelesen und gezählt, ergibt aber keinen Beitragsbon.',
    en: 'Student work under the solidarity contribution: this record was read and counted, but gives no contribution slip.',
  },
  'SLP-0008': {
    nl: 'Werkloosheid met bedrijfstoeslag of een vergoeding: dit record is gelezen en geteld, maar geeft geen bijdragebon.',
    fr: "Chômage avec complément d'entreprise ou indemnité: cet enregistrement est lu et compté, mais ne donne pas de bon de cotisation.",
    de: 'Arbeitslosigkeit mit Betriebszuschlag oder eine Entschädigung: dieser Satz wurde gelesen und gezählt, ergibt aber keinen Beitragsbon.',
    en: 'Unemployment with company supplement or an indemnity: this record was read and counted, but gives no contribution slip.',
  },
  'SLP-0101': {
    nl: 'Het bestand is leeg of bevat geen enkele bijdragebon. Stuur het volledige bestand.',
    fr: 'Le fichier est vide ou ne contient aucun bon de cotisation. Envoyez le fichier complet.',
    de: 'Die Datei ist leer oder enthält keinen Beitragsbon. Senden Sie die vollständige Datei.',
    en: 'The file is empty or holds no contribution slip. Send the whole file.',
  },
  'SLP-0102': {
    nl: 'Het bestand kon niet tot het einde gelezen worden. Er is niets bewaard; stuur het volledige bestand opnieuw.',
    fr: "Le fichier n'a pas pu être lu jusqu'à la fin. Rien n'a été conservé; renvoyez le fichier complet.",
    de: 'Die Datei konnte nicht bis zum Ende gelesen werden. Nichts wurde aufbewahrt; senden Sie die vollständige Datei erneut.',
    en: 'The file could not be read to its end. Nothing was kept; send the whole file again.',
  },
} as const satisfies Record<string, Words>
export type SlipIssueCode = keyof typeof slipIssueTexts
