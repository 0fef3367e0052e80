import { isoDate } from '@ziv/kernel'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loadLaw } from '../parameters/load.ts'
import type { ProofClaim, ShownProof } from './shown-proofs.ts'
import { weighProofs } from './weigh-proofs.ts'

const law = loadLaw()
const acquiredOn = isoDate('2026-03-15')
const days = { acquiredOn, weighedOn: acquiredOn, requestedOn: isoDate('2026-03-18') }
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
const dayOf = fc.constantFrom('2025-11-03', '2026-01-05', '2026-02-02').map(isoDate)

const residence = fc.oneof(
  fc.record({
    kind: fc.constant('residenceDocument'),
    document: fc.constantFrom('cardA', 'cardB', 'annex15', 'annex26'),
    issuedOn: dayOf,
    validUntil: maybe(fc.constantFrom('2026-03-16', '2026-04-30', '2031-01-01').map(isoDate)),
    box: maybe(fc.constantFrom(1, 3, 5, 9)),
    modelDate: maybe(fc.constant(isoDate('2023-03-01'))),
    supports: maybe(fc.subarray(['visaD', 'protectionDecision'])),
    manualDecisionNeeded: maybe(fc.boolean()),
  }),
  fc.record({
    kind: fc.constantFrom('immigrationOfficeDecision', 'manualDecision'),
    decidedOn: dayOf,
    positive: fc.boolean(),
  }),
)
const family = fc.oneof(
  fc.record({ kind: fc.constant('marriageCertificate'), foreign: fc.boolean(), legalised: maybe(fc.boolean()) }),
  fc.record({
    kind: fc.constant('householdComposition'),
    sameAddress: fc.boolean(),
    holderSpouseInHousehold: maybe(fc.boolean()),
  }),
  fc.record({ kind: fc.constantFrom('incomeProof', 'birthAct') }),
  fc.record({ kind: fc.constant('fosterProof'), accepted: fc.boolean() }),
)
const enrolment = fc.record({ kind: fc.constant('enrolmentCertificate'), recognised: fc.boolean() })

const claims: readonly (readonly [
  Pick<ProofClaim, 'capacity' | 'relation' | 'partnership'>,
  fc.Arbitrary<ShownProof>,
])[] = [
  [{ capacity: 'RESIDENT' }, residence],
  [{ capacity: 'STUDENT' }, enrolment],
  [{ capacity: 'DEPENDANT_CHILD', relation: 'foster' }, family],
  [{ capacity: 'DEPENDANT_CHILD', relation: 'grandchild' }, family],
  [{ capacity: 'DEPENDANT_SPOUSE', partnership: 'married' }, family],
  [{ capacity: 'DEPENDANT_SPOUSE', partnership: 'cohabiting' }, family],
]

describe('what proofs come to', () => {
  for (const [claim, proof] of claims) {
    const weigh = (proofs: readonly ShownProof[]) => weighProofs(proofs, { ...claim, ...days }, law).result
    const name = Object.values(claim).join(' ')

    test(`${name}: does not hang on their order`, () => {
      const ordered = fc
        .array(proof, { minLength: 2, maxLength: 5 })
        .chain((proofs) => fc.tuple(fc.constant(proofs), fc.shuffledSubarray(proofs, { minLength: proofs.length })))
      fc.assert(
        fc.property(ordered, ([proofs, shuffled]) => {
          expect(weigh(shuffled)).toEqual(weigh(proofs))
        }),
        { numRuns: 500 },
      )
    })

    test(`${name}: is enough beside a document that carries nothing`, () => {
      const document = proof.filter(({ kind }) => !kind.endsWith('Decision'))
      fc.assert(
        fc.property(fc.array(proof, { minLength: 1, maxLength: 4 }), document, (proofs, more) => {
          fc.pre(weigh(proofs).verdict === 'sufficient')
          expect([weigh([more, ...proofs]).verdict, weigh([...proofs, more]).verdict]).toEqual([
            'sufficient',
            'sufficient',
          ])
        }),
        { numRuns: 300 },
      )
    })
  }
})

test('who waits for a decision on the stay is admitted once it is positive: what no decision mends is refused at once', () => {
  const weigh = (proofs: readonly ShownProof[]) => weighProofs(proofs, { capacity: 'RESIDENT', ...days }, law).result
  const documents = fc.array(
    residence.filter(({ kind }) => kind === 'residenceDocument'),
    { minLength: 1, maxLength: 3 },
  )
  let waited = 0
  fc.assert(
    fc.property(documents, (shown) => {
      const proofs: ShownProof[] = [...(shown as ShownProof[])]
      const asked = new Set<string>()
      for (let verdict = weigh(proofs); verdict.verdict === 'pending'; verdict = weigh(proofs)) {
        waited += 1
        expect(asked.has(verdict.waitingFor)).toBe(false)
        asked.add(verdict.waitingFor)
        const kind = verdict.waitingFor === 'immigrationOffice' ? 'immigrationOfficeDecision' : 'manualDecision'
        proofs.push({ kind, decidedOn: isoDate('2026-03-19'), positive: true } as ShownProof)
      }
      if (asked.size > 0) expect(weigh(proofs)).toEqual({ verdict: 'sufficient' })
    }),
    { numRuns: 2_000 },
  )
  expect(waited).toBeGreaterThan(10)
})
