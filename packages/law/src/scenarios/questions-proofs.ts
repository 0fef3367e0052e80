import { z } from 'zod'
import type { ShownProof } from '../rules/shown-proofs.ts'
import { weighProofs } from '../rules/weigh-proofs.ts'
import { capacity, day, question } from './vocabulary.ts'

const proof = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.enum(['nationalRegisterEntry', 'employerProof', 'cohabitationApplication', 'incomeProof']),
  }),
  z.strictObject({ kind: z.enum(['birthAct', 'adoptionAct']) }),
  z.strictObject({ kind: z.literal('enrolmentCertificate'), recognised: z.boolean() }),
  z.strictObject({
    kind: z.literal('residenceDocument'),
    document: z.string(),
    issuedOn: day,
    validUntil: day.optional(),
    box: z.int().optional(),
    modelDate: day.optional(),
    supports: z.array(z.string()).optional(),
    manualDecisionNeeded: z.boolean().optional(),
  }),
  z.strictObject({
    kind: z.enum(['immigrationOfficeDecision', 'manualDecision']),
    decidedOn: day,
    positive: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('marriageCertificate'), foreign: z.boolean(), legalised: z.boolean().optional() }),
  z.strictObject({
    kind: z.literal('householdComposition'),
    sameAddress: z.boolean(),
    holderSpouseInHousehold: z.boolean().optional(),
  }),
  z.strictObject({ kind: z.literal('fosterProof'), accepted: z.boolean() }),
])

export const proofQuestions = {
  proofs: question(
    z.strictObject({
      capacity,
      acquiredOn: day.prefault('2026-03-15'),
      requestedOn: day.prefault('2026-03-18'),
      relation: z.enum(['own', 'adopted', 'partnerChild', 'grandchild', 'foster']).optional(),
      partnership: z.enum(['married', 'cohabiting']).optional(),
      proofs: z.array(proof),
    }),
    ({ proofs, ...claim }, law) => {
      const { outcome, result, grounds } = weighProofs(
        proofs as readonly ShownProof[],
        { ...claim, weighedOn: claim.acquiredOn },
        law,
      )
      const words = {
        enough: outcome === 'granted',
        waitsFor: result.verdict === 'pending' ? result.waitingFor : null,
        refusal: result.verdict === 'refused' ? result.reason : null,
        needed: result.verdict === 'refused' ? (result.params.needed ?? null) : null,
      }
      return { words, grounds }
    },
  ),
}
