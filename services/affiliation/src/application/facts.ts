import { type Clock, type IsoDate, isoDate, maxDate } from '@ziv/kernel'
import { type Law, lastDayAsChild, loadAnnex15Boxes, loadZiekenfondsen, startOfInsurance } from '@ziv/law'
import type { PersonFacts } from '../domain/person.facts.ts'

/** The oldest text our parameters hold; a capacity acquired earlier is judged by it. */
const oldestText: IsoDate = isoDate('1997-01-01')

function since(law: Law, oldest: IsoDate): Law {
  return {
    ...law,
    version: law.version,
    at: (name, date) => law.at(name, maxDate(date, oldest)),
    find: (name, date) => law.find(name, maxDate(date, oldest)),
    list: () => law.list(),
  }
}

/** What every decision of a day may look at, without the persons concerned. */
export function factsOf(law: Law, clock: Clock): PersonFacts {
  const dated = since(law, oldestText)
  const register = loadZiekenfondsen()
  const today = clock.today()
  return {
    today,
    startOfInsurance: (kind, acquiredOn, requestedOn) =>
      startOfInsurance(kind, { acquiredOn, requestedOn }, dated).result.from,
    insurerOf: (ziekenfonds, onDay) => register.insurerOf(ziekenfonds, onDay),
    annex15Box: loadAnnex15Boxes(),
    childAgeLimit: (onDay) => dated.at<number>('affiliation/child-age-limit', onDay).value,
    lastDayAsChild: (birthDate) => lastDayAsChild(birthDate, dated),
    // undated before 2010: no earlier ceiling is known, so the oldest stands
    dependantIncomeCeiling: (onDay) =>
      (
        dated.find<number>('affiliation/dependant-income-ceiling', onDay) ??
        law.at<number>('affiliation/dependant-income-ceiling', today)
      ).value,
  }
}
