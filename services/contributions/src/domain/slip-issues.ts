/** Words for what this service itself finds wrong with a slip file; the readers of the formats bring their own. */
export interface IssueText {
  readonly nl: string
  readonly fr: string
}

export const slipIssueTexts = {
  'SLP-0001': {
    nl: 'Het INSZ is niet geldig (11 cijfers met juist controlegetal). Verbeter het nummer en stuur het opnieuw.',
    fr: "Le NISS n'est pas valide (11 chiffres avec un nombre de contrôle correct). Corrigez le numéro et renvoyez-le.",
  },
  'SLP-0002': {
    nl: 'De werkgever is niet te herkennen: er is geen geldig RSZ-nummer of ondernemingsnummer. Verbeter het en stuur het opnieuw.',
    fr: "L'employeur n'est pas identifiable: il manque un numéro ONSS ou d'entreprise valide. Corrigez-le et renvoyez-le.",
  },
  'SLP-0003': {
    nl: 'Het kwartaal is nog niet voorbij: een bijdragebon komt na het kwartaal waarover hij gaat.',
    fr: "Le trimestre n'est pas terminé: un bon de cotisation suit le trimestre auquel il se rapporte.",
  },
  'SLP-0004': {
    nl: 'Het bedrag is te groot voor één bijdragebon. Controleer het bedrag en stuur de lijn opnieuw.',
    fr: 'Le montant est trop élevé pour un seul bon de cotisation. Vérifiez le montant et renvoyez la ligne.',
  },
  'SLP-0006': {
    nl: 'Voor het jaar van dit kwartaal zijn de bedragen van de wet hier niet gekend. Controleer het kwartaal en stuur de lijn opnieuw.',
    fr: "Les montants légaux de l'année de ce trimestre ne sont pas connus ici. Vérifiez le trimestre et renvoyez la ligne.",
  },
  'SLP-0007': {
    nl: 'Studentenarbeid onder solidariteitsbijdrage: dit record is gelezen en geteld, maar geeft geen bijdragebon.',
    fr: "Travail d'étudiant sous cotisation de solidarité: cet enregistrement est lu et compté, mais ne donne pas de bon de cotisation.",
  },
  'SLP-0008': {
    nl: 'Werkloosheid met bedrijfstoeslag of een vergoeding: dit record is gelezen en geteld, maar geeft geen bijdragebon.',
    fr: "Chômage avec complément d'entreprise ou indemnité: cet enregistrement est lu et compté, mais ne donne pas de bon de cotisation.",
  },
  'SLP-0101': {
    nl: 'Het bestand is leeg of bevat geen enkele bijdragebon. Stuur het volledige bestand.',
    fr: 'Le fichier est vide ou ne contient aucun bon de cotisation. Envoyez le fichier complet.',
  },
  'SLP-0102': {
    nl: 'Het bestand kon niet tot het einde gelezen worden. Er is niets bewaard; stuur het volledige bestand opnieuw.',
    fr: "Le fichier n'a pas pu être lu jusqu'à la fin. Rien n'a été conservé; renvoyez le fichier complet.",
  },
} as const satisfies Record<string, IssueText>
export type SlipIssueCode = keyof typeof slipIssueTexts
