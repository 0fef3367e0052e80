export { type Annex15Boxes, type Annex15Effect, loadAnnex15Boxes } from './annex15.ts'
export { articles, type RuleId } from './articles.ts'
export { type LineOrder, lineOrders, mostAdvantageous } from './capacities/advantage.ts'
export { type Capacity, type CapacityCatalogue, type CapacityRole, UnknownCapacity } from './capacities/catalogue.ts'
export { loadCapacities } from './capacities/load.ts'
export { capacityKnownFrom, capacityRule } from './capacities/rule.ts'
export { type CapacityRule, type CapacityRuleValue, capacityCodeForm } from './capacities/schema.ts'
export { weakestConfidence } from './confidence.ts'
export { InvalidParameterFile, NoValueInForce, UnknownParameter } from './parameters/errors.ts'
export { loadLaw } from './parameters/load.ts'
export { type ReformedValue, reformLaw } from './parameters/reform.ts'
export { formatAmount, formatDay } from './render/format.ts'
export { decisionLetter, type LetterOptions, type LetterWithdrawal } from './render/letter.ts'
export { renderGround, renderRepair, withTexts } from './render/render.ts'
export { advances } from './rules/advances.ts'
export type { PersonalQuarter, PersonalYear } from './rules/assess-personal.ts'
export {
  type Awaited,
  assessReferenceYear,
  awaitables,
  type ContributionRegime,
  contributionRegimes,
  type ReferenceYearAssessment,
  type ReferenceYearFacts,
} from './rules/assess-reference-year.ts'
export type { SelfEmployedQuarter, SelfEmployedYear } from './rules/assess-self-employed.ts'
export type { WageYear } from './rules/assess-wage.ts'
export { assessYear, isAssessable, isWeighed, type YearDecision } from './rules/assess-year.ts'
export type { AssessmentPerson, CapacityPeriod } from './rules/assessment-person.ts'
export { type BudgetFacts, type BudgetShare, budgetShares, type InsurerExpenditure } from './rules/budget-shares.ts'
export { type DependantFacts, dependantAdmission, partnersAtOnce } from './rules/dependant-admission.ts'
export {
  type DependantRight,
  type DependantRightFacts,
  dependantReach,
  dependantRight,
  lastDayOfCapacity,
} from './rules/dependant-right.ts'
export { tooManyErrors } from './rules/error-limit.ts'
export { firstOpening } from './rules/first-opening.ts'
export {
  answerableUntil,
  asksProofFirst,
  awaitIncomeProof,
  type IncomeRequest,
  incomeCounts,
  isProvisional,
  provisionalGround,
} from './rules/income-proof.ts'
export { lastCoveredDay, type RunOut, type RunOutFacts } from './rules/last-covered-day.ts'
export { ageForMinimum } from './rules/minimum-value.ts'
export {
  type PersonalContributionFacts,
  type PersonalStep,
  personalContribution,
} from './rules/personal-contribution.ts'
export { type Convention, type LinePrice, type LineSituation, priceLine } from './rules/price-line.ts'
export {
  type AssessmentFact,
  type CapacityFact,
  type Prolongation,
  type ProlongationFacts,
  prolongation,
} from './rules/prolongation.ts'
export { opensAnew, prolongationFromQuarter } from './rules/prolongation-from-quarter.ts'
export { referenceYearOf } from './rules/reference-year.ts'
export { firstRepairableYear } from './rules/repair-deadline.ts'
export { type Retention, type RetentionFacts, retention } from './rules/retention.ts'
export { type StageMinimum, type StageMinimumFacts, stageMinimum } from './rules/stage-minimum.ts'
export { type StartFacts, startOfInsurance } from './rules/start-of-insurance.ts'
export {
  type CareSituation,
  matchAmount,
  type Profession,
  professions,
  type TariffAmount,
  type TariffConditions,
  type TariffRow,
} from './rules/tariff.ts'
export { timeBar } from './rules/time-bar.ts'
export { type WaitingPeriod, type WaitingPeriodFacts, waitingPeriod } from './rules/waiting-period.ts'
export { warningDay } from './rules/warning-day.ts'
export { INCOME_REQUEST, noContributions, type YearContributions, type YearQuestion } from './rules/year-facts.ts'
export * from './types.ts'
export { type Insurer, loadZiekenfondsen, type Ziekenfonds, type ZiekenfondsRegister } from './ziekenfondsen.ts'
