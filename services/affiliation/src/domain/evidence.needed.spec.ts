import { loadCapacities } from '@ziv/law'
import { describe, expect, it } from 'vitest'
import { assessEvidence } from './evidence.assess.ts'
import type { Evidence } from './evidence.ts'
import type { Claim } from './proofs.define.ts'
import { day, employer, factsOn } from './testing-facts.ts'

const facts = factsOn('2026-03-20')
const claim = (kind: string, more: Partial<Claim> = {}): Claim => ({
  ...{
    kind,
    acquiredOn: day('2026-03-15'),
    weighedOn: more.acquiredOn ?? day('2026-03-15'),
    requestedOn: day('2026-03-18'),
    birthDate: day('2010-01-01'),
  },
  ...more,
})
const weigh = (kind: string, proofs: readonly Evidence[], more: Partial<Claim> = {}) =>
  assessEvidence(proofs, claim(kind, more), facts)
const enough = { verdict: 'sufficient' }
const refusal = (code: string, params: object = {}) => ({ verdict: 'refused', rejection: { code, params } })
const lacks = (capacity: string, needed: string) => refusal('evidenceMissing', { capacity, needed })

const issuedOn = day('2026-03-01')
const card = { kind: 'residenceDocument', document: 'cardA', issuedOn, validUntil: day('2031-01-01') } as const
const annex15 = (more: object = {}): Evidence =>
  ({ ...card, document: 'annex15', box: 9, modelDate: day('2023-03-01'), ...more }) as Evidence
const birth: Evidence = { kind: 'birthAct', issuedOn }
const adoption: Evidence = { kind: 'adoptionAct', issuedOn }
const home = (sameAddress: boolean, spouse: { holderSpouseInHousehold?: boolean } = {}): Evidence => ({
  ...{ kind: 'householdComposition', issuedOn, sameAddress, ...spouse },
})
const foster = (accepted: boolean): Evidence => ({ kind: 'fosterProof', source: 'judgment', accepted, issuedOn })
const income: Evidence = {
  ...{ kind: 'incomeProof', quarter: '2026Q1', grossCents: 0, source: 'wageSlips', ownFreeRight: false },
}
const wedding = (more: object = {}): Evidence =>
  ({ kind: 'marriageCertificate', marriedOn: issuedOn, foreign: false, ...more }) as Evidence
const applied: Evidence = { kind: 'cohabitationApplication', document: 'annex15', appliedOn: issuedOn }

describe('who lacks a proof is told which one', () => {
  it.each<[string, string, readonly Evidence[], string]>([
    ['a resident', 'RESIDENT', [], 'nationalRegisterEntry, residenceDocument'],
    ['a resident with an annex 15 without its box', 'RESIDENT', [annex15({ box: undefined })], 'box'],
    ['a resident with an annex 15 of no model', 'RESIDENT', [annex15({ modelDate: undefined })], 'modelDate'],
    ['a student', 'STUDENT', [], 'enrolmentCertificate'],
    ['a spouse without income', 'DEPENDANT_SPOUSE', [wedding(), home(true)], 'incomeProof'],
    ['a spouse without marriage', 'DEPENDANT_SPOUSE', [income, home(true)], 'marriageCertificate'],
    [
      ...(['a spouse who lives elsewhere', 'DEPENDANT_SPOUSE', [income, wedding(), home(false)]] as const),
      'householdComposition, cohabitationApplication',
    ],
  ])('%s', (_who, kind, proofs, needed) => {
    expect(weigh(kind, proofs)).toEqual(lacks(kind, needed))
  })

  it('an employee all of those of which one is enough', () => {
    const accepted = loadCapacities().at('EMPLOYEE').evidence?.accepted ?? []
    expect(accepted.length).toBeGreaterThan(2)
    expect(weigh('EMPLOYEE', [])).toEqual(lacks('EMPLOYEE', accepted.join(', ')))
    expect(weigh('STUDENT', [employer])).toEqual(
      refusal('evidenceNotOfCapacity', {
        evidence: 'employerProof',
        capacity: 'STUDENT',
        accepted: 'enrolmentCertificate',
      }),
    )
    expect(weigh('PILOT', [employer])).toEqual(refusal('capacityUnknown', { capacity: 'PILOT' }))
  })
})

describe('a child shows the act of its relation', () => {
  it.each<[Claim['relation'], readonly Evidence[], object]>([
    [undefined, [], lacks('DEPENDANT_CHILD', 'birthAct')],
    ['own', [adoption], lacks('DEPENDANT_CHILD', 'birthAct')],
    ['own', [birth], enough],
    ['adopted', [adoption], enough],
    ['adopted', [birth], lacks('DEPENDANT_CHILD', 'adoptionAct')],
    ['foster', [foster(true)], enough],
    ['foster', [foster(false)], lacks('DEPENDANT_CHILD', 'fosterProof')],
    ['foster', [birth, home(true)], lacks('DEPENDANT_CHILD', 'fosterProof')],
    ['partnerChild', [home(true)], lacks('DEPENDANT_CHILD', 'birthAct')],
    ['partnerChild', [birth, home(false)], lacks('DEPENDANT_CHILD', 'householdComposition')],
    ['partnerChild', [adoption, home(true)], enough],
    ['grandchild', [birth], lacks('DEPENDANT_CHILD', 'householdComposition')],
    ['grandchild', [home(true)], lacks('DEPENDANT_CHILD', 'birthAct')],
    ['grandchild', [birth, home(true)], enough],
  ])('%s: enough, or what is lacking', (relation, proofs, expected) => {
    expect(weigh('DEPENDANT_CHILD', proofs, { relation })).toEqual(expected)
  })
})

