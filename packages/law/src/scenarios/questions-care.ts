import { z } from 'zod'
import { compareSplit } from '../rules/compare-split.ts'
import { priceLine } from '../rules/price-line.ts'
import { professions, type TariffRow } from '../rules/tariff.ts'
import { timeBar } from '../rules/time-bar.ts'
import { day, euro, inEuro, question, tellRepairs } from './vocabulary.ts'

const tariff = z.strictObject({
  from: day,
  to: day.nullable().default(null),
  profession: z.enum(professions),
  fee: euro,
  amounts: z
    .array(
      z.strictObject({
        intervention: euro,
        preferential: z.boolean().optional(),
        gmd: z.boolean().optional(),
        chronic: z.boolean().optional(),
        referral: z.boolean().optional(),
        ageFrom: z.int().optional(),
        ageBelow: z.int().optional(),
      }),
    )
    .optional(),
  patientShare: z.string().optional(),
  referralReduces: z.boolean().default(false),
})

const care = z.strictObject({
  tariffs: z.record(z.string(), tariff),
  code: z.union([z.string(), z.int()]).transform(String),
  careDate: day,
  birthDate: day.optional(),
  vt: z.boolean().default(false),
  gmd: z.boolean().default(false),
  referral: z.boolean().default(false),
  chronic: z.boolean().default(false),
  convention: z.enum(['conventioned', 'partial', 'nonConventioned']).default('conventioned'),
  /** Absent: nobody says so. */
  withinAgreement: z.boolean().optional(),
  units: z.int().default(1),
  asked: euro.optional(),
})

function rowOf(code: string, one: z.output<typeof tariff>): TariffRow {
  const { from, to, profession, fee, amounts, patientShare, referralReduces } = one
  const rows = amounts?.map(({ intervention, ...when }) => ({
    interventionCents: intervention,
    when: Object.fromEntries(Object.entries(when).filter(([, value]) => value !== undefined)),
  }))
  return {
    code,
    from,
    to,
    profession,
    confidence: 'verified',
    feeCents: fee,
    referralReduces,
    ...(rows ? { amounts: rows } : {}),
    ...(patientShare === undefined ? {} : { patientShareParameter: patientShare }),
  }
}

export const careQuestions = {
  price: question(care, (situation, law) => {
    const { tariffs, code, vt, asked, birthDate, withinAgreement, ...rest } = situation
    const chosen = tariffs[code]
    if (!chosen) throw new RangeError(`no tariff is given for ${code}`)
    const line = {
      ...rest,
      preferential: vt,
      ...(asked === undefined ? {} : { askedCents: asked }),
      ...(birthDate === undefined ? {} : { birthDate }),
      ...(withinAgreement === undefined ? {} : { withinAgreement }),
    }
    const { outcome, result, repairs, grounds } = priceLine(rowOf(code, chosen), line, law)
    const words = {
      priced: outcome === 'granted',
      fee: inEuro(result.officialFeeCents),
      intervention: inEuro(result.interventionCents),
      patientShare: inEuro(result.patientShareCents),
      supplement: inEuro(result.supplementCents),
      supplementAllowed: result.supplementAllowed ?? null,
      repairs: tellRepairs(repairs),
    }
    return { words, grounds }
  }),
  billedSplit: question(
    z.strictObject({
      careDate: day,
      intervention: euro,
      patientShare: euro,
      /** Absent: it is not known whether the provider is bound. */
      supplementAllowed: z.boolean().optional(),
      /** Absent: the patient claims what was paid. */
      split: z.strictObject({ insurance: euro, patient: euro, supplement: euro.prefault(0) }).optional(),
    }),
    ({ careDate, intervention, patientShare, supplementAllowed, split }, law) => {
      const price = { interventionCents: intervention, patientShareCents: patientShare }
      const { result, grounds } = compareSplit(
        {
          careDate,
          price: supplementAllowed === undefined ? price : { ...price, supplementAllowed },
          split: split && {
            insuranceCents: split.insurance,
            patientCents: split.patient,
            supplementCents: split.supplement,
          },
        },
        law,
      )
      return { words: { paid: inEuro(result.paidCents), deviations: result.deviations }, grounds }
    },
  ),
  timeBar: question(z.strictObject({ careDate: day, receivedOn: day }), (situation, law) => {
    const { outcome, result, grounds } = timeBar(situation, law)
    return { words: { inTime: outcome === 'granted', lastDay: result.lastDay }, grounds }
  }),
}
