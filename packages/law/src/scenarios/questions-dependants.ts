import { z } from 'zod'
import { dependantAdmission } from '../rules/dependant-admission.ts'
import { dependantRight } from '../rules/dependant-right.ts'
import { capacity, day, euro, question, span, tellRepairs } from './vocabulary.ts'

export const dependantQuestions = {
  dependantAdmission: question(
    z.strictObject({
      kind: capacity,
      ownCapacities: z.array(capacity).default([]),
      on: day,
      birthDate: day,
      /** Absent: nobody knows it. */
      income: euro.optional(),
      freeOwnRight: z.boolean().default(false),
      dependantPartners: z.int().default(0),
      /** Lives with the holder without being married. */
      cohabiting: z.boolean().optional(),
      /** null: nobody said it. */
      holderSpouseAtHome: z.boolean().nullable().default(false),
    }),
    ({ income, cohabiting, holderSpouseAtHome, ...facts }, law) => {
      const known = {
        ...(income === undefined ? {} : { quarterlyIncomeCents: income }),
        ...(cohabiting === undefined ? {} : { cohabiting }),
        ...(holderSpouseAtHome === null ? {} : { holderSpouseAtHome }),
      }
      const { outcome, grounds, repairs } = dependantAdmission({ ...facts, ...known }, law)
      const failed = grounds.filter((ground) => !ground.satisfied).map((ground) => ground.rule)
      return { words: { admitted: outcome === 'granted', failed, repairs: tellRepairs(repairs) }, grounds }
    },
  ),
  dependantRight: question(
    z.strictObject({
      kind: capacity,
      birthDate: day,
      from: day,
      to: day.nullable().default(null),
      holder: z.array(span),
    }),
    ({ from, to, ...facts }, law) => {
      const { result, grounds } = dependantRight({ ...facts, quality: { from, to } }, law)
      const words = {
        periods: result.periods.map((period) => `${period.from} to ${period.to ?? 'open'}`),
        qualityEndsOn: result.qualityEndsOn,
        runOutUntil: result.runOutUntil,
      }
      return { words, grounds }
    },
  ),
}
