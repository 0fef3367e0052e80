import { defineRejections } from '@ziv/kernel'

/** Refusals between two affiliations: days of others, and a change of fund that only a transfer may bring. */
export const transferRejections = defineRejections({
  affiliatedElsewhere: {
    status: 409,
    law: 'art. 118 ZIV-wet',
    nl: 'De persoon is bij een andere verzekeringsinstelling aangesloten, en op elke dag is er hoogstens één. Alleen die kan haar aansluiting beëindigen, verbeteren of intrekken: vraag het daar. Na een einde is de keuze vrij als er meer dan {months} maanden (zekerheid van deze termijn: {confidence}) voorbij zijn (niet naar of van de kas van HR Rail); na een intrekking meteen. Een mutatie (art. 255 tot 268 ZIV-besluit) biedt deze versie niet aan.',
    fr: 'La personne est affiliée auprès d’un autre organisme assureur, et chaque jour il y en a au plus un. Lui seul peut mettre fin à son affiliation, la corriger ou la retirer : demandez-le-lui. Après une fin, le choix est libre quand plus de {months} mois (certitude de ce délai : {confidence}) sont passés (sauf vers ou depuis la caisse de HR Rail) ; après un retrait, aussitôt. Cette version n’offre pas la mutation (art. 255 à 268 de l’arrêté).',
    de: 'Die Person ist bei einem anderen Versicherungsträger angeschlossen, und an jedem Tag gibt es höchstens einen. Nur dieser kann seinen Anschluss beenden, berichtigen oder zurücknehmen: bitten Sie dort darum. Nach einem Ende ist die Wahl frei, wenn mehr als {months} Monate (Sicherheit dieser Frist: {confidence}) vergangen sind (nicht zur oder von der Kasse von HR Rail); nach einer Rücknahme sofort. Einen Wechsel (Art. 255 bis 268 des Erlasses) bietet diese Version nicht an.',
    en: 'The person is affiliated with another insurer, and there is at most one on every day. Only that insurer can end, correct or withdraw its affiliation: ask for it there. After an end the choice is free once more than {months} months (confidence of this term: {confidence}) have passed (not to or from the HR Rail fund); after a withdrawal at once. This version does not offer a transfer (art. 255 to 268 of the decree).',
  },
  affiliatedWithOtherFund: {
    status: 409,
    law: 'art. 118 ZIV-wet',
    nl: 'De persoon is aangesloten bij {ziekenfonds}, een ander ziekenfonds van dezelfde verzekeringsinstelling. Alleen dat ziekenfonds kan die aansluiting beëindigen, verbeteren of intrekken: vraag het daar, en sluit de persoon daarna aan.',
    fr: 'La personne est affiliée à {ziekenfonds}, une autre mutualité du même organisme assureur. Seule cette mutualité peut mettre fin à cette affiliation, la corriger ou la retirer : demandez-le-lui, puis affiliez la personne.',
    de: 'Die Person ist bei {ziekenfonds} angeschlossen, einer anderen Krankenkasse desselben Versicherungsträgers. Nur diese Krankenkasse kann den Anschluss beenden, berichtigen oder zurücknehmen: bitten Sie dort darum, und schließen Sie die Person danach an.',
    en: 'The person is affiliated with {ziekenfonds}, another ziekenfonds of the same insurer. Only that ziekenfonds can end, correct or withdraw that affiliation: ask for it there, and affiliate the person after that.',
  },
  insurersOverlap: {
    status: 409,
    law: 'art. 118 ZIV-wet',
    nl: 'De aansluiting zou dagen delen met een aansluiting bij een andere verzekeringsinstelling: op elke dag is er hoogstens één. Kies dagen daarbuiten, of vraag die verzekeringsinstelling haar aansluiting te verbeteren of in te trekken: alleen zij kan dat.',
    fr: 'L’affiliation partagerait des jours avec une affiliation auprès d’un autre organisme assureur : chaque jour il y en a au plus un. Choisissez d’autres jours, ou demandez à cet organisme assureur de corriger ou de retirer son affiliation : lui seul le peut.',
    de: 'Der Anschluss würde Tage mit einem Anschluss bei einem anderen Versicherungsträger teilen: an jedem Tag gibt es höchstens einen. Wählen Sie andere Tage, oder bitten Sie diesen Versicherungsträger, seinen Anschluss zu berichtigen oder zurückzunehmen: nur er kann das.',
    en: 'The affiliation would share days with an affiliation with another insurer: there is at most one on every day. Choose other days, or ask that insurer to correct or withdraw its affiliation: only that insurer can.',
  },
  familyLeftBehind: {
    status: 409,
    law: 'art. 118 ZIV-wet',
    nl: 'De persoon verliet {ziekenfonds} op {leftOn} met personen ten laste, die onverzekerd zouden achterblijven: tot {free} (zekerheid van deze termijn: {confidence}) kan geen ander ziekenfonds van dezelfde verzekeringsinstelling volgen zonder een overgang van het hele gezin. Verbeter de aansluiting als het vertrek een vergissing was.',
    fr: 'La personne a quitté {ziekenfonds} le {leftOn} avec des personnes à charge, qui resteraient sans assurance : jusqu’au {free} (certitude de ce délai : {confidence}), aucune autre mutualité du même organisme assureur ne peut suivre sans passage de toute la famille. Si le départ est une erreur, corrigez l’affiliation.',
    de: 'Die Person verließ {ziekenfonds} am {leftOn} mit Personen zu Lasten, die unversichert zurückblieben: bis zum {free} (Sicherheit dieser Frist: {confidence}) kann keine andere Krankenkasse desselben Versicherungsträgers folgen ohne Übergang der ganzen Familie. War der Abgang ein Irrtum, berichtigen Sie den Anschluss.',
    en: 'The person left {ziekenfonds} on {leftOn} with dependants, who would stay behind uninsured: until {free} (confidence of this term: {confidence}) no other ziekenfonds of the same insurer can follow without a move of the whole family. When the departure was a mistake, correct the affiliation.',
  },
  transferNeeded: {
    status: 409,
    law: 'art. 255 tot 268 ZIV-besluit',
    nl: 'De persoon verliet {insurer} op {leftOn}: tot {free} (zekerheid van deze termijn: {confidence}) kan alleen een mutatie naar een andere verzekeringsinstelling leiden, en die biedt deze versie niet aan. Sluit daarna aan. Was het vertrek een vergissing, verbeter dan de aansluiting.',
    fr: 'La personne a quitté {insurer} le {leftOn} : jusqu’au {free} (certitude de ce délai : {confidence}), seule une mutation mène à un autre organisme assureur, et cette version ne l’offre pas. Affiliez après ce jour. Si le départ est une erreur, corrigez l’affiliation.',
    de: 'Die Person verließ {insurer} am {leftOn}: bis zum {free} (Sicherheit dieser Frist: {confidence}) führt nur ein Wechsel zu einem anderen Versicherungsträger, und diese Version bietet ihn nicht an. Schließen Sie danach an. War der Abgang ein Irrtum, berichtigen Sie den Anschluss.',
    en: 'The person left {insurer} on {leftOn}: until {free} (confidence of this term: {confidence}) only a transfer leads to another insurer, and this version does not offer it. Affiliate after that day. When the departure was a mistake, correct the affiliation.',
  },
  ownCapacityNeeded: {
    status: 409,
    law: 'art. 118 ZIV-wet; art. 255 tot 268 ZIV-besluit',
    nl: 'De persoon verliet {insurer} op {leftOn} samen met de gerechtigde en koos zelf niets: tot {free} (zekerheid van deze termijn: {confidence}) volgt een ander ziekenfonds alleen op een eigen hoedanigheid, of met een gerechtigde daar. Geef de hoedanigheid mee, of voeg de persoon toe als persoon ten laste.',
    fr: 'La personne a quitté {insurer} le {leftOn} avec le titulaire et n’a rien choisi elle-même : jusqu’au {free} (certitude de ce délai : {confidence}), une autre mutualité ne suit que d’une qualité propre, ou d’un titulaire qui y est membre. Donnez la qualité, ou ajoutez la personne comme personne à charge.',
    de: 'Die Person verließ {insurer} am {leftOn} mit dem Berechtigten und wählte selbst nichts: bis zum {free} (Sicherheit dieser Frist: {confidence}) folgt eine andere Krankenkasse nur aus einer eigenen Eigenschaft, oder mit einem Berechtigten dort. Geben Sie die Eigenschaft an, oder fügen Sie die Person als Person zu Lasten hinzu.',
    en: 'The person left {insurer} on {leftOn} with the holder and chose nothing: until {free} (confidence of this term: {confidence}) another ziekenfonds follows from a capacity of one’s own only, or with a holder there. Give the capacity, or add the person as a dependant.',
  },
  nextInsurerTooSoon: {
    status: 409,
    law: 'art. 255 tot 268 ZIV-besluit',
    nl: 'De persoon koos sindsdien een ander ziekenfonds, en met einddag {to} lagen daar geen {months} maanden (zekerheid van deze termijn: {confidence}) tussen: dat zou een mutatie of een overgang van het gezin zijn. Kies een vroegere dag, of vraag eerst dat ander ziekenfonds zijn aansluiting te verbeteren.',
    fr: 'La personne a choisi depuis lors une autre mutualité, et avec le dernier jour {to} il n’y aurait pas {months} mois (certitude de ce délai : {confidence}) entre les deux : ce serait une mutation ou un passage de la famille. Choisissez un jour antérieur, ou demandez d’abord à cette autre mutualité de corriger son affiliation.',
    de: 'Die Person wählte seitdem eine andere Krankenkasse, und mit dem letzten Tag {to} lägen keine {months} Monate (Sicherheit dieser Frist: {confidence}) dazwischen: das wäre ein Wechsel oder ein Übergang der Familie. Wählen Sie einen früheren Tag, oder bitten Sie zuerst diese andere Krankenkasse, ihren Anschluss zu berichtigen.',
    en: 'The person chose another ziekenfonds since, and with {to} as the last day there would be no {months} months (confidence of this term: {confidence}) between the two: that would be a transfer or a move of the family. Choose an earlier day, or first ask that other ziekenfonds to correct its affiliation.',
  },
})
