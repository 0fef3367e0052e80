import { writeDmfa } from '@ziv/formats'
import { cents, type IsoDate, isoDate, makeInsz, makeRizivNumber, makeRszNumber, type Quarter } from '@ziv/kernel'
import type { Sandbox } from '@ziv/sandbox'
import { verifySandbox } from '@ziv/sandbox'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type Api, apiOf, textOf } from './api.ts'
import { startTestSandbox, type TestSandbox } from './test-sandbox.ts'

interface Ground {
  readonly rule: string
  readonly article: string
  readonly satisfied: boolean
  readonly text: string
  readonly facts: readonly { readonly name: string; readonly value?: unknown; readonly eventId?: string }[]
  readonly parameters: readonly { readonly name: string; readonly value: unknown }[]
}
interface Decision {
  readonly decisionId: string
  readonly outcome: string
  readonly from: string
  readonly grounds: readonly Ground[]
  readonly repairs: readonly { readonly kind: string; readonly text: string; readonly until?: string }[]
  readonly withdrawn?: { readonly replacedBy: readonly { readonly decisionId: string; readonly outcome: string }[] }
}
interface Answer {
  readonly inOrder: boolean
  readonly reason?: string
  readonly knownAt: string
  readonly decision?: Decision
}
interface ReferenceYear {
  readonly slips: readonly { readonly amountCents: number; readonly eventId: string }[]
  readonly assessment: { readonly met: boolean; readonly shortCents: number; readonly requiredCents: number }
  readonly grounds: readonly { readonly article: string; readonly eventIds: readonly string[] }[]
  readonly repairs: readonly { readonly kind: string }[]
}
interface Claim {
  readonly claimId: string
  readonly state: string
  readonly interventionCents: number
  readonly lines: readonly {
    readonly outcome: string
    readonly decisionId?: string
    readonly refusals: readonly { readonly code: string }[]
  }[]
}
interface Timeline {
  readonly periods: readonly { readonly from: string; readonly to: string }[]
}

const member = { insurer: '300', ziekenfonds: '306' }
const ssin = makeInsz(isoDate('1988-04-12'), 123)
const employerNumber = makeRszNumber(1_234_567)
const providerNumber = makeRizivNumber(100_001, 3)
/** Four times EUR 1,806.16. */
const REQUIRED = 722_464

