import type { Clock, IsoDate } from '@ziv/kernel'
import {
  type Law,
  lastCoveredDay,
  lastDayAsChild,
  loadAnnex15Boxes,
  loadZiekenfondsen,
  startOfInsurance,
} from '@ziv/law'
import { freeOwnRightKinds } from '../domain/capacities.ts'
import type { PersonFacts } from '../domain/person.facts.ts'

/** The first day for which the law here has a start of insurance: what begins before it can be decided by nobody. */
function firstDayOf(law: Law): IsoDate {
  const first = law.list().find(({ name }) => name === 'rights/start-of-insurance')?.values[0]
  if (!first) throw new Error('the law has no rule for the start of insurance')
  return first.from
}

/** What every decision of a day may look at, without the persons concerned. */
export function factsOf(law: Law, clock: Clock): PersonFacts {
  const register = loadZiekenfondsen()
  const months = (name: string, onDay: IsoDate): number => law.find<number>(name, onDay)?.value ?? 0
  return {
    today: clock.today(),
    firstDay: firstDayOf(law),
    startOfInsurance: (kind, acquiredOn, requestedOn) =>
      startOfInsurance(kind, { acquiredOn, requestedOn }, law).result.from,
    insurerOf: (ziekenfonds, onDay) => register.insurerOf(ziekenfonds, onDay),
    annex15Box: loadAnnex15Boxes(),
    childAgeLimit: (onDay) => law.at<number>('affiliation/child-age-limit', onDay).value,
    lastDayAsChild: (birthDate) => lastDayAsChild(birthDate, law),
    lastDayOfRunOut: (endedOn, openedFrom) => lastCoveredDay({ endedOn, openedFrom }, law).result.lastDay,
    monthsBeforeFreeChoice: (onDay) => months('affiliation/months-before-free-choice', onDay),
    proofRules: (onDay) => ({
      attestMonths: months('affiliation/attest-months', onDay),
      shortCardMonths: months('affiliation/short-card-months', onDay),
    }),
    freeOwnRight: (kind) => freeOwnRightKinds.includes(kind),
    dependantIncomeCeiling: (onDay) => law.at<number>('affiliation/dependant-income-ceiling', onDay).value,
  }
}
