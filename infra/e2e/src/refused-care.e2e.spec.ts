import { type EfactInvoiceInput, writeEfact } from '@ziv/formats'
import { cents, type IsoDate, isoDate, LANGUAGES, makeInsz, makeRizivNumber, type Words } from '@ziv/kernel'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type Api, apiOf, textOf } from './api.ts'
import { startTestSandbox, type TestSandbox } from './test-sandbox.ts'

interface Told {
  readonly rule: string
  readonly text: string
}
interface Claim {
  readonly claimId: string
  readonly state: string
  readonly channel: string
  readonly lines: readonly {
    readonly refusals: readonly { readonly code: string; readonly text: Words }[]
    readonly grounds: readonly (Told & { readonly article?: string })[]
    readonly repairs: readonly (Told & { readonly kind: string })[]
  }[]
}
interface Issue extends Words {
  readonly code: string
}

const member = { insurer: '300', ziekenfonds: '306' }
const providerNumber = makeRizivNumber(100_001, 3) as string
const careDate = isoDate('2024-06-05')
const split = { insuranceCents: cents(1968), patientCents: cents(600), supplementCents: cents(0) }
const wordsOf = ({ nl, fr, de, en }: Words): Words => ({ nl, fr, de, en })

let test: TestSandbox
let clerk: Api
let doctor: Api
let worker: string
let waiting: { readonly ssin: string; readonly personId: string; readonly capacityId: string }

/** Somebody of 306 who asks for a capacity, and whether it waits. */
async function registered(birth: string, lastName: string, capacity: object) {
  const ssin = makeInsz(isoDate(birth), 123)
  const { personId } = await clerk.post<{ personId: string }>('/affiliation/v1/persons', {
    ...{ ssin, lastName, firstNames: 'An' },
  })
  const path = `/affiliation/v1/persons/${personId}`
  await clerk.post(`${path}/affiliations`, { ziekenfonds: member.ziekenfonds, from: '2024-01-01' })
  const asked = await clerk.post<{ capacityId: string; state: string }>(`${path}/capacities`, capacity)
  return { ssin, personId, ...asked }
}

beforeAll(async () => {
  test = await startTestSandbox({ postgresUrl: inject('zivPostgresUrl'), startAt: isoDate('2024-06-10') })
  clerk = apiOf(test.sandbox, { roles: ['clerk'], ...member })
  doctor = apiOf(test.sandbox, { roles: ['careProvider'], providerNumber })
  const entered = { kind: 'nationalRegisterEntry', registeredOn: '2024-01-02' }
  const resident = await registered('1980-03-04', 'Peeters', {
    ...{ kind: 'RESIDENT', acquiredOn: '2024-01-02', evidence: [entered] },
  })
  expect(resident.state).toBe('acquired')
  worker = resident.ssin
  const document = { document: 'annex15', issuedOn: '2024-05-02', box: 5, modelDate: '2023-03-01' }
  const asks = { kind: 'RESIDENT', acquiredOn: '2024-05-02', evidence: [{ kind: 'residenceDocument', ...document }] }
  const asked = await registered('1985-06-07', 'Diallo', asks)
  expect(asked.state).toBe('pending')
  waiting = asked
  await test.sandbox.idle()
}, 120_000)
afterAll(() => test?.drop(), 60_000)

const claim = async (ssin: string): Promise<Claim> =>
  await doctor.post('/reimbursement/v1/claims', {
    ...{ ssin, providerNumber, lines: [{ nomenclature: '101032', careDate, askedCents: 2568 }] },
  })

const invoiceOf = (insz: string, number: number, days: readonly IsoDate[]): EfactInvoiceInput => ({
  ...{ ziekenfonds: '306', insz, sex: 'F', ct1: '110', ct2: '110' },
  ...{ invoiceNumber: String(number), reference: `F${number}`, invoiceDate: isoDate('2024-06-06') },
  billingInstitution: providerNumber,
  services: days.map((from, index) => ({
    ...{ code: '101032', from, provider: providerNumber, units: 1, convention: 1, reference: `L${number}-${index}` },
    ...split,
  })),
})