describe('a correction that comes late', () => {
  let test: TestSandbox
  let clerk: Api
  let personId: string
  let before: Answer
  let early: { last: Claim; first: Claim }
  let late: Claim
  const sandbox = (): Sandbox => test.sandbox
  const asOf = '2025-01-15'

  const moveTo = async (day: string): Promise<void> => {
    await sandbox().clock.moveTo(isoDate(day))
    await sandbox().idle()
  }
  const ask = (knownAt?: string): Promise<Answer> =>
    clerk.post('/rights/v1/insurability/query', { personId, asOf, explain: true, ...(knownAt && { knownAt }) })
  const referenceYear = (knownAt?: string): Promise<ReferenceYear> =>
    clerk.get(`/contributions/v1/persons/${personId}/referenceYears/2023${knownAt ? `?knownAt=${knownAt}` : ''}`)

  /** The wage of the first quarter of 2023 as the RSZ declares it, in a file of its own. */
  const declare = async (wageCents: number, createdOn: IsoDate): Promise<void> => {
    const quarter = '2023Q1' as Quarter
    const occupation = {
      services: [{ code: '001', days: 6_500, hours: 0 }],
      remunerations: [{ code: '001', cents: cents(wageCents) }],
    }
    const person = {
      insz: ssin,
      workerRecords: [{ employerClass: '000', workerCode: '495', occupations: [occupation] }],
    }
    const file = await textOf(writeDmfa([{ quarter, createdOn, employerNumber, persons: [person] }]))
    const rsz = apiOf(sandbox(), { roles: ['rsz'] })
    const { href } = await rsz.post<{ href: string }>('/contributions/v1/slipIntakes', file, 'application/xml')
    await rsz.until<{ completedAt?: string }>(href, ({ completedAt }) => completedAt !== undefined)
    await sandbox().idle()
  }

  /** A visit to the GP on a day, claimed by the doctor. */
  const claim = async (careDate: string): Promise<Claim> => {
    const doctor = apiOf(sandbox(), { roles: ['careProvider'], providerNumber })
    const tariff = await doctor.post<{ interventionCents: number; patientShareCents: number }>(
      '/reimbursement/v1/tariffs/query',
      { nomenclature: '101032', careDate, convention: 'conventioned' },
    )
    const askedCents = tariff.interventionCents + tariff.patientShareCents
    const claimed = await doctor.post<Claim>('/reimbursement/v1/claims', {
      ssin,
      providerNumber,
      lines: [{ nomenclature: '101032', careDate, askedCents }],
    })
    await sandbox().idle()
    return claimed
  }

  beforeAll(async () => {
    test = await startTestSandbox({ postgresUrl: inject('zivPostgresUrl'), startAt: isoDate('2023-01-09') })
    clerk = apiOf(sandbox(), { roles: ['clerk'], ...member })
    const registered = await clerk.post<{ personId: string }>('/affiliation/v1/persons', {
      ssin,
      lastName: 'Peeters',
      firstNames: 'An',
    })
    personId = registered.personId
    const evidence = [{ kind: 'employerProof', rszNumber: employerNumber, issuedOn: '2023-01-09' }]
    await clerk.post(`/affiliation/v1/persons/${personId}/affiliations`, {
      ziekenfonds: member.ziekenfonds,
      capacity: { kind: 'EMPLOYEE', acquiredOn: '2023-01-09', evidence },
    })
    await sandbox().idle()
    await moveTo('2023-05-20')
    await declare(500_000, isoDate('2023-05-20'))
    await moveTo('2025-01-01')
    const system = apiOf(sandbox(), { roles: ['system'] })
    const { runId } = await system.post<{ runId: string }>('/rights/v1/renewalRuns', { kind: 'renewal', year: 2025 })
    await system.until<{ state: string }>(`/rights/v1/renewalRuns/${runId}`, ({ state }) => state === 'done')
    await moveTo('2025-02-03')
    early = { last: await claim('2024-12-30'), first: await claim('2025-01-02') }
    before = await ask()
    await moveTo('2025-03-10')
    // the employer corrects the quarter: the new wage takes the place of the old one
    await declare(900_000, isoDate('2025-03-10'))
    late = await claim('2025-01-03')
  }, 240_000)
  afterAll(() => test?.drop(), 60_000)

  it('refused the year while the slip was short, and said by which rule, on which facts, and how to repair it', () => {
    expect(before).toMatchObject({ inOrder: false, reason: 'renewalRefused', decision: { outcome: 'refused' } })
    const ground = before.decision?.grounds.find(({ rule }) => rule === 'prolongation.contributions')
    expect(ground).toMatchObject({ article: expect.stringContaining('art. 131'), satisfied: false })
    expect(ground?.facts).toContainEqual({
      name: 'shortCents',
      value: REQUIRED - 500_000,
      eventId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
    expect(ground?.parameters.map(({ name }) => name)).toContain('rights/reference-year-shift')
    expect(before.decision?.repairs[0]).toMatchObject({ kind: 'payComplement', until: '2028-12-31' })
    expect(before.decision?.repairs[0]?.text).toMatch(/163[.,]51/)
  })

  it('paid the care of the last day in order and refused that of the first day after it', () => {
    expect(early.last).toMatchObject({ state: 'settled', lines: [{ outcome: 'accepted' }] })
    expect(early.last.interventionCents).toBeGreaterThan(0)
    expect(early.first).toMatchObject({
      state: 'refused',
      interventionCents: 0,
      lines: [{ refusals: [{ code: '500540', text: { en: expect.stringContaining('not open on 2 January 2025') } }] }],
    })
  })

  it('grants the year now, on the corrected slip, and explains that as well', async () => {
    const now = await ask()
    expect(now).toMatchObject({ inOrder: true, decision: { outcome: 'granted', from: '2025-01-01', repairs: [] } })
    const [old, fresh] = [before, now].map(({ decision }) =>
      decision?.grounds.find(({ rule }) => rule === 'prolongation.contributions'),
    )
    expect(fresh).toMatchObject({ satisfied: true })
    const eventOf = (ground: Ground | undefined) => ground?.facts.find(({ name }) => name === 'shortCents')?.eventId
    expect(eventOf(fresh)).toBeDefined()
    expect(eventOf(fresh)).not.toBe(eventOf(old))
  })

  it('answers with the knowledge of then what it answered then, word for word', async () => {
    expect(await ask(before.knownAt)).toEqual(before)
    const { withdrawn, ...decision } = await clerk.get<Decision>(`/rights/v1/decisions/${before.decision?.decisionId}`)
    // one that does not stand any more asks for nothing
    expect(decision).toEqual({ ...before.decision, repairs: [] })
    const now = await ask()
    expect(withdrawn?.replacedBy).toMatchObject([{ decisionId: now.decision?.decisionId, outcome: 'granted' }])
  })

  it('tells both timelines, which part on the first day that the correction touches', async () => {
    const path = `/rights/v1/persons/${personId}/timeline`
    const [now, then] = await Promise.all([
      clerk.get<Timeline>(path),
      clerk.get<Timeline>(`${path}?knownAt=${before.knownAt}`),
    ])
    expect(then.periods.map(({ from, to }) => [from, to])).toEqual([['2023-01-01', '2024-12-31']])
    expect(now.periods.map(({ from, to }) => [from, to])).toEqual([
      ['2023-01-01', '2024-12-31'],
      ['2025-01-01', '2025-12-31'],
    ])
    const { rows } = await sandbox().databases.rights.query<{ payload: { changedFrom: string; cause: string } }>(
      'select payload from es.outbox where key = $1 order by sequence desc limit 1',
      [personId],
    )
    expect(rows[0]?.payload).toMatchObject({ changedFrom: '2025-01-01', cause: 'correction' })
  })

  it('shows the reference year with one slip, replaced and not added, and as it was known before', async () => {
    const [now, then] = [await referenceYear(), await referenceYear(before.knownAt)]
    expect(now.slips.map(({ amountCents }) => amountCents)).toEqual([900_000])
    expect(now.assessment).toMatchObject({ met: true, shortCents: 0, requiredCents: REQUIRED })
    expect(then.slips.map(({ amountCents }) => amountCents)).toEqual([500_000])
    expect(then.assessment).toMatchObject({ met: false, shortCents: REQUIRED - 500_000 })
    expect(then.repairs.map(({ kind }) => kind)).toContain('payComplement')
    for (const { slips, grounds } of [now, then]) {
      expect(grounds[0]?.article).toContain('art. 286')
      expect(grounds.flatMap(({ eventIds }) => eventIds)).toContain(slips[0]?.eventId)
    }
  })

  it('pays care of the repaired year and leaves what was settled before as it was', async () => {
    const now = await ask()
    expect(late).toMatchObject({ state: 'settled', lines: [{ outcome: 'accepted' }] })
    expect(late.lines[0]?.decisionId).toBe(now.decision?.decisionId)
    for (const settled of [early.last, early.first]) {
      expect(await clerk.get<Claim>(`/reimbursement/v1/claims/${settled.claimId}`)).toEqual(settled)
    }
    const path = `/reimbursement/v1/persons/${personId}/claims`
    const ids = async (query: string) => {
      const page = await clerk.get<{ items: readonly Claim[] }>(`${path}${query}`)
      return page.items.map(({ claimId }) => claimId).sort()
    }
    expect(await ids('')).toEqual([early.last, early.first, late].map(({ claimId }) => claimId).sort())
    expect(await ids(`?knownAt=${before.knownAt}`)).toEqual(
      [early.last, early.first].map(({ claimId }) => claimId).sort(),
    )
  })

  it('accepts the bill that was refused when the doctor sends it again', async () => {
    expect(await claim('2025-01-02')).toMatchObject({ state: 'settled', interventionCents: late.interventionCents })
  })

  it('proves itself afterwards', async () => {
    const findings = await Array.fromAsync(verifySandbox(sandbox()))
    // no member has a return or money yet: only what was looked at can be right or wrong
    expect(findings.filter(({ ok, examined }) => !ok && examined > 0)).toEqual([])
  })
})
