import type { Words } from '@ziv/kernel'
import type { Awaited, Standing } from '../../domain/standing.ts'
import { type Case, type Facts, inLanguages, withFacts } from './case.ts'

/** Whose decision is awaited. */
const awaitedWords: Readonly<Record<Awaited['waitingFor'], Words>> = {
  immigrationOffice: {
    nl: 'de beslissing van de Dienst Vreemdelingenzaken',
    fr: "la décision de l'Office des étrangers",
    de: 'die Entscheidung des Ausländeramts',
    en: 'the decision of the Immigration Office',
  },
  manualDecision: {
    nl: 'een beslissing van de bevoegde ambtenaar',
    fr: 'une décision du fonctionnaire compétent',
    de: 'eine Entscheidung des zuständigen Beamten',
    en: 'a decision of the competent official',
  },
}

const waits: Words = {
  nl: 'De hoedanigheid die vanaf {acquiredOn} gevraagd is, wacht sinds {requestedOn} op {waitingFor}.',
  fr: 'La qualité demandée à partir du {acquiredOn} attend depuis le {requestedOn} {waitingFor}.',
  de: 'Die ab dem {acquiredOn} beantragte Eigenschaft wartet seit dem {requestedOn} auf {waitingFor}.',
  en: 'The capacity that was asked for from {acquiredOn} on waits since {requestedOn} for {waitingFor}.',
}

const inOrder = { rule: 'claim.inOrder', article: 'ZIV-wet art. 32' } as const

