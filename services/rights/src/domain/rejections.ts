import { defineRejections } from '@ziv/kernel'

/** Refusals of the rights service. */
export const rejections = defineRejections({
  yearNotBegun: {
    status: 409,
    law: 'ZIV-besluit art. 131',
    nl: 'Het jaar {year} is nog niet begonnen: de verlenging kan vanaf 1 januari van dat jaar.',
    fr: "L'année {year} n'a pas commencé: la prolongation est possible à partir du 1er janvier de cette année.",
    de: 'Das Jahr {year} hat noch nicht begonnen: die Verlängerung ist ab dem 1. Januar dieses Jahres möglich.',
    en: 'The year {year} has not begun: its renewal can run from 1 January of that year on.',
  },
})
