export { articles } from './articles.ts'
export { inOrderOfAdvantage, type LineOrder, lineOrders } from './capacities/advantage.ts'
export type { Capacity, CapacityRole } from './capacities/catalogue.ts'
export { loadCapacities } from './capacities/load.ts'
export { mendsYear } from './capacities/mending.ts'
export { capacityKnownFrom, capacityRule } from './capacities/rule.ts'
export { type CapacityRule, type CapacityRuleValue, capacityCodeForm } from './capacities/schema.ts'
export { weakestConfidence } from './confidence.ts'
export { loadLaw } from './parameters/load.ts'
export { reformLaw } from './parameters/reform.ts'
export { formatPercent } from './render/format.ts'
export { decisionLetter, type LetterOptions, type LetterWithdrawal } from './render/letter.ts'
export { confidenceWords } from './render/letter-texts.ts'
export { renderGround, renderRepair, withTexts } from './render/render.ts'
export { type RepairKind, repairKinds } from './render/repair-texts.ts'
export { advances } from './rules/advances.ts'
export {
  type Awaited,
  awaitables,
  type ContributionRegime,
  contributionRegimes,
  type ReferenceYearAssessment,
} from './rules/assess-reference-year.ts'
export { assessYear, isAssessable, isWeighed, type YearDecision } from './rules/assess-year.ts'
export type { AssessmentPerson } from './rules/assessment-person.ts'
export { type BudgetShare, budgetShares } from './rules/budget-shares.ts'
export { capacityOfYear } from './rules/capacity-of-year.ts'
export {
  type BilledSplit,
  compareSplit,
  type SplitDeviation,
  type SplitFacts,
  type SplitOutcome,
} from './rules/compare-split.ts'
export { type DependantFacts, dependantAdmission, partnersAtOnce } from './rules/dependant-admission.ts'
export {
  type DependantRight,
  dependantReach,
  dependantRight,
  lastDayOfCapacity,
} from './rules/dependant-right.ts'
export { exceededErrorLimit } from './rules/error-limit.ts'
export { firstOpening } from './rules/first-opening.ts'
export {
  answerableUntil,
  isProvisional,
} from './rules/income-proof.ts'
export { openingAdds, unpaidLapse } from './rules/lapse.ts'
export { lastCoveredDay } from './rules/last-covered-day.ts'
export { personalContribution } from './rules/personal-contribution.ts'
export { type Convention, type LinePrice, type LineSituation, priceLine, withoutTariff } from './rules/price-line.ts'
export {
  type CapacityFact,
  type Prolongation,
  prolongation,
} from './rules/prolongation.ts'
export { opensAnew, prolongationFromQuarter } from './rules/prolongation-from-quarter.ts'
export { canProveCapacity } from './rules/provable-capacity.ts'
export { referenceYearOf } from './rules/reference-year.ts'
export { firstRepairableYear, stillPossible } from './rules/repair-deadline.ts'
export { type Retention, type RetentionFacts, recoveryTerm, retention } from './rules/retention.ts'
export { whileStageRuns } from './rules/running-stage.ts'
export { runsOn, whileItRuns } from './rules/running-year.ts'
export {
  type AwaitedDecision,
  COHABITATION_PROOF,
  type ProofClaim,
  type ProofVerdict,
  proofRefusals,
  type ShownProof,
  spouseTold,
} from './rules/shown-proofs.ts'
export { stageMinimum } from './rules/stage-minimum.ts'
export { startOfInsurance } from './rules/start-of-insurance.ts'
export type {
  Profession,
  TariffAmount,
  TariffConditions,
  TariffRow,
} from './rules/tariff.ts'
export { timeBar } from './rules/time-bar.ts'
export { waitingPeriod } from './rules/waiting-period.ts'
export { hasWarningDay, warningDay } from './rules/warning-day.ts'
export { isWeighing, weighProofs } from './rules/weigh-proofs.ts'
export { INCOME_REQUEST, noContributions } from './rules/year-facts.ts'
export * from './types.ts'
export { confidences } from './types.ts'
export { loadZiekenfondsen } from './ziekenfondsen.ts'
