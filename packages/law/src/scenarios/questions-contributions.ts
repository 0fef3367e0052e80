import type { Cents } from '@ziv/kernel'
import { z } from 'zod'
import { weakestConfidence } from '../confidence.ts'
import { assessReferenceYear, type ReferenceYearAssessment } from '../rules/assess-reference-year.ts'
import { assessYear } from '../rules/assess-year.ts'
import { ageForMinimum, minimumValue } from '../rules/minimum-value.ts'
import { personalContribution } from '../rules/personal-contribution.ts'
import { type RunningYear, runsOn, whileItRuns } from '../rules/running-year.ts'
import type { LawDecision } from '../types.ts'
import {
  capacity as capacityCode,
  day,
  euro,
  inEuro,
  question,
  span,
  step,
  tellRepairs,
  year,
  yearQuarter,
} from './vocabulary.ts'

const age = { age: z.int().optional(), birthDate: day.optional(), registeredOn: day.optional() }

function ageOf(one: {
  age?: number | undefined
  birthDate?: z.output<typeof day> | undefined
  registeredOn?: z.output<typeof day> | undefined
  referenceYear: number
}): number {
  if (one.age !== undefined) return one.age
  if (one.birthDate === undefined) throw new RangeError('a situation gives age or birthDate')
  const { birthDate, registeredOn, referenceYear } = one
  return ageForMinimum({ birthDate, referenceYear, ...(registeredOn === undefined ? {} : { registeredOn }) })
}

function tell(decision: LawDecision<ReferenceYearAssessment | RunningYear>) {
  const { result, repairs, grounds } = decision
  const words = {
    met: result.met,
    awaits: result.awaits ?? null,
    total: inEuro(result.totalCents),
    required: inEuro(result.requiredCents),
    short: inEuro(result.shortCents),
    payableUntil: result.payableUntil,
    confidence: result.confidence,
    repairs: tellRepairs(repairs),
    quarters: String(repairs[0]?.params.quarters ?? ''),
  }
  return { words, grounds }
}

const attestStatus = z.enum(['paid', 'dispensed', 'assimilated', 'unpaid'])

/** A year as the contributions service is asked about it. */
const wholeYear = question(
  z.strictObject({
    year,
    birthDate: day,
    /** First day with an insurer; long ago when it does not matter. */
    registeredFrom: day.prefault('2010-01-01'),
    /** Last day with an insurer; absent while that goes on. */
    registeredUntil: day.optional(),
    capacities: z.array(span.extend({ capacity: capacityCode })),
    slips: z.array(z.strictObject({ quarter: yearQuarter, wage: euro })).default([]),
    attests: z.array(z.strictObject({ quarter: yearQuarter, status: attestStatus, amount: euro })).default([]),
    payments: z.array(z.strictObject({ quarter: yearQuarter, amount: euro })).default([]),
    income: z.strictObject({ askedOn: day, answerUntil: day, closed: z.boolean().default(false) }).optional(),
    today: day.prefault('2026-01-01'),
  }),
  ({ birthDate, registeredFrom, registeredUntil, capacities, slips, attests, payments, income, ...asked }, law) => {
    const person = { birthDate, registered: [{ from: registeredFrom, to: registeredUntil ?? null }], capacities }
    const atEnd = assessYear(
      { ...asked, person, law },
      {
        slips: Object.fromEntries(slips.map(({ wage }, index) => [String(index), { amountCents: wage }])),
        attests: Object.fromEntries(
          attests.map(({ quarter, status, amount }) => [quarter, { status, amountCents: amount }]),
        ),
        payments: Object.fromEntries(
          payments.map(({ quarter, amount }, index) => [String(index), { quarter, amountCents: amount }]),
        ),
        income: income === undefined ? null : { ...income, closed: income.closed ? {} : null },
      },
    )
    const decision = runsOn(asked.year, asked.today) ? whileItRuns(atEnd) : atEnd
    const [first] = decision.repairs
    const amountOf = (name: string) => ({ [name]: inEuro(Number(first?.params[`${name}Cents`] ?? 0)) })
    const { words, grounds } = tell(decision)
    const { regime } = decision.result
    const toPay = grounds.flatMap(({ facts }) => facts).find(({ name }) => name === 'payCents')?.value
    const told = { regime, ...words, toPay: inEuro(Number(toPay ?? 0)) }
    return { words: { ...told, ...amountOf('pay'), ...amountOf('residentYear') }, grounds }
  },
)

export const contributionQuestions = {
  year: wholeYear,
  minimumValue: question(z.strictObject({ referenceYear: year, ...age }), (situation, law) => {
    const { referenceYear } = situation
    const { requiredCents, ageCategory, parameters } = minimumValue(
      { referenceYear, ageAtStart: ageOf(situation) },
      law,
    )
    const confidence = weakestConfidence(parameters.map((parameter) => parameter.confidence))
    return { words: { required: inEuro(requiredCents), category: ageCategory, confidence }, grounds: [] }
  }),
  wageYear: question(
    z.strictObject({
      referenceYear: year,
      ...age,
      wages: z.array(euro),
      complement: euro.optional(),
      today: day.optional(),
    }),
    (situation, law) => {
      const { referenceYear, wages, complement, today } = situation
      const slips = wages.map((amountCents) => ({ amountCents }))
      const facts = { regime: 'wage' as const, referenceYear, ageAtStart: ageOf(situation), slips }
      const paid = complement === undefined ? {} : { complementCents: complement }
      return tell(assessReferenceYear({ ...facts, ...paid, ...(today === undefined ? {} : { today }) }, law))
    },
  ),
  selfEmployedYear: question(
    z.strictObject({
      referenceYear: year,
      attested: z.array(yearQuarter),
      missing: z.array(yearQuarter).default([]),
      due: euro.optional(),
    }),
    ({ referenceYear, attested, missing, due }, law) => {
      const stated = due === undefined ? {} : { dueCents: due }
      const quarters = [
        ...attested.map((quarter) => ({ quarter, attested: true, ...(due === undefined ? {} : { amountCents: due }) })),
        ...missing.map((quarter) => ({ quarter, attested: false, ...stated })),
      ]
      return tell(assessReferenceYear({ regime: 'selfEmployed', referenceYear, quarters }, law))
    },
  ),
  yearWithoutContribution: question(
    z.strictObject({ referenceYear: year, capacities: z.array(capacityCode) }),
    ({ referenceYear, capacities }, law) =>
      tell(assessReferenceYear({ regime: 'none', referenceYear, capacities }, law)),
  ),
  personalYear: question(
    z.strictObject({
      referenceYear: year,
      capacity: capacityCode,
      step: step.optional(),
      paid: z.record(z.string(), euro),
    }),
    ({ referenceYear, capacity, step, paid }, law) => {
      const quarters = Object.entries(paid).map(([text, paidCents]: [string, Cents]) => ({
        quarter: yearQuarter.parse(text),
        capacity,
        paidCents,
        ...(step === undefined ? {} : { step }),
      }))
      return tell(assessReferenceYear({ regime: 'personal', referenceYear, quarters }, law))
    },
  ),
  personalContribution: question(
    z.strictObject({ capacity: capacityCode, quarter: yearQuarter, step: step.optional() }),
    ({ capacity, quarter, step }, law) => {
      const facts = { capacity, quarter, ...(step === undefined ? {} : { step }) }
      const { result, confidence, grounds } = personalContribution(facts, law)
      return { words: { due: inEuro(result.dueCents), confidence }, grounds }
    },
  ),
}
