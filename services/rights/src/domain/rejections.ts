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
  warningDayUnknown: {
    status: 422,
    law: 'ZIV-besluit art. 254',
    nl: 'De dag van de wet voor de verwittigingen voor {year} is hier niet gekend: die kunnen niet uitgaan. Kijk het jaar na.',
    fr: "Le jour légal des avertissements pour {year} n'est pas connu ici: ils ne peuvent partir. Vérifiez l'année.",
    de: 'Der gesetzliche Tag der Warnungen für {year} ist hier nicht bekannt: sie können nicht hinausgehen. Prüfen Sie das Jahr.',
    en: 'The day of the law for the warnings for {year} is not known here: they cannot be sent. Check the year.',
  },
  // the law names the last day; whoever was warned is warned no more that year, so an earlier run would use the warning up
  warningTooEarly: {
    status: 409,
    law: 'ZIV-besluit art. 254',
    nl: 'De verwittigingen voor {year} gaan uit op de dag die de wet noemt, {day}: een gerechtigde wordt één keer verwittigd, met wat dan bekend is. Start ze vanaf die dag.',
    fr: 'Les avertissements pour {year} partent le jour que la loi indique, {day}: un titulaire est averti une seule fois, avec ce qui est alors connu. Lancez-les à partir de ce jour.',
    de: 'Die Warnungen für {year} gehen an dem Tag hinaus, den das Gesetz nennt, {day}: ein Berechtigter wird einmal gewarnt, mit dem, was dann bekannt ist. Starten Sie sie ab diesem Tag.',
    en: 'The warnings for {year} are sent on the day the law names, {day}: a holder is warned once, with what is known then. Start them from that day on.',
  },
})
