import { ageOn, type Cents, type IsoDate, maxDate, multiplyCents } from '@ziv/kernel'
import { datedRule } from '../dated-rule.ts'
import { cite, newYear } from '../decision.ts'
import { perLaw } from '../per-law.ts'
import type { Law, Ratio } from '../types.ts'

export interface MinimumValueFacts {
  readonly referenceYear: number
  /** Age on 1 January of the reference year, or at registration when that is later (see `ageForMinimum`). */
  readonly ageAtStart: number
  /** Months of the year on which the minimum is asked: those registered. Default 12. */
  readonly months?: number
}

/** Whether the law here has a wage of which the minimum values of a year are made. */
export const hasMinimumValue = (law: Law, year: number): boolean =>
  law.find('contributions/ggmmi', newYear(year)) !== undefined

/** Both minimum values of a year, decided once per year and law. */
const ofYear = perLaw((law, year: number) => {
  const day = newYear(year)
  const ggmmi = law.at<Cents>('contributions/ggmmi', day)
  const months = law.at<number>('contributions/minimum-value-months', day)
  const young = law.at<Ratio>('contributions/minimum-value-young-ratio', day)
  const age = law.at<number>('contributions/minimum-value-adult-age', day)
  const adult = multiplyCents(ggmmi.value, months.value, 1, 'halfUp')
  const base = [cite(ggmmi), cite(months), cite(age)]
  return {
    adultAge: age.value,
    adult: { ageCategory: 'adult' as const, requiredCents: adult, parameters: base },
    young: {
      ageCategory: 'young' as const,
      requiredCents: multiplyCents(adult, young.value.numerator, young.value.denominator, 'halfUp'),
      parameters: [...base, cite(young)],
    },
  }
})

/** What is asked for a part of a year: by the months registered, or the whole all the same. */
const proportion = datedRule('contributions/minimum-value-proportion', {
  monthsRegistered: (whole: Cents, months: number): Cents => multiplyCents(whole, months, 12, 'halfUp'),
  wholeYear: (whole: Cents): Cents => whole,
})

/**
 * Minimum value of a reference year (ZIV-besluit art. 286) and the parameters it rests on: four times the GGMMI in force on 1 January,
 * three quarters of it under 21. Later index steps of the same year do not count. In proportion to the months registered. Cents.
 */
export function minimumValue({ referenceYear, ageAtStart, months = 12 }: MinimumValueFacts, law: Law) {
  const year = ofYear(law, referenceYear)
  const whole = ageAtStart >= year.adultAge ? year.adult : year.young
  if (months === 12) return whole
  const { version, parameter } = proportion(law, newYear(referenceYear))
  return {
    ...whole,
    requiredCents: version(whole.requiredCents, months),
    parameters: [...whole.parameters, cite(parameter)],
  }
}

/** Age that decides the category of a reference year: on 1 January, or at registration when that is later in the year. */
export function ageForMinimum(facts: { birthDate: IsoDate; referenceYear: number; registeredOn?: IsoDate }): number {
  const january = newYear(facts.referenceYear)
  return ageOn(facts.birthDate, facts.registeredOn ? maxDate(january, facts.registeredOn) : january)
}
