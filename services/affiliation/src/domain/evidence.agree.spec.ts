import { given } from '@ziv/kernel/testing'
import { expect, test } from 'vitest'
import { identityFacts } from '../commands/identity.ts'
import { disagreement } from './evidence.agree.ts'
import { assessEvidence } from './evidence.assess.ts'
import type { Evidence } from './evidence.ts'
import type { PersonCommandOf } from './person.commands.ts'
import { personDecider } from './person.decide.ts'
import type { Claim } from './proofs.define.ts'
import { proofKinds } from './proofs.ts'
import {
  acquired,
  affiliate,
  affiliated,
  capacityEnded,
  closed,
  day,
  employer,
  facts,
  factsOn,
  holder,
  ids,
  numbered,
  registered,
  request,
} from './testing-facts.ts'

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
const verdict = (kind: string, proof: Evidence, more: Partial<Claim> = {}) =>
  assessEvidence([proof], claim(kind, more), facts)
const income = (quarter: string): Evidence => ({
  ...{ kind: 'incomeProof', quarter, grossCents: 0, source: 'wageSlips', ownFreeRight: false },
})

test.each<readonly [string, string, Evidence, string]>([
  [
    'a contract that starts in years',
    'EMPLOYEE',
    { kind: 'employmentContract', rszNumber: '102077173', startsOn: day('2031-01-02') },
    'startsOn',
  ],
  [
    'a slip of another period',
    'EMPLOYEE',
    { kind: 'contributionSlip', rszNumber: '102077173', quarter: '2020Q1' },
    'quarter',
  ],
  ['an attest made years before', 'EMPLOYEE', { ...employer, issuedOn: day('2020-01-02') } as Evidence, 'issuedOn'],
  ['an attest of tomorrow', 'EMPLOYEE', { ...employer, issuedOn: day('2026-03-21') } as Evidence, 'issuedOn'],
  [
    'an academic year that is over',
    'STUDENT',
    {
      kind: 'enrolmentCertificate',
      institution: 'H',
      recognised: true,
      academicYear: '2023-2024',
      issuedOn: day('2025-09-15'),
    },
    'academicYear',
  ],
  [
    'an academic year of two years',
    'STUDENT',
    {
      kind: 'enrolmentCertificate',
      institution: 'H',
      recognised: true,
      academicYear: '2025-2027',
      issuedOn: day('2025-09-15'),
    },
    'academicYear',
  ],
  [
    'a registration after the day',
    'RESIDENT',
    { kind: 'nationalRegisterEntry', registeredOn: day('2026-03-16') },
    'registeredOn',
  ],
  [
    'a card that ends before it begins',
    'RESIDENT',
    { kind: 'residenceDocument', document: 'cardB', issuedOn: day('2026-01-02'), validUntil: day('2026-01-01') },
    'validUntil',
  ],
  [
    'a marriage after the first day of the spouse',
    'DEPENDANT_SPOUSE',
    { kind: 'marriageCertificate', marriedOn: day('2026-03-16'), foreign: false },
    'marriedOn',
  ],
  [
    'an application made later',
    'DEPENDANT_SPOUSE',
    { kind: 'cohabitationApplication', document: 'annex15', appliedOn: day('2026-03-16') },
    'appliedOn',
  ],
  ['an income of another year', 'DEPENDANT_SPOUSE', income('2024Q1'), 'quarter'],
  ['an act made before the birth', 'DEPENDANT_CHILD', { kind: 'birthAct', issuedOn: day('2009-12-31') }, 'issuedOn'],
])('%s does not agree with the claim, and the refusal says what', (_what, kind, proof, field) => {
  expect(verdict(kind, proof)).toMatchObject({
    verdict: 'refused',
    rejection: { code: 'evidenceDisagrees', params: { evidence: proof.kind, field } },
  })
})

test('no proof states a day that has not come, but for what it announces', () => {
  const announced = ['startsOn', 'validUntil']
  const days = Object.values(proofKinds).flatMap(({ kind, schema }) =>
    Object.keys(schema.shape).flatMap((field) => (/(On|Date|Until)$/.test(field) ? [`${kind} ${field}`] : [])),
  )
  expect(days.length).toBeGreaterThan(12)
  const taken = days.filter((name) => {
    const [kind, field] = name.split(' ') as [string, string]
    const stated = { kind, [field]: day('2026-03-21') } as unknown as Evidence
    const found = disagreement(stated, claim('EMPLOYEE'), { ...facts, today: day('2026-03-20') })
    return found?.field !== field || found.claimed !== '<= 2026-03-20'
  })
  expect(taken.filter((name) => !announced.includes(name.split(' ')[1] ?? ''))).toEqual([])
})

test('a card that expired before the request proves nothing, also when it held on the day itself', () => {
  const card: Evidence = {
    kind: 'residenceDocument',
    document: 'cardB',
    issuedOn: day('2025-01-02'),
    validUntil: day('2026-03-16'),
  }
  expect(verdict('RESIDENT', card)).toMatchObject({
    rejection: { code: 'documentExpired', params: { day: '2026-03-18' } },
  })
  expect(verdict('RESIDENT', card, { requestedOn: day('2026-03-16') })).toEqual({ verdict: 'sufficient' })
})

