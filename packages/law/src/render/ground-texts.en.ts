import type { GroundTexts } from './ground-texts.ts'

export const groundTextsEn: GroundTexts = {
  'start.quarterOfAcquisition': [
    'As {capacity}, a capacity acquired on {acquiredOn}, insurance starts on {from}, the first day of that quarter.',
    'Not met: as {capacity}, a capacity acquired on {acquiredOn}, insurance starts on {from}, the first day of that quarter.',
  ],
  'start.quarterOfRequest': [
    'As {capacity}, requested on {requestedOn}, insurance starts on {from}, the first day of the quarter of the request.',
    'Not met: as {capacity}, requested on {requestedOn}, insurance starts on {from}, the first day of the quarter of the request.',
  ],
  'start.dayOfAcquisition': [
    'As {capacity}, insurance starts on the very day the capacity was acquired, {acquiredOn}.',
    'Not met: as {capacity}, insurance starts on the very day the capacity was acquired, {acquiredOn}.',
  ],
  'opening.first': [
    'The right is opened for the first time from {from} up to and including {until}.',
    'Not met: the right is opened for the first time from {from} up to and including {until}.',
  ],
  'opening.waitingPeriod': [
    'The registration of {registeredOn} opens the right on {opensOn}, without a stage of {months} months for {referenceYear}.',
    'The earlier registration lapsed because personal contributions of {referenceYear} are not paid: after the registration of {registeredOn} there is a stage of {months} months, the right begins on {opensOn}.',
  ],
  'opening.stageMinimum': [
    'From the registration on {registeredOn} until {stageUntil} the minimum contribution of the stage is reached.',
    'From the registration on {registeredOn} until {stageUntil} the minimum contribution of the stage is not reached: {totalCents} of {requiredCents}.',
    {
      requiredCents:
        'Whether the minimum contribution of the stage from the registration on {registeredOn} until {stageUntil} is reached cannot be said: the amount that is asked depends on {yearsNotKnown}, of which no capacity with its contributions is known. So far {totalCents} is in.',
    },
  ],
  'opening.stageRuns': [
    'The stage from the registration on {registeredOn} runs until {stageUntil}: so far {totalCents} is in for it, and whether its minimum contribution is reached is decided after that day.',
    'The stage from the registration on {registeredOn} is over since {stageUntil}.',
  ],
  'minimum.incomeProof': [
    'The family income of {referenceYear} is decided.',
    'The family income of {referenceYear} is not proven (proof asked on: {askedOn}): until it is decided nothing says that the full contribution is due.',
    {
      askedOn:
        'The family income of {referenceYear} is not proven and proof of it was not asked yet: as long as it is not decided, it is not certain that the full contribution is due.',
    },
  ],
  'minimum.none': ['No contribution is due for {referenceYear}.', 'A contribution is due for {referenceYear}.'],
  'minimum.unknown': [
    'A capacity of {referenceYear} is known.',
    'No capacity of {referenceYear} is known for which a contribution is due: what is due for it cannot be said (known: wages of {wageCents}, {quartersAttested} attested quarters, payments of {paidCents}).',
  ],
  'minimum.surplus': [
    'For {referenceYear} {surplusCents} more is paid than is due. It is not lost: it stays recorded for {referenceYear} and counts as soon as that year asks for more. It does not count for another year, and nothing is decided here about paying it back.',
    'For {referenceYear} no more is paid than is due.',
  ],
  'minimum.wage': [
    'The wages on the slips of {referenceYear} and the wage that contributions paid on missing wage or for quarters stand for, {totalCents} together, reach the minimum value of {requiredCents}.',
    'The wages on the slips of {referenceYear} and the wage that contributions paid on missing wage or for quarters stand for, {totalCents} together, are {shortCents} below the minimum value of {requiredCents}.',
  ],
  'minimum.runs': [
    'The reference year {referenceYear} runs until {until}: whether it is met is decided after that day, and nothing is owed for it now.',
    'The reference year {referenceYear} is over.',
  ],
  'minimum.soFar': [
    'So far {totalCents} is in for {referenceYear}; the year asks for {requiredCents}.',
    'So far nothing is in for {referenceYear}.',
  ],
  'minimum.soFarQuarters': [
    'So far the social insurance fund attests {quartersAttested} of the {quartersDue} quarters of {referenceYear}.',
    'So far the social insurance fund attests no quarter of {referenceYear}.',
  ],
  'minimum.selfEmployed': [
    'The social insurance fund attests all {quartersDue} quarters due of {referenceYear}.',
    'The social insurance fund attests {quartersAttested} of the {quartersDue} quarters due of {referenceYear}.',
  ],
  'minimum.personal': [
    'The personal contributions for {referenceYear} are paid: {totalCents} of {requiredCents} due.',
    'For {referenceYear}, {totalCents} of personal contributions are paid of {requiredCents} due; {shortCents} is missing.',
  ],
  'personal.contribution': [
    'For {quarter} the personal contribution as {capacity} is {dueCents}.',
    'Not met: for {quarter} the personal contribution as {capacity} is {dueCents}.',
  ],
  'prolongation.contributions': [
    'The contribution obligations of {referenceYear}, which decide the right of {year}, are met.',
    'The contribution obligations of {referenceYear}, which decide the right of {year}, are not met; missing amount: {shortCents}.',
    {
      amountStated:
        'The contribution obligations of {referenceYear}, which decide the right of {year}, are not met: the social insurance fund does not attest every quarter, and has not stated what is due.',
      yearAssessed:
        'The contribution obligations of {referenceYear}, which decide the right of {year}, are not met: nothing came in here for {referenceYear}, so that no missing amount can be told. Contribution slips or attests of that year are missing.',
      shortCents:
        'The contribution obligations of {referenceYear}, which decide the right of {year}, are not met: no capacity of {referenceYear} is known for which a contribution is due, so that no missing amount can be told. That capacity is missing.',
    },
  ],
  'prolongation.capacity': [
    'Between {windowFrom} and {windowUntil} there was a capacity as holder, since {capacityFrom}.',
    'Between {windowFrom} and {windowUntil} there was no capacity as holder.',
  ],
  'prolongation.fromQuarter': [
    'In derogation of the prolongation by years the right runs from {from}, the first day of the quarter in which the capacity is acquired anew, until {until}.',
    'Not met: in derogation of the prolongation by years the right runs from {from}, the first day of the quarter in which the capacity is acquired anew, until {until}.',
  ],
  'right.provisional': [
    'This right is provisional: the year {referenceYear} waits for proof of the family income, and is not refused on an amount of which nobody asked proof.',
    'This right is not provisional: {referenceYear} is decided.',
  ],
  'runOut.lastDay': [
    'The last capacity ended on {endedOn} ({endQuarter}); the right runs out on {lastDay}.',
    'The last capacity ended on {endedOn} ({endQuarter}), but for want of contributions the right lasted only until {lastDay}.',
  ],
  'warning.day': ['The warning leaves by {until}.', 'Not met: the warning leaves by {until}.'],
  'dependant.age': [
    'The child is {ageAtStart}, younger than {ageLimit}.',
    'The child is {ageAtStart}; from {ageLimit} on it can no longer be a dependant.',
  ],
  'dependant.income': [
    'The gross quarterly income of {incomeCents} stays within the ceiling of {ceilingCents}.',
    'It is not shown that the gross quarterly income ({incomeCents}) stays within the ceiling of {ceilingCents}.',
    {
      incomeCents:
        'The gross quarterly income is not proven: it is not shown that it stays within the ceiling of {ceilingCents}.',
    },
  ],
  'dependant.ownRight': [
    'The person has no free right of their own.',
    'The person has a free right of their own and therefore cannot be a dependant.',
  ],
  'dependant.onePartner': [
    'The holder has no other dependent partner.',
    'The holder already has a dependent partner, or lives with a spouse who is a holder.',
  ],
  'dependant.follows': [
    'From {from} the right follows that of the holder.',
    'From {from} there is no right of a holder to follow.',
  ],
  'dependant.runOut': [
    'The quality of dependant was lost on {lostOn}; the right is kept up to and including {until}.',
    'Not met: the quality of dependant was lost on {lostOn}; the right is kept up to and including {until}.',
  ],
  'proofs.any': [
    'A proof that was shown is enough for {capacity}.',
    'No proof that was shown is enough for {capacity}.',
  ],
  'proofs.enrolment': [
    'The enrolment with a recognised institution is proven.',
    'The enrolment with a recognised institution is not proven.',
  ],
  'proofs.residence': [
    'Registration or residence is proven.',
    'Registration or residence is not proven, or waits for a decision.',
  ],
  'proofs.child': ['The relation with the child is proven.', 'The relation with the child is not proven.'],
  'proofs.partner': ['The relation with the partner is proven.', 'The relation with the partner is not proven.'],
  'price.tariff': [
    'Service {code} on {careDate}: intervention {interventionCents}, co-payment {patientShareCents}.',
    'Service {code} has no tariff for this situation on {careDate}.',
  ],
  'price.nonConventioned': [
    'The provider ({profession}) is outside the agreement: the intervention is {reductionCents} lower per service.',
    'The provider ({profession}) is outside the agreement; the intervention is not lowered for that.',
  ],
  'price.agreementTime': [
    'The care fell within the times and places of the agreement, or outside them.',
    'It is not said whether the care fell within the times and places of the agreement: within them at most {officialFeeCents} may be asked, outside them the {askedCents} that are asked.',
  ],
  'price.split': [
    'On the bill the provider asks the patient for no more than {patientShareCents}; the insurance pays {paidCents}.',
    'On the bill the provider asks the patient for {patientCents} instead of {patientShareCents}: the line is not paid.',
  ],
  'price.supplement': [
    'A supplement of {supplementCents} is for the patient.',
    'A supplement of {supplementCents} is asked although the provider is bound by the official tariffs.',
  ],
  'retention.insured': [
    'The right ended on {insuredUntil}.',
    'The right still runs until {insuredUntil}: the data stay until then.',
  ],
  'retention.billing': [
    'Care could be billed until {billableUntil}.',
    'Care can still be billed until {billableUntil}: the data stay until then.',
  ],
  'retention.recovery': [
    'What was paid until {toldUntil} could be claimed back until {recoverableUntil}.',
    'What was paid until {toldUntil} on an affiliation that counts no more can still be claimed back until {recoverableUntil}: the data stay until then.',
  ],
  'retention.repair': [
    'The contributions of {referenceYear} could be mended until {repairableUntil}.',
    'The contributions of {referenceYear} can still be mended until {repairableUntil}: the data stay until then.',
  ],
  'claim.timeBar': [
    'The claim for care of {careDate} arrived on {receivedOn}, by {lastDay} at the latest.',
    'The claim for care of {careDate} arrived on {receivedOn}; it lapsed on {lastDay}.',
  ],
  'distribution.share': [
    'The budget objective {year} of {objectiveCents} is divided by actual and normative expenditure.',
    'Not met: the budget objective {year} of {objectiveCents} is divided by actual and normative expenditure.',
  ],
  'distribution.borne': [
    'Each insurer bears a limited part of its result of {year}.',
    'Not met: each insurer bears a limited part of its result of {year}.',
  ],
  'distribution.advances': [
    'The budget {year} of {budgetCents} is paid in equal advances.',
    'Not met: the budget {year} of {budgetCents} is paid in equal advances.',
  ],
}
