import type { Words } from '@ziv/kernel'
import type { NotInOrderReason } from './answer.ts'

/** Why somebody is not in order, and what to do next, as a sentence per reason. */
export const reasonTexts: Readonly<Record<NotInOrderReason, Words>> = {
  unknownPerson: {
    nl: 'Van deze persoon is geen aansluiting bekend die geldt: er was er nog geen, of ze is ingetrokken. Vraag het ziekenfonds ze te registreren; wie net is aangesloten, vraagt het over een ogenblik opnieuw.',
    fr: "Aucune affiliation valable de cette personne n'est connue\u00a0: il n'y en avait pas encore, ou elle a été retirée. Demandez à la mutualité de l'enregistrer\u00a0; pour une affiliation toute récente, reposez la question dans un instant.",
    de: 'Von dieser Person ist keine geltende Mitgliedschaft bekannt: es gab noch keine, oder sie wurde zurückgenommen. Bitten Sie die Krankenkasse, sie einzutragen; bei einem eben erfolgten Beitritt fragen Sie gleich noch einmal.',
    en: 'No affiliation of this person that stands is known: there was none yet, or it was withdrawn. Ask the ziekenfonds to register one; after an affiliation of a moment ago, ask again in a moment.',
  },
  notAffiliated: {
    nl: 'Op deze dag is de persoon bij geen ziekenfonds aangesloten. Kijk de dag na, of vraag een aansluiting die deze dag dekt.',
    fr: "Ce jour-là, la personne n'est affiliée à aucune mutualité. Vérifiez le jour, ou demandez une affiliation qui couvre ce jour.",
    de: 'An diesem Tag ist die Person bei keiner Krankenkasse Mitglied. Prüfen Sie den Tag, oder beantragen Sie eine Mitgliedschaft, die ihn umfasst.',
    en: 'On this day the person is affiliated with no ziekenfonds. Check the day, or ask for an affiliation that covers it.',
  },
  deceased: {
    nl: 'De persoon was op deze dag overleden. Is de dag van overlijden fout, vraag dan het ziekenfonds ze recht te zetten.',
    fr: 'La personne était décédée ce jour-là. Si la date du décès est fausse, demandez à la mutualité de la corriger.',
    de: 'Die Person war an diesem Tag verstorben. Ist der Todestag falsch, bitten Sie die Krankenkasse, ihn zu berichtigen.',
    en: 'The person had died by this day. If the day of death is wrong, ask the ziekenfonds to correct it.',
  },
  noCapacity: {
    nl: 'De persoon heeft op deze dag geen hoedanigheid die recht geeft. Vraag bij het ziekenfonds een hoedanigheid aan, met een bewijs.',
    fr: "La personne n'a ce jour-là aucune qualité qui donne droit. Demandez une qualité à la mutualité, avec une preuve.",
    de: 'Die Person hat an diesem Tag keine Eigenschaft, die einen Anspruch gibt. Beantragen Sie bei der Krankenkasse eine Eigenschaft, mit einem Nachweis.',
    en: 'On this day the person has no capacity that gives a right. Ask the ziekenfonds for a capacity, with a proof.',
  },
  capacityPending: {
    nl: 'Een gevraagde hoedanigheid wacht op een beslissing van anderen; het antwoord zegt van wie. Vraag het opnieuw zodra er beslist is.',
    fr: "Une qualité demandée attend la décision d'autrui\u00a0; la réponse dit de qui. Reposez la question une fois la décision prise.",
    de: 'Eine beantragte Eigenschaft wartet auf eine Entscheidung anderer; die Antwort sagt, von wem. Fragen Sie erneut, sobald entschieden ist.',
    en: 'A capacity that was asked for waits for a decision of others; the answer says whose. Ask again once it is decided.',
  },
  waitingPeriod: {
    nl: 'De opening van het recht is voor deze dag geweigerd: de wachttijd geldt. De beslissing zegt waarom en wat er aan te doen is.',
    fr: "L'ouverture du droit est refusée pour ce jour\u00a0: le stage s'applique. La décision dit pourquoi et ce qui peut être fait.",
    de: 'Die Eröffnung des Anspruchs ist für diesen Tag abgelehnt: die Wartezeit gilt. Die Entscheidung sagt, warum und was zu tun ist.',
    en: 'The opening of the right is refused for this day: the waiting period applies. The decision says why and what can be done.',
  },
  renewalRefused: {
    nl: 'De verlenging van het recht is voor deze dag geweigerd. De beslissing zegt waarom en wat er aan te doen is.',
    fr: 'La prolongation du droit est refusée pour ce jour. La décision dit pourquoi et ce qui peut être fait.',
    de: 'Die Verlängerung des Anspruchs ist für diesen Tag abgelehnt. Die Entscheidung sagt, warum und was zu tun ist.',
    en: 'The renewal of the right is refused for this day. The decision says why and what can be done.',
  },
  holderNotInOrder: {
    nl: 'Het recht volgt dat van de gerechtigde van wie de persoon ten laste is, en die is op deze dag niet in orde. Laat de gerechtigde aan het eigen ziekenfonds vragen waarom en wat er aan te doen is: komt dat recht in orde, dan ook dit.',
    fr: "Le droit suit celui du titulaire dont la personne est à charge, et celui-ci n'est pas en ordre ce jour-là. Que le titulaire demande à sa mutualité pourquoi et ce qui peut être fait\u00a0: si son droit est mis en ordre, celui-ci l'est aussi.",
    de: 'Der Anspruch folgt dem des Berechtigten, zu dessen Lasten die Person ist, und dieser ist an diesem Tag nicht in Ordnung. Der Berechtigte frage seine Krankenkasse, warum und was zu tun ist: kommt sein Anspruch in Ordnung, dann auch dieser.',
    en: "The right follows that of the holder on whom the person depends, and the holder is not in order on this day. The holder can ask the holder's own ziekenfonds why and what can be done: once that right is in order, so is this one.",
  },
  notDecidedYet: {
    nl: 'Over het recht van dat jaar is nog niet beslist: dit is geen weigering. Vraag het opnieuw zodra het jaar begonnen is.',
    fr: "Le droit de cette année n'est pas encore décidé\u00a0: ce n'est pas un refus. Reposez la question une fois l'année commencée.",
    de: 'Über den Anspruch dieses Jahres ist noch nicht entschieden: das ist keine Ablehnung. Fragen Sie erneut, sobald das Jahr begonnen hat.',
    en: 'The right of that year is not decided yet: this is no refusal. Ask again once the year has begun.',
  },
  rightEnded: {
    nl: 'De hoedanigheid die recht gaf, is geëindigd en het recht is uitgelopen. Vraag bij het ziekenfonds een nieuwe hoedanigheid aan, met een bewijs.',
    fr: 'La qualité qui donnait droit a pris fin et le droit est épuisé. Demandez une nouvelle qualité à la mutualité, avec une preuve.',
    de: 'Die Eigenschaft, die den Anspruch gab, ist beendet, und der Anspruch ist ausgelaufen. Beantragen Sie bei der Krankenkasse eine neue Eigenschaft, mit einem Nachweis.',
    en: 'The capacity that gave the right ended and the right has run out. Ask the ziekenfonds for a new capacity, with a proof.',
  },
}