test('a card A of six months waits for an official, unless another ground of the stay is shown', () => {
  const short = {
    kind: 'residenceDocument',
    document: 'cardA',
    issuedOn: day('2026-01-05'),
    validUntil: day('2026-07-05'),
  } as const
  expect(verdict('RESIDENT', short)).toEqual({ verdict: 'pending', waitingFor: 'manualDecision' })
  expect(verdict('RESIDENT', { ...short, validUntil: day('2026-07-06') })).toEqual({ verdict: 'sufficient' })
  const { validUntil: _, ...endless } = short
  expect(verdict('RESIDENT', endless)).toEqual({ verdict: 'pending', waitingFor: 'manualDecision' })
  expect(verdict('RESIDENT', { ...short, supports: ['visaD'] })).toEqual({ verdict: 'sufficient' })
  expect(verdict('RESIDENT', { ...short, document: 'cardB' })).toEqual({ verdict: 'sufficient' })
  const decided = (positive: boolean) =>
    assessEvidence(
      [short, { kind: 'manualDecision', decidedOn: day('2026-03-16'), positive }],
      claim('RESIDENT'),
      facts,
    )
  expect(decided(true)).toEqual({ verdict: 'sufficient' })
  expect(decided(false)).toMatchObject({ rejection: { code: 'decisionNegative' } })
})

test('what the number carries agrees with what is stated, or is asked again', () => {
  const code = (plain: Parameters<typeof identityFacts>[0]): string => {
    try {
      return identityFacts(plain).birthDate
    } catch (error) {
      return (error as { rejection: { code: string } }).rejection.code
    }
  }
  const ssin = '85073003328'
  expect(code({ ssin })).toBe('1985-07-30')
  expect(code({ ssin, birthDate: day('1990-01-01') })).toBe('identityDisagrees')
  expect(code({ ssin, sex: 'F' })).toBe('identityDisagrees')
  expect(code({ ssin, sex: 'M' })).toBe('1985-07-30')
  // born in May 1974, and in 1979, on a day that nobody knows
  for (const [head, right, wrong] of [
    ['740500123', ['1974-05-01', '1974-05-31'], ['1974-06-01', '1973-05-01', '2074-05-01']],
    ['790000001', ['1979-01-01', '1979-12-31'], ['1978-12-31', '2079-07-01']],
  ] as const) {
    const part = `${head}${String(97 - (Number(head) % 97)).padStart(2, '0')}`
    for (const on of right) expect(code({ ssin: part, birthDate: day(on) })).toBe(on)
    for (const on of wrong) expect(code({ ssin: part, birthDate: day(on) })).toBe('identityDisagrees')
  }
})

test('a day before the law here knows one is refused with the first day it knows', () => {
  const refusal = { field: 'acquiredOn', day: '1940-02-15', firstDay: '1945-01-01' }
  given(personDecider, registered('1920-07-30'))
    .on(facts)
    .when(affiliate({ capacity: request('EMPLOYEE', { acquiredOn: day('1940-02-15') }) }))
    .thenRejected('beforeLaw', refusal)
})

test('a departure that another insurer follows at once is a transfer, after a quarter it is a new choice', () => {
  const history = [registered(), affiliated('2025-01-01'), closed('2025-12-10')]
  const join = affiliate({ affiliationId: ids.affiliation2, ziekenfonds: '501', from: day('2025-12-11') })
  given(personDecider, ...history)
    .on(facts)
    .when(join)
    .thenRejected('transferNeeded', {
      ...{ insurer: '300', leftOn: '2025-12-10', free: '2026-03-10', confidence: 'assumed' },
    })
  const free = given(personDecider, ...history)
    .on(facts)
    .when({ ...join, from: day('2026-03-11') })
  expect(free.decision.ok).toBe(true)
})

const becomes: PersonCommandOf<'BecomeDependant'> = {
  ...{ type: 'BecomeDependant', capacityId: ids.capacity2, affiliationId: ids.affiliation2, kind: 'DEPENDANT_CHILD' },
  ...{ acquiredOn: day('2026-05-04'), requestedOn: day('2026-06-01') },
  evidence: numbered({ kind: 'birthAct', issuedOn: day('2026-05-10') }),
}

test('a child born in the run-out of the holder depends on the right of the holder', () => {
  const runOut = { ...holder, capacities: holder.capacities.map((entry) => ({ ...entry, to: day('2025-11-30') })) }
  const older = runOut.capacities.map((entry) => ({ ...entry, from: day('2020-01-01') }))
  const today = factsOn('2026-06-20', { holder: { ...runOut, capacities: older } })
  expect(given(personDecider, registered('2026-05-04')).on(today).when(becomes).decision.ok).toBe(true)
  const over = older.map((entry) => ({ ...entry, to: day('2024-09-30') }))
  given(personDecider, registered('2026-05-04'))
    .on(factsOn('2026-06-20', { holder: { ...holder, capacities: over } }))
    .when(becomes)
    .thenRejected('holderHasNoCapacity')
})

test('whoever has a free right of his or her own cannot be a dependant, a child no more than a partner', () => {
  const working = [registered('2005-01-02'), affiliated(), acquired('EMPLOYEE')]
  const today = factsOn('2026-06-20', { holder })
  given(personDecider, ...working)
    .on(today)
    .when(becomes)
    .thenRejected('ownFreeRight')
  const stopped = given(personDecider, ...working, capacityEnded('EMPLOYEE', '2026-05-03')).on(today)
  expect(stopped.when(becomes).decision.ok).toBe(true)
})