/** A file of mostly good care, so that it is settled: with an error in more than one line of twenty it is refused as a whole. */
async function billed(): Promise<readonly Issue[]> {
  const days = Array.from({ length: 24 }, (_, n) => isoDate(`2024-05-${String(n + 1).padStart(2, '0')}`))
  const file = await textOf(
    writeEfact({
      ...{ senderReference: '20240001', invoicingMonth: '2024-06', sendNumber: 1, createdOn: isoDate('2024-06-07') },
      ...{ thirdPartyNumber: providerNumber, bic: 'GEBABEBB', iban: 'BE68539007547034' },
      contact: { lastName: 'PEETERS', firstName: 'AN' },
      invoices: [invoiceOf(worker, 1, days), invoiceOf(waiting.ssin, 2, [careDate])],
    } as Parameters<typeof writeEfact>[0]),
  )
  const { href } = await doctor.post<{ href: string }>(
    '/reimbursement/v1/invoiceFiles',
    file,
    'application/octet-stream',
  )
  await doctor.until<{ completedAt?: string }>(href, ({ completedAt }) => completedAt !== undefined)
  const { items } = await doctor.get<{ items: readonly Issue[] }>(`${href}/issues`)
  return items
}

describe('care of a person whose capacity waits', () => {
  let byRest: Claim
  let issues: readonly Issue[]

  it('is refused by REST with whose decision is awaited, since when, and what to do', async () => {
    byRest = await claim(waiting.ssin)
    const [line] = byRest.lines
    expect(line!.refusals.map(({ code }) => code)).toEqual(['500540'])
    expect(line!.grounds).toMatchObject([{ rule: 'claim.inOrder', article: 'ZIV law art. 32' }])
    expect(line!.grounds[0]!.text).toMatch(
      /from 2 May 2024 on waits since 10 June 2024 for the decision of the Immigration/,
    )
    expect(line!.repairs).toMatchObject([{ rule: 'claim.inOrder', kind: 'await' }])
    expect(line!.repairs[0]!.text).toMatch(/^Wait for the decision/)
    const rights = await doctor.post<{ reason: string; pending: readonly { waitingFor: string }[] }>(
      '/rights/v1/insurability/query',
      { personId: waiting.personId, asOf: careDate },
    )
    expect(rights).toMatchObject({ reason: 'capacityPending', pending: [{ waitingFor: 'immigrationOffice' }] })
  })

  it('is told the same in four languages in the list of a file', async () => {
    issues = await billed()
    expect(issues.map(({ code }) => code)).toEqual(['500540'])
    expect(wordsOf(issues[0]!)).toEqual(byRest.lines[0]!.refusals[0]!.text)
    for (const language of LANGUAGES)
      expect(issues[0]![language]).toMatch(/Vreemdelingen|étrangers|Ausländer|Immigration/)
  })

  it('is explained the same when the claim of the file is read', async () => {
    const path = `/reimbursement/v1/persons/${waiting.personId}/claims`
    const { items } = await clerk.get<{ items: readonly Claim[] }>(path)
    const ofFile = items.find(({ channel }) => channel === 'efact')!
    const { lines } = await clerk.get<Claim>(`/reimbursement/v1/claims/${ofFile.claimId}`)
    const { refusals, grounds, repairs } = byRest.lines[0]!
    expect(lines).toMatchObject([{ refusals, grounds, repairs }])
  })

  it('is paid when it is sent again once the decision is there, while the first answer stays what it was', async () => {
    const evidence = { kind: 'immigrationOfficeDecision', decidedOn: '2024-06-10', positive: true }
    const { capacityId, personId, ssin } = waiting
    await clerk.post(`/affiliation/v1/persons/${personId}/evidence`, { capacityId, evidence })
    await test.sandbox.idle()
    expect(await claim(ssin)).toMatchObject({ state: 'settled' })
    expect(await clerk.get(`/reimbursement/v1/claims/${byRest.claimId}`)).toEqual(byRest)
  })
})
