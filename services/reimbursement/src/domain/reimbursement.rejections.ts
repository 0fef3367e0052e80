import { defineRejections } from '@ziv/kernel'

/** What this service refuses outside the controls of lines, with the words for people. */
export const reimbursementRejections = defineRejections({
  statusPeriodReversed: {
    status: 422,
    nl: 'De status eindigt ({to}) voor hij begint ({from}). Kijk beide dagen na.',
    fr: 'Le statut prend fin ({to}) avant de commencer ({from}). Vérifiez les deux jours.',
    de: 'Der Status endet ({to}), bevor er beginnt ({from}). Prüfen Sie beide Tage.',
    en: 'The status ends ({to}) before it begins ({from}). Check both days.',
  },
  statusOverlaps: {
    status: 409,
    law: 'ZIV-wet art. 37 par. 19',
    nl: 'De persoon heeft deze status al vanaf {from}: beëindig die eerst.',
    fr: 'La personne a déjà ce statut depuis le {from} : mettez-y fin d’abord.',
    de: 'Die Person hat diesen Status bereits ab {from}: beenden Sie ihn zuerst.',
    en: 'The person has this status already from {from}: end that one first.',
  },
  statusUnknown: {
    status: 404,
    nl: 'Deze persoon heeft geen status met dit nummer. Kijk het nummer na.',
    fr: "Cette personne n'a pas de statut portant ce numéro. Vérifiez le numéro.",
    de: 'Diese Person hat keinen Status mit dieser Nummer. Prüfen Sie die Nummer.',
    en: 'This person has no status with this identifier. Check the identifier.',
  },
  invoiceFileNotReady: {
    status: 409,
    nl: 'Het antwoord is er nog niet: het bestand wordt verwerkt. Vraag het later opnieuw.',
    fr: "La réponse n'est pas encore prête : le fichier est en cours de traitement. Demandez-la à nouveau plus tard.",
    de: 'Die Antwort liegt noch nicht vor: die Datei wird verarbeitet. Fragen Sie später erneut danach.',
    en: 'The answer is not there yet: the file is being processed. Ask for it again later.',
  },
  invoiceFileKeyGone: {
    status: 409,
    nl: 'Het antwoord kan niet gelezen worden: de sleutel van het bestand ontbreekt. Vraag de beheerder de sleutel uit de back-up terug te zetten.',
    fr: "La réponse ne peut pas être lue : la clé du fichier manque. Demandez à l'administrateur de la restaurer depuis la sauvegarde.",
    de: 'Die Antwort kann nicht gelesen werden: der Schlüssel der Datei fehlt. Bitten Sie den Betreiber, ihn aus der Sicherung wiederherzustellen.',
    en: 'The answer cannot be read: the key of the file is missing. Ask the operator to restore the key from its backup.',
  },
})
