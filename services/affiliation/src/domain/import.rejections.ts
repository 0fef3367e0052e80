import { defineRejections } from '@ziv/kernel'

/** Refusals of the lines of a file of members. */
export const importRejections = defineRejections({
  rowDiffers: {
    status: 409,
    nl: 'Deze regel werd al ingevoerd met een andere inhoud: de eerste inhoud geldt. Verbeter hem met de routes voor verbetering.',
    fr: 'Cette ligne a déjà été importée avec un autre contenu : le premier contenu vaut. Corrigez-le par les routes de correction.',
    de: 'Diese Zeile wurde bereits mit anderem Inhalt eingeführt: der erste Inhalt gilt. Berichtigen Sie ihn über die Routen für Berichtigungen.',
    en: 'This row was imported before with other content: the first content holds. Put it right with the routes of corrections.',
  },
})
