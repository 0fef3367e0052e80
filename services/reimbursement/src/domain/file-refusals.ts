import { LANGUAGES, type Words } from '@ziv/kernel'
import { formatPercent } from '@ziv/law'

/** Why a billing file is refused as a whole, in words that tell a reader of one part nothing of the others. */
export const fileRefusals = {
  fileWithoutInvoice: (): Words => ({
    nl: 'Het bestand is in zijn geheel geweigerd: er staat geen enkele factuur in. Stuur het bestand met zijn facturen.',
    fr: 'Le fichier est refusé en entier : il ne contient aucune facture. Envoyez le fichier avec ses factures.',
    de: 'Die Datei ist als Ganzes abgelehnt: sie enthält keine Rechnung. Senden Sie die Datei mit ihren Rechnungen.',
    en: 'The file is refused as a whole: it holds no invoice. Send the file with its invoices.',
  }),
  fileBlocked: (): Words => ({
    nl: 'Het bestand is in zijn geheel geweigerd: een fout met letter B blokkeert het, en niets ervan is betaald. Verbeter elke fout met letter B en stuur het hele bestand opnieuw.',
    fr: 'Le fichier est refusé en entier : une erreur de lettre B le bloque, et rien n’en est payé. Corrigez chaque erreur de lettre B et renvoyez le fichier complet.',
    de: 'Die Datei ist als Ganzes abgelehnt: ein Fehler mit dem Buchstaben B blockiert sie, und nichts davon ist bezahlt. Berichtigen Sie jeden Fehler mit dem Buchstaben B und senden Sie die ganze Datei erneut.',
    en: 'The file is refused as a whole: an error of letter B blocks it, and nothing of it is paid. Correct every error of letter B and send the whole file again.',
  }),
  fileTooManyErrors: (share: string, limit: string): Words => {
    const [nl, fr, de, en] = LANGUAGES.map((language) => ({
      share: formatPercent(share, language),
      limit: formatPercent(limit, language),
    }))
    return {
      nl: `Het bestand is in zijn geheel geweigerd: ${nl!.share} van de lijnen heeft een fout, en meer dan ${nl!.limit} mag niet. Niets ervan is betaald. Verbeter de fouten en stuur het hele bestand opnieuw.`,
      fr: `Le fichier est refusé en entier : ${fr!.share} des lignes ont une erreur, et plus de ${fr!.limit} n’est pas admis. Rien n’en est payé. Corrigez les erreurs et renvoyez le fichier complet.`,
      de: `Die Datei ist als Ganzes abgelehnt: ${de!.share} der Zeilen haben einen Fehler, und mehr als ${de!.limit} ist nicht zulässig. Nichts davon ist bezahlt. Berichtigen Sie die Fehler und senden Sie die ganze Datei erneut.`,
      en: `The file is refused as a whole: ${en!.share} of its lines are in error, and more than ${en!.limit} is not allowed. Nothing of it is paid. Correct the errors and send the whole file again.`,
    }
  },
} as const
export type FileRefusal = keyof typeof fileRefusals