const cases: Readonly<Record<Standing['reason'], Case>> = {
  deceased: {
    rule: 'claim.alive',
    says: {
      nl: 'De rechthebbende is op {diedOn} overleden, voor de zorg van {careDate}.',
      fr: 'Le bénéficiaire est décédé le {diedOn}, avant les soins du {careDate}.',
      de: 'Der Berechtigte ist am {diedOn} verstorben, vor der Pflege vom {careDate}.',
      en: 'The patient died on {diedOn}, before the care of {careDate}.',
    },
    kind: 'askZiekenfonds',
    flip: {
      nl: 'Is de dag van overlijden of die van de zorg fout, laat hem rechtzetten (de eerste door het ziekenfonds) en {again}.',
      fr: 'Si la date du décès ou celle des soins est fausse, faites-la corriger (la première par la mutualité) et {again}.',
      de: 'Ist der Todestag oder der Tag der Pflege falsch, lassen Sie ihn berichtigen (den ersten von der Krankenkasse) und {again}.',
      en: 'If the day of death or that of the care is wrong, have it corrected (the former by the ziekenfonds) and {again}.',
    },
  },
  notAffiliated: {
    ...{ rule: inOrder.rule, article: 'ZIV-wet art. 118' },
    says: {
      nl: 'De rechthebbende was op {careDate}, met wat op {receivedOn} bekend was, bij geen ziekenfonds aangesloten.',
      fr: "D'après ce qui était connu le {receivedOn}, le bénéficiaire n'était affilié à aucune mutualité le {careDate}.",
      de: 'Nach dem, was am {receivedOn} bekannt war, war der Berechtigte am {careDate} bei keiner Krankenkasse Mitglied.',
      en: 'By what was known on {receivedOn}, the patient was affiliated with no ziekenfonds on {careDate}.',
    },
    kind: 'askZiekenfonds',
    flip: {
      nl: 'Kijk de dag na. Was er die dag wel een aansluiting, vraag het ziekenfonds dan ze te registreren en {again}.',
      fr: "Vérifiez le jour. S'il y avait bien une affiliation ce jour-là, demandez à la mutualité de l'enregistrer, puis {again}.",
      de: 'Prüfen Sie den Tag. Bestand an diesem Tag doch eine Mitgliedschaft, bitten Sie die Krankenkasse, sie einzutragen, und {again}.',
      en: 'Check the day. If there was an affiliation on that day, ask the ziekenfonds to register it and {again}.',
    },
  },
  otherInsurer: {
    ...{ rule: inOrder.rule, article: 'ZIV-wet art. 118' },
    says: {
      nl: 'De rechthebbende was op {careDate} bij een andere verzekeringsinstelling dan die van deze aanvraag.',
      fr: 'Le {careDate}, le bénéficiaire relevait d’un autre organisme assureur que celui de cette demande.',
      de: 'Am {careDate} war der Berechtigte bei einer anderen Versicherungseinrichtung als der dieses Antrags.',
      en: 'On {careDate} the patient was with another insurer than the one of this claim.',
    },
    kind: 'sendAgain',
    flip: {
      nl: 'Dien de zorg van die dag apart in, als een nieuwe aanvraag met alleen dagen bij die andere verzekeringsinstelling.',
      fr: 'Introduisez les soins de ce jour à part, par une nouvelle demande qui ne contient que des jours auprès de cet autre organisme assureur.',
      de: 'Reichen Sie die Pflege dieses Tages getrennt ein, als neuen Antrag mit nur Tagen bei jener anderen Versicherungseinrichtung.',
      en: 'Send the care of that day apart, as a new request with days at that other insurer only.',
    },
  },
  capacityPending: {
    ...inOrder,
    says: {
      nl: 'Met wat op {receivedOn} bekend was, is de rechthebbende op {careDate} nog niet in regel. {awaited}',
      fr: "D'après ce qui était connu le {receivedOn}, le bénéficiaire n'est pas encore en règle le {careDate}. {awaited}",
      de: 'Nach dem, was am {receivedOn} bekannt war, ist der Berechtigte am {careDate} noch nicht in Ordnung. {awaited}',
      en: 'By what was known on {receivedOn}, the patient is not in order yet on {careDate}. {awaited}',
    },
    kind: 'await',
    flip: {
      nl: 'Wacht de beslissing af. Is ze gunstig en opent ze het recht voor die dag, {thenAgain}.',
      fr: 'Attendez la décision. Si elle est favorable et ouvre le droit pour ce jour, {thenAgain}.',
      de: 'Warten Sie die Entscheidung ab. Ist sie günstig und eröffnet sie den Anspruch für diesen Tag, {thenAgain}.',
      en: 'Wait for the decision. If it is favourable and opens the right for that day, {thenAgain}.',
    },
  },
  noCapacity: {
    ...inOrder,
    says: {
      nl: 'De rechthebbende heeft op {careDate}, met wat op {receivedOn} bekend was, geen hoedanigheid die recht geeft, en er wacht er ook geen.',
      fr: "D'après ce qui était connu le {receivedOn}, le bénéficiaire n'a le {careDate} aucune qualité qui donne droit, et aucune n'est en attente.",
      de: 'Nach dem, was am {receivedOn} bekannt war, hat der Berechtigte am {careDate} keine Eigenschaft, die einen Anspruch gibt, und es wartet auch keine.',
      en: 'By what was known on {receivedOn}, the patient has no capacity on {careDate} that gives a right, and none waits.',
    },
    kind: 'askZiekenfonds',
    flip: {
      nl: 'De rechthebbende kan bij het ziekenfonds een hoedanigheid aanvragen, met een bewijs. Is er net een gemeld, wacht dan een ogenblik en {again}.',
      fr: "Le bénéficiaire peut demander une qualité à la mutualité, avec une preuve. Si l'une vient d'être communiquée, attendez un instant et {again}.",
      de: 'Der Berechtigte kann bei der Krankenkasse eine Eigenschaft beantragen, mit einem Nachweis. Wurde eben eine gemeldet, warten Sie einen Augenblick und {again}.',
      en: 'The patient can ask the ziekenfonds for a capacity, with a proof. If one was told a moment ago, wait a moment and {again}.',
    },
  },
  noRightKnown: {
    ...inOrder,
    says: {
      nl: 'Van de rechthebbende was op {receivedOn} hier nog geen beslissing aangekomen die voor {careDate} recht geeft.',
      fr: "Le {receivedOn}, aucune décision donnant droit au bénéficiaire pour le {careDate} n'était encore arrivée ici.",
      de: 'Am {receivedOn} war hier noch keine Entscheidung eingetroffen, die dem Berechtigten für den {careDate} einen Anspruch gibt.',
      en: 'By {receivedOn} no decision that gives the patient a right for {careDate} had reached this service.',
    },
    kind: 'await',
    flip: {
      nl: 'Is er net iets gemeld, wacht dan een ogenblik en {again}. Blijft het antwoord hetzelfde, vraag het ziekenfonds dan hoe over het recht beslist is.',
      fr: "Si un fait vient d'être communiqué, attendez un instant et {again}. Si la réponse reste la même, demandez à la mutualité ce qui a été décidé du droit.",
      de: 'Wurde eben etwas gemeldet, warten Sie einen Augenblick und {again}. Bleibt die Antwort dieselbe, fragen Sie die Krankenkasse, wie über den Anspruch entschieden ist.',
      en: 'If something was told a moment ago, wait a moment and {again}. If the answer stays the same, ask the ziekenfonds what was decided about the right.',
    },
  },
  rightNotOpen: {
    ...{ rule: inOrder.rule, article: 'ZIV-wet art. 32; ZIV-besluit art. 131' },
    says: {
      nl: 'Het recht van de rechthebbende is, met wat op {receivedOn} bekend was, op {careDate} niet open.',
      fr: "D'après ce qui était connu le {receivedOn}, le droit du bénéficiaire n'est pas ouvert le {careDate}.",
      de: 'Nach dem, was am {receivedOn} bekannt war, ist der Anspruch des Berechtigten am {careDate} nicht eröffnet.',
      en: 'By what was known on {receivedOn}, the right of the patient is not open on {careDate}.',
    },
    kind: 'askZiekenfonds',
    flip: {
      nl: 'Het ziekenfonds zegt waarom en wat er aan te doen is. Komt het recht voor die dag in orde, wacht dan een ogenblik en {again}.',
      fr: 'La mutualité dit pourquoi et ce qui peut être fait. Une fois le droit en ordre pour ce jour, attendez un instant et {again}.',
      de: 'Die Krankenkasse sagt, warum und was zu tun ist. Kommt der Anspruch für diesen Tag in Ordnung, warten Sie einen Augenblick und {again}.',
      en: 'The ziekenfonds says why and what can be done. Once the right is in order for that day, wait a moment and {again}.',
    },
  },
}

/** Why the care of a day is refused for want of a right, and the facts that only this reason has. */
export function caseOfStanding(standing: Standing): { readonly found: Case; readonly also: Facts } {
  const found = cases[standing.reason]
  if (standing.reason === 'deceased') return { found, also: { diedOn: standing.diedOn } }
  if (standing.reason !== 'capacityPending') return { found, also: {} }
  const each = standing.awaited.map(({ waitingFor, ...days }) =>
    withFacts(waits, { ...days, waitingFor: awaitedWords[waitingFor] }),
  )
  return { found, also: { awaited: inLanguages((language) => each.map((one) => one[language]).join(' ')) } }
}
