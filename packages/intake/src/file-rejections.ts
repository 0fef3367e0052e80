import { defineRejections } from '@ziv/kernel'

/** Refusals of what is asked of a file; a service with files that can be withdrawn has them in its catalog. */
export const fileRejections = defineRejections({
  fileAnswered: {
    status: 409,
    nl: 'Het bestand is al verwerkt: wat erin stond, geldt. Stuur een bestand dat het vervangt.',
    fr: 'Le fichier est déjà traité : son contenu est en vigueur. Envoyez un fichier qui le remplace.',
    de: 'Die Datei ist bereits verarbeitet: ihr Inhalt gilt. Senden Sie eine Datei, die sie ersetzt.',
    en: 'The file was worked through already: what it says is in force. Send a file that replaces it.',
  },
  fileAtWork: {
    status: 409,
    nl: 'Het bestand wordt nog verwerkt. Wacht tot het verwerkt is; mislukt dat, dan kan het ingetrokken worden.',
    fr: 'Le fichier est encore en cours de traitement. Attendez la fin ; si le traitement échoue, il peut être retiré.',
    de: 'Die Datei wird noch verarbeitet. Warten Sie das Ende ab; scheitert die Verarbeitung, kann sie zurückgenommen werden.',
    en: 'The file is still being worked through. Wait for its end; when that fails, it can be withdrawn.',
  },
})
