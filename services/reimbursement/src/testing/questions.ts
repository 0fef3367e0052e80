import { isoDate } from '@ziv/kernel'
import type { Law } from '@ziv/law'
import { day, euro, inEuro, type Questions, question } from '@ziv/law/testing'
import { z } from 'zod'
import { assessClaim } from '../domain/assess-claim.ts'
import { LineRules } from '../domain/line-rules.ts'
import { statusKinds } from '../domain/status-period.ts'
import { claimOf, decisionId, facts, line, member } from './facts.ts'

/** A claim of one line, received on 10 June 2024, by the tariffs that come with the service. */
const situation = z.strictObject({
  birthDate: day.prefault('1980-05-01'),
  diedOn: day.nullable().default(null),
  insuredUntil: day.prefault('2026-12-31'),
  statuses: z.array(z.strictObject({ kind: z.enum(statusKinds), from: day })).default([]),
  nomenclature: z.string(),
  careDate: day,
  asked: euro,
  units: z.int().default(1),
  convention: z.enum(['conventioned', 'partial', 'nonConventioned']).default('conventioned'),
})

function answerClaim(given: z.output<typeof situation>, law: Law) {
  const { birthDate, diedOn, insuredUntil, statuses, asked, ...rest } = given
  const today = isoDate('2024-06-10')
  const period = { from: isoDate('2020-01-01'), to: insuredUntil, insurer: '300', ziekenfonds: '306', decisionId }
  const { lines } = assessClaim(
    claimOf([line({ ...rest, askedCents: asked })]),
    facts({
      ...{ today, rules: new LineRules(law, today), periods: [period] },
      person: { ...member(birthDate), diedOn },
      statuses: statuses.map((status, index) => ({ ...status, statusId: String(index), to: null })),
    }),
  )
  const assessed = lines[0]!
  const words = {
    outcome: assessed.outcome,
    codes: assessed.codes,
    intervention: inEuro(assessed.interventionCents),
    patientShare: inEuro(assessed.patientShareCents),
    supplement: inEuro(assessed.supplementCents),
    confidence: assessed.basis?.confidence ?? null,
  }
  return { words, grounds: [] }
}

/** What scenarios ask of this service. */
export const reimbursementQuestions: Questions = { claim: question(situation, answerClaim) }