describe('a partner lives with the holder', () => {
  it('in one household, or on the way to it when they are married', () => {
    expect(weigh('DEPENDANT_SPOUSE', [income, wedding(), home(true)])).toEqual(enough)
    expect(weigh('DEPENDANT_SPOUSE', [income, wedding(), home(false), applied])).toEqual(enough)
    const cohabiting = { partnership: 'cohabiting' } as const
    const alone = { holderSpouseInHousehold: false }
    expect(weigh('DEPENDANT_SPOUSE', [income, home(true, alone)], cohabiting)).toEqual(enough)
    const needed = 'householdComposition (sameAddress, holderSpouseInHousehold)'
    for (const proofs of [[income], [income, home(false, alone)], [income, applied], [income, home(true)]])
      expect(weigh('DEPENDANT_SPOUSE', proofs, cohabiting)).toEqual(lacks('DEPENDANT_SPOUSE', needed))
  })

  it('by a foreign certificate when it is legalised', () => {
    const foreign = (legalised?: boolean) =>
      weigh('DEPENDANT_SPOUSE', [income, wedding({ foreign: true, legalised }), home(true)])
    expect([foreign(), foreign(false)]).toEqual(Array(2).fill(refusal('certificateNotLegalised')))
    expect(foreign(true)).toEqual(enough)
  })
})

describe('a resident', () => {
  const decided = (kind: 'manualDecision' | 'immigrationOfficeDecision', positive: boolean): Evidence => ({
    ...{ kind, decidedOn: day('2026-03-10'), positive },
  })
  const negative = (kind: string) => refusal('decisionNegative', { kind, decidedOn: '2026-03-10' })

  it('may show a card until the last day on which it is valid', () => {
    const until = (text: string) => weigh('RESIDENT', [{ ...card, document: 'cardB', validUntil: day(text) }])
    expect(until('2026-03-18')).toEqual(enough)
    expect(until('2026-03-17')).toEqual(refusal('documentExpired', { validUntil: '2026-03-17', day: '2026-03-18' }))
  })

  it('of whom an official decides has what the official decided', () => {
    const contested: Evidence = { ...card, manualDecisionNeeded: true }
    expect(weigh('RESIDENT', [contested])).toEqual({ verdict: 'pending', waitingFor: 'manualDecision' })
    expect(weigh('RESIDENT', [contested, decided('manualDecision', true)])).toEqual(enough)
    expect(weigh('RESIDENT', [contested, decided('manualDecision', false)])).toEqual(negative('manualDecision'))
    // a card that waits for nobody does not outweigh what was decided against it
    expect(weigh('RESIDENT', [card, decided('manualDecision', false)])).toEqual(negative('manualDecision'))
  })

  it('who waits for the Immigration Office is not helped by the decision of somebody else', () => {
    const waits = { verdict: 'pending', waitingFor: 'immigrationOffice' }
    expect(weigh('RESIDENT', [annex15({ box: 5 })])).toEqual(waits)
    expect(weigh('RESIDENT', [annex15({ box: 5 }), decided('manualDecision', true)])).toEqual(waits)
    expect(weigh('RESIDENT', [annex15({ box: 5 }), decided('immigrationOfficeDecision', false)])).toEqual(
      negative('immigrationOfficeDecision'),
    )
  })

  it('with an annex 15 of a model that nobody knows waits for an official', () => {
    const unknown = annex15({ modelDate: day('1990-01-01') })
    expect(weigh('RESIDENT', [unknown])).toEqual({ verdict: 'pending', waitingFor: 'manualDecision' })
    expect(weigh('RESIDENT', [unknown, decided('immigrationOfficeDecision', true)])).toMatchObject({
      verdict: 'pending',
    })
    expect(weigh('RESIDENT', [unknown, decided('manualDecision', true)])).toEqual(enough)
  })

  it.each(['certificateOfRegistration', 'annex25', 'annex26'] as const)('with a %s needs protection', (document) => {
    const refused = refusal('protectionDecisionMissing', { document })
    expect(weigh('RESIDENT', [{ ...card, document }])).toEqual(refused)
    expect(weigh('RESIDENT', [{ ...card, document, supports: ['visaD'] }])).toEqual(refused)
    expect(weigh('RESIDENT', [{ ...card, document, supports: ['visaD', 'protectionDecision'] }])).toEqual(enough)
  })

  it('with an annex 15 that needs support shows one strong document, or all three of a worker', () => {
    const work = ['professionalOrWorkCard', 'medicalCertificate', 'criminalRecordExtract']
    const supported = (supports: readonly string[]) => weigh('RESIDENT', [annex15({ supports })])
    for (const one of ['protectionDecision', 'visaD', 'registrationDecision']) expect(supported([one])).toEqual(enough)
    expect(supported(work)).toEqual(enough)
    for (const absent of work)
      expect(supported(work.filter((each) => each !== absent))).toEqual(refusal('annex15SupportMissing', { box: 9 }))
    const modelDate = day('2023-03-01')
    expect(weigh('RESIDENT', [annex15({ box: 3 })])).toEqual(refusal('annex15BoxRefused', { box: 3, modelDate }))
    const old = { box: 6, modelDate: day('2016-01-01') }
    expect(weigh('RESIDENT', [annex15(old)])).toEqual(refusal('protectionDecisionMissing', { document: 'annex15' }))
  })
})
