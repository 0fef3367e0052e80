import type { GroundTexts } from './ground-texts.ts'

export const groundTextsFr: GroundTexts = {
  'start.quarterOfAcquisition': [
    "En qualité de {capacity}, acquise le {acquiredOn}, l'assurance commence le {from}, premier jour de ce trimestre.",
    "Non rempli: en qualité de {capacity}, acquise le {acquiredOn}, l'assurance commence le {from}, premier jour de ce trimestre.",
  ],
  'start.quarterOfRequest': [
    "En qualité de {capacity}, demandée le {requestedOn}, l'assurance commence le {from}, premier jour du trimestre de la demande.",
    "Non rempli: en qualité de {capacity}, demandée le {requestedOn}, l'assurance commence le {from}, premier jour du trimestre de la demande.",
  ],
  'start.dayOfAcquisition': [
    "En qualité de {capacity}, l'assurance commence le jour même où la qualité est acquise, le {acquiredOn}.",
    "Non rempli: en qualité de {capacity}, l'assurance commence le jour même où la qualité est acquise, le {acquiredOn}.",
  ],
  'opening.first': [
    'Le droit est ouvert une première fois du {from} au {until} inclus.',
    'Non rempli: le droit est ouvert une première fois du {from} au {until} inclus.',
  ],
  'opening.waitingPeriod': [
    "L'inscription du {registeredOn} ouvre le droit le {opensOn}, sans stage de {months} mois pour {referenceYear}.",
    "L'inscription précédente a pris fin parce que des cotisations personnelles de {referenceYear} ne sont pas payées: après l'inscription du {registeredOn} il y a un stage de {months} mois, le droit commence le {opensOn}.",
  ],
  'opening.stageMinimum': [
    "De l'inscription du {registeredOn} au {stageUntil} inclus, le minimum de cotisations du stage est atteint.",
    "De l'inscription du {registeredOn} au {stageUntil} inclus, le minimum de cotisations du stage n'est pas atteint: {totalCents} sur {requiredCents}.",
    {
      requiredCents:
        "Il n'est pas possible de dire si, de l'inscription du {registeredOn} au {stageUntil} inclus, le minimum de cotisations du stage est atteint: le montant demandé dépend de {yearsNotKnown}, dont aucune qualité avec ses cotisations n'est connue. Jusqu'à présent {totalCents} sont enregistrés.",
    },
  ],
  'opening.stageRuns': [
    "Le stage depuis l'inscription du {registeredOn} court jusqu'au {stageUntil} inclus: jusqu'à présent {totalCents} sont enregistrés pour lui, et il sera décidé ensuite si le minimum de cotisations est atteint.",
    "Le stage depuis l'inscription du {registeredOn} est terminé depuis le {stageUntil}.",
  ],
  'minimum.incomeProof': [
    "Le revenu du ménage de {referenceYear} a fait l'objet d'une décision.",
    "Le revenu du ménage de {referenceYear} n'est pas prouvé (preuve demandée le: {askedOn}): tant qu'il n'y a pas de décision, il n'est pas établi que la cotisation complète est due.",
    {
      askedOn:
        "Le revenu du ménage de {referenceYear} n'est pas prouvé et la preuve n'en a pas encore été demandée: tant que le revenu n'est pas décidé, il n'est pas établi que la cotisation complète est due.",
    },
  ],
  'minimum.none': ['Aucune cotisation n’est due pour {referenceYear}.', 'Une cotisation est due pour {referenceYear}.'],
  'minimum.unknown': [
    'Une qualité de {referenceYear} est connue.',
    'De {referenceYear}, aucune qualité soumise à cotisation n’est connue: ce qui est dû ne peut être dit (connus: {wageCents} de rémunérations, {quartersAttested} trimestres attestés, {paidCents} de paiements).',
  ],
  'minimum.surplus': [
    "Pour {referenceYear}, {surplusCents} ont été payés au-delà de ce qui est dû. Ce montant n'est pas perdu: il reste enregistré pour {referenceYear} et compte dès que cette année demande davantage. Il ne compte pas pour une autre année, et rien n'est décidé ici sur un remboursement.",
    "Pour {referenceYear}, rien n'a été payé au-delà de ce qui est dû.",
  ],
  'minimum.wage': [
    'Les salaires des documents de cotisation de {referenceYear} et le salaire que représentent les cotisations payées sur le salaire manquant ou pour des trimestres, {totalCents} au total, atteignent la valeur minimale de {requiredCents}.',
    'Les salaires des documents de cotisation de {referenceYear} et le salaire que représentent les cotisations payées sur le salaire manquant ou pour des trimestres, {totalCents} au total, restent {shortCents} sous la valeur minimale de {requiredCents}.',
  ],
  'minimum.runs': [
    "L'année de référence {referenceYear} court encore jusqu'au {until} inclus: il sera décidé ensuite si elle est remplie, et rien n'est dû à présent pour elle.",
    "L'année de référence {referenceYear} est terminée.",
  ],
  'minimum.soFar': [
    "Jusqu'à présent {totalCents} sont enregistrés pour {referenceYear}; l'année demande {requiredCents}.",
    "Jusqu'à présent rien n'est enregistré pour {referenceYear}.",
  ],
  'minimum.soFarQuarters': [
    "Jusqu'à présent la caisse d'assurances sociales atteste {quartersAttested} des {quartersDue} trimestres de {referenceYear}.",
    "Jusqu'à présent la caisse d'assurances sociales n'atteste aucun trimestre de {referenceYear}.",
  ],
  'minimum.selfEmployed': [
    "La caisse d'assurances sociales atteste tous les trimestres dus de {referenceYear} ({quartersDue}).",
    "La caisse d'assurances sociales atteste {quartersAttested} des {quartersDue} trimestres dus de {referenceYear}.",
  ],
  'minimum.personal': [
    'Les cotisations personnelles de {referenceYear} sont payées: {totalCents} sur {requiredCents} dus.',
    'Pour {referenceYear}, {totalCents} de cotisations personnelles sont payés sur {requiredCents} dus; il manque {shortCents}.',
  ],
  'personal.contribution': [
    'Pour {quarter}, la cotisation personnelle en qualité de {capacity} est de {dueCents}.',
    'Non rempli: pour {quarter}, la cotisation personnelle en qualité de {capacity} est de {dueCents}.',
  ],
  'prolongation.contributions': [
    'Les obligations de cotisation de {referenceYear}, dont dépend le droit de {year}, sont remplies.',
    'Les obligations de cotisation de {referenceYear}, dont dépend le droit de {year}, ne sont pas remplies; montant manquant: {shortCents}.',
    {
      amountStated:
        "Les obligations de cotisation de {referenceYear}, qui décident du droit de {year}, ne sont pas remplies: la caisse d'assurances sociales n'atteste pas tous les trimestres et n'a pas communiqué le montant dû.",
      yearAssessed:
        "Les obligations de cotisation de {referenceYear}, dont dépend le droit de {year}, ne sont pas remplies: rien n'est arrivé ici pour {referenceYear}, de sorte qu'aucun montant manquant ne peut être indiqué. Des documents de cotisation ou attestations de cette année manquent.",
      shortCents:
        "Les obligations de cotisation de {referenceYear}, dont dépend le droit de {year}, ne sont pas remplies: aucune qualité de {referenceYear} pour laquelle une cotisation est due n'est connue, de sorte qu'aucun montant manquant ne peut être indiqué. Cette qualité manque.",
    },
  ],
  'prolongation.capacity': [
    'Entre le {windowFrom} et le {windowUntil}, une qualité de titulaire existait, depuis le {capacityFrom}.',
    "Entre le {windowFrom} et le {windowUntil}, aucune qualité de titulaire n'existait.",
  ],
  'prolongation.fromQuarter': [
    'Par dérogation à la prolongation par année, le droit court du {from}, premier jour du trimestre où la qualité est acquise à nouveau, au {until} inclus.',
    'Non rempli: par dérogation à la prolongation par année, le droit court du {from}, premier jour du trimestre où la qualité est acquise à nouveau, au {until} inclus.',
  ],
  'right.provisional': [
    "Ce droit est provisoire: l'année {referenceYear} attend la preuve du revenu du ménage, et n'est pas refusée pour un montant dont aucune preuve n'a été demandée.",
    "Ce droit n'est pas provisoire: l'année {referenceYear} est décidée.",
  ],
  'runOut.lastDay': [
    "La dernière qualité a pris fin le {endedOn} ({endQuarter}); le droit court jusqu'au {lastDay} inclus.",
    "La dernière qualité a pris fin le {endedOn} ({endQuarter}), mais faute de cotisations le droit n'a couru que jusqu'au {lastDay}.",
  ],
  'warning.day': [
    "L'avertissement part au plus tard le {until}.",
    "Non rempli: l'avertissement part au plus tard le {until}.",
  ],
  'dependant.age': [
    "L'enfant a {ageAtStart} ans, moins de {ageLimit}.",
    "L'enfant a {ageAtStart} ans; à partir de {ageLimit} ans il ne peut plus être à charge.",
  ],
  'dependant.income': [
    'Le revenu trimestriel brut de {incomeCents} ne dépasse pas le plafond de {ceilingCents}.',
    'Il n’est pas établi que le revenu trimestriel brut ({incomeCents}) ne dépasse pas le plafond de {ceilingCents}.',
    {
      incomeCents:
        "Le revenu trimestriel brut n'est pas prouvé: il n'est pas établi qu'il ne dépasse pas le plafond de {ceilingCents}.",
    },
  ],
  'dependant.ownRight': [
    "La personne n'a pas de droit propre gratuit.",
    'La personne a un droit propre gratuit et ne peut donc pas être à charge.',
  ],
  'dependant.onePartner': [
    "Le titulaire n'a pas d'autre partenaire à charge.",
    'Le titulaire a déjà un partenaire à charge, ou vit avec un conjoint qui est lui-même titulaire.',
  ],
  'dependant.follows': [
    'A partir du {from}, le droit suit celui du titulaire.',
    "A partir du {from}, il n'y a pas de droit de titulaire à suivre.",
  ],
  'dependant.runOut': [
    "La qualité de personne à charge est perdue le {lostOn}; le droit est maintenu jusqu'au {until} inclus.",
    "Non rempli: la qualité de personne à charge est perdue le {lostOn}; le droit est maintenu jusqu'au {until} inclus.",
  ],
  'proofs.any': ['Une preuve présentée suffit pour {capacity}.', 'Aucune preuve présentée ne suffit pour {capacity}.'],
  'proofs.enrolment': [
    "L'inscription auprès d'un établissement reconnu est prouvée.",
    "L'inscription auprès d'un établissement reconnu n'est pas prouvée.",
  ],
  'proofs.residence': [
    "L'inscription ou le séjour est prouvé.",
    "L'inscription ou le séjour n'est pas prouvé, ou attend une décision.",
  ],
  'proofs.child': ["Le lien avec l'enfant est prouvé.", "Le lien avec l'enfant n'est pas prouvé."],
  'proofs.partner': ['Le lien avec le partenaire est prouvé.', "Le lien avec le partenaire n'est pas prouvé."],
  'price.tariff': [
    'Prestation {code} du {careDate}: intervention {interventionCents}, ticket modérateur {patientShareCents}.',
    "La prestation {code} n'a pas de tarif pour cette situation le {careDate}.",
  ],
  'price.nonConventioned': [
    "Le prestataire ({profession}) n'est pas conventionné: l'intervention est réduite de {reductionCents} par prestation.",
    "Le prestataire ({profession}) n'est pas conventionné; l'intervention n'en est pas réduite.",
  ],
  'price.agreementTime': [
    "Les soins tombaient dans les heures et lieux de l'accord, ou en dehors.",
    "Il n'est pas dit si les soins tombaient dans les heures et lieux de l'accord: dans ceux-ci, au plus {officialFeeCents} peuvent être demandés, en dehors les {askedCents} demandés.",
  ],
  'price.split': [
    "Sur la facture, le prestataire ne demande pas plus de {patientShareCents} au patient; l'assurance paie {paidCents}.",
    "Sur la facture, le prestataire demande {patientCents} au patient au lieu de {patientShareCents}: la ligne n'est pas payée.",
  ],
  'price.supplement': [
    'Un supplément de {supplementCents} est à charge du patient.',
    'Un supplément de {supplementCents} est demandé alors que le prestataire est lié par les tarifs officiels.',
  ],
  'retention.insured': [
    'Le droit a pris fin le {insuredUntil}.',
    "Le droit court jusqu'au {insuredUntil} inclus : les données sont conservées jusque-là.",
  ],
  'retention.billing': [
    "Des soins pouvaient être facturés jusqu'au {billableUntil} inclus.",
    "Des soins peuvent être facturés jusqu'au {billableUntil} inclus : les données sont conservées jusque-là.",
  ],
  'retention.recovery': [
    "La récupération de ce qui a été payé jusqu'au {toldUntil} s'est prescrite le {recoverableUntil}.",
    "Ce qui a été payé jusqu'au {toldUntil} sur la foi d'une affiliation qui ne vaut plus peut encore être récupéré jusqu'au {recoverableUntil} inclus: les données restent jusque-là.",
  ],
  'retention.repair': [
    "Les cotisations de {referenceYear} pouvaient être régularisées jusqu'au {repairableUntil} inclus.",
    "Les cotisations de {referenceYear} peuvent être régularisées jusqu'au {repairableUntil} inclus : les données sont conservées jusque-là.",
  ],
  'claim.timeBar': [
    'La demande pour des soins du {careDate} est arrivée le {receivedOn}, au plus tard le {lastDay}.',
    'La demande pour des soins du {careDate} est arrivée le {receivedOn}; elle était prescrite depuis le {lastDay}.',
  ],
  'distribution.share': [
    "L'objectif budgétaire {year} de {objectiveCents} est réparti selon les dépenses réelles et normatives.",
    "Non rempli: l'objectif budgétaire {year} de {objectiveCents} est réparti selon les dépenses réelles et normatives.",
  ],
  'distribution.borne': [
    'Chaque organisme assureur supporte une part limitée de son résultat de {year}.',
    'Non rempli: chaque organisme assureur supporte une part limitée de son résultat de {year}.',
  ],
  'distribution.advances': [
    'La part budgétaire {year} de {budgetCents} est payée en avances égales.',
    'Non rempli: la part budgétaire {year} de {budgetCents} est payée en avances égales.',
  ],
}
