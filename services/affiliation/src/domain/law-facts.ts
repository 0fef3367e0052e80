import { type Clock, type IsoDate, minDate } from '@ziv/kernel'
import {
  capacityKnownFrom,
  capacityRule,
  dependantAdmission,
  firstRepairableYear,
  type Law,
  lastCoveredDay,
  lastDayOfCapacity,
  loadCapacities,
  loadZiekenfondsen,
  mendsYear,
  partnersAtOnce,
  recoveryTerm,
  retention,
  startOfInsurance,
  weighProofs,
} from '@ziv/law'
import type { PersonFacts } from './person.facts.ts'

/** What every decision of a day may look at, without the persons concerned. */
export function factsOf(law: Law, clock: Pick<Clock, 'today'>): PersonFacts {
  const register = loadZiekenfondsen()
  const capacities = loadCapacities()
  const today = clock.today()
  return {
    today,
    firstDay: minDate(...(capacities.open.map(({ code }) => capacityKnownFrom(law, code)) as [IsoDate, ...IsoDate[]])),
    knownFrom: (kind) => capacityKnownFrom(law, kind),
    startOfInsurance: (kind, acquiredOn, requestedOn) =>
      startOfInsurance(kind, { acquiredOn, requestedOn }, law).result.from,
    insurerOf: (ziekenfonds, onDay) => register.insurerOf(ziekenfonds, onDay),
    statuteProof: (insurer, onDay) => register.statuteProof(insurer, onDay),
    weighProofs: (proofs, claim) => weighProofs(proofs, claim, law).result,
    capacityOf: capacities.find,
    capacityRule: (code, rule, onDay) => capacityRule(law, code, rule, onDay).value,
    mendsYear: (code, onDay) => mendsYear(law, code, onDay),
    lastDayOf: ({ capacity, from, to }, birthDate) =>
      from === null ? to : lastDayOfCapacity({ capacity, birthDate, from, to }, law),
    dependantAdmission: (claim) => dependantAdmission(claim, law),
    dependantPartners: (onDay) => partnersAtOnce(law, onDay).value,
    lastDayOfRunOut: (endedOn, openedFrom) => lastCoveredDay({ endedOn, openedFrom }, law).result.lastDay,
    retention: (left) => retention({ ...left, on: today }, law),
    recoveryTerm: (toldUntil) => recoveryTerm({ toldUntil, on: today }, law),
    freeChoice: (onDay) => {
      const { value: months, confidence } = law.at<number>('affiliation/months-before-free-choice', onDay)
      return { months, confidence }
    },
    firstRepairableYear: () => firstRepairableYear(clock.today(), law),
    proofRules: (onDay) => ({
      attestMonths: law.at<number>('affiliation/attest-months', onDay).value,
      incomeQuartersBefore: law.at<number>('affiliation/income-quarters-before', onDay).value,
      academicYear: {
        first: law.at<string>('affiliation/academic-year-first-day', onDay).value,
        last: law.at<string>('affiliation/academic-year-last-day', onDay).value,
      },
    }),
  }
}
