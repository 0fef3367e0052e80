import { type Role, roles } from '@ziv/http'
import { addDays, makeRszNumber, uuidV7 } from '@ziv/kernel'
import { employerProof, newMember, nextSsin, registerPerson } from '../security-world.fixture.ts'
import { claimBody, efactOf, type Seed, slipLine, type Target } from './seed.fixture.ts'

/**
 * all: whoever has the role · own: members or resources of the own tenant only · list: everybody with the role, each sees
 * its own part · `-`: refused.
 */
export type Access = 'all' | 'own' | 'list' | '-'

export interface Endpoint {
  readonly access: 'public' | Readonly<Record<Role, Access>>
  /** Overrides for a resource that a call uses up: made anew for every call. */
  readonly prepare?: (seed: Seed) => Promise<Partial<Target>>
  readonly query?: string
  readonly body?: (target: Target) => object | string | Promise<Buffer>
  readonly type?: string
  /** What a caller of another tenant gets: 404 for what exists, 403 when the request names the institution itself. */
  readonly foreign?: 403 | 404
  /** Answers that an allowed call may get; by default any 2xx. A refusal of the law also shows that access was given. */
  readonly okay?: readonly number[]
  /** For lists: text that stands for the tenant's own part. */
  readonly shows?: (target: Target) => string
  readonly stream?: true
}

/** One word per role, in the order of the columns below. */
const row = (line: string): Readonly<Record<Role, Access>> => {
  const words = line.trim().split(/\s+/)
  if (words.length !== roles.length) throw new Error(`a row needs ${roles.length} words: ${line}`)
  return Object.fromEntries(roles.map((role, index) => [role, words[index] as Access])) as Record<Role, Access>
}

const open: Endpoint = { access: 'public' }
const ndjson = 'application/x-ndjson'

const member = async (seed: Seed): Promise<Partial<Target>> => {
  const { personId, ssin, ...ids } = await newMember(
    seed.world,
    await seed.world.token(seed.own.clerk),
    seed.known.ziekenfonds,
  )
  return { personId, ssin, ids: { personId, ...ids } }
}
const proven = async (seed: Seed): Promise<Partial<Target>> => {
  const target = await member(seed)
  const token = await seed.world.token(seed.own.clerk)
  const person = await seed.world.call({ method: 'GET', url: `/affiliation/v1/persons/${target.personId}`, token })
  return { ...target, ids: { ...target.ids, evidenceId: person.json.capacities[0].evidence[0].evidenceId } }
}
const registered = async (seed: Seed): Promise<Partial<Target>> => {
  const ssin = nextSsin()
  const personId = await registerPerson(seed.world, await seed.world.token(seed.own.clerk), ssin)
  return { personId, ssin, ids: { personId } }
}
const deceased = async (seed: Seed): Promise<Partial<Target>> => {
  const target = await member(seed)
  await system(seed, `/affiliation/v1/persons/${target.personId}/death`, { diedOn: addDays(seed.known.today, -1) })
  return target
}
const system = async (seed: Seed, url: string, body: object) => {
  const token = await seed.world.token(seed.own.system)
  const reply = await seed.world.call({ method: 'POST', url, token, body })
  if (reply.status >= 300) throw new Error(`POST ${url} answered ${reply.status}: ${reply.text}`)
  return reply.json
}
const holderWithChild = async (seed: Seed): Promise<Partial<Target>> => {
  const holder = await member(seed)
  const child = await registered(seed)
  return { ...holder, ids: { ...holder.ids, dependantPersonId: child.personId! } }
}
const run = (url: string, body: object) => async (seed: Seed) => ({
  ids: { runId: (await system(seed, url, body)).runId as string },
})
const withStatus = async (seed: Seed): Promise<Partial<Target>> => {
  const { personId } = seed.known
  const listed = await seed.world.call({
    method: 'GET',
    url: `/reimbursement/v1/persons/${personId}/statuses`,
    token: await seed.world.token(seed.own.system),
  })
  const running = listed.json.items.find(({ to }: { to?: string }) => to === undefined)
  const body = { kind: 'increasedIntervention', from: '2023-05-01', evidence: 'OCMW 1' }
  const status = running ?? (await system(seed, `/reimbursement/v1/persons/${personId}/statuses`, body))
  return { ids: { statusId: status.statusId } }
}

const quarter = '2023Q1'
const employer = makeRszNumber(10_203)
const receipt = () => ({ source: 'rsz', amountCents: 100, receivedOn: '2023-05-05', reference: uuidV7() })
const payment = ({ personId, today }: Target) => ({
  ...{ paymentId: uuidV7(), amountCents: 100, receivedOn: today, personId, quarter },
})
const attest = ({ ssin }: Target) => ({ ssin, fundNumber: '005', quarter, status: 'paid', amountCents: 90_000 })
const slip = ({ ssin }: Target) => ({ ssin, employerNumber: employer, quarter, amountCents: 100_000 })
const line = (item: object): string => `${JSON.stringify(item)}\n`

const affiliation: Readonly<Record<string, Endpoint>> = {
  //                                                          clerk viewer approver distrib superv provider ocmw rsz insured system
  'POST /memberImports': {
    ...{ access: row('all - - - - - - - - all'), body: () => '', type: 'application/jsonl' },
  },
  'GET /memberImports/:importId': { access: row('own - - - - - - - - all') },
  'GET /memberImports/:importId/issues': { access: row('own - - - - - - - - all') },
  'POST /persons': {
    access: row('all - - - - - - - - all'),
    body: () => ({ ssin: nextSsin(), lastName: 'Peeters', firstNames: 'An', birthDate: '1971-03-04' }),
  },
  'POST /persons/query': { access: row('all - - - - - - - - all'), body: ({ ssin }) => ({ ssin }) },
  'GET /persons/:personId': { access: row('own own own - all - - - own all') },
  'GET /persons/:personId/accessLog': { access: row('own - - - - - - - own all') },
  'GET /persons/:personId/history': { access: row('own own own - - - - - own all') },
  'POST /persons/:personId/affiliations': {
    ...{ access: row('own - - - - - - - - all'), foreign: 403, prepare: registered },
    body: ({ ziekenfonds, today }) => ({
      ziekenfonds,
      capacity: { kind: 'EMPLOYEE', acquiredOn: today, evidence: [employerProof(today)] },
    }),
  },
  'POST /persons/:personId/affiliations/:affiliationId/end': {
    ...{ access: row('own - - - - - - - - all'), prepare: member },
    body: ({ today }) => ({ to: today, reason: 'departure' }),
  },
  'POST /persons/:personId/capacities': {
    ...{ access: row('own - - - - - - - - all'), prepare: member },
    body: ({ today }) => ({
      kind: 'RESIDENT',
      acquiredOn: today,
      evidence: [{ kind: 'nationalRegisterEntry', registeredOn: today }],
    }),
    okay: [201, 409],
  },
  'POST /persons/:personId/capacities/:capacityId/end': {
    ...{ access: row('own - - - - - - - - all'), prepare: member, body: ({ today }) => ({ to: today }) },
  },
  'POST /persons/:personId/death': {
    ...{ access: row('own - - - - - - - - all'), prepare: member, body: ({ today }) => ({ diedOn: today }) },
  },
  'POST /persons/:personId/dependants': {
    ...{ access: row('own - - - - - - - - all'), prepare: holderWithChild, okay: [201, 409, 422] },
    body: ({ ids, today }) => ({
      ...{ dependantPersonId: ids.dependantPersonId ?? uuidV7(), kind: 'DEPENDANT_CHILD', acquiredOn: today },
      evidence: [{ kind: 'birthAct', issuedOn: today }],
    }),
  },
  'POST /persons/:personId/erasure': {
    access: row('- - own - - - - - - all'),
    prepare: deceased,
    body: () => ({ reason: 'requestOfPerson' }),
  },
  'POST /persons/:personId/evidence': {
    ...{ access: row('own - - - - - - - - all'), prepare: member },
    body: ({ ids, today }) => ({ capacityId: ids.capacityId, evidence: employerProof(today) }),
  },
  'POST /persons/:personId/identifierReplacements': {
    ...{ access: row('own - - - - - - - - all'), prepare: member },
    body: ({ ssin }) => ({ previousSsin: ssin, ssin: nextSsin() }),
  },
  'POST /persons/:personId/affiliations/:affiliationId/corrections': {
    ...{ access: row('own - - - - - - - - all'), prepare: member, okay: [200, 409, 422] },
    body: ({ today }) => ({ to: today, reason: 'clericalError' }),
  },
  'POST /persons/:personId/affiliations/:affiliationId/withdrawals': {
    ...{ access: row('own - - - - - - - - all'), prepare: member, body: () => ({ reason: 'clericalError' }) },
  },
  'POST /persons/:personId/capacities/:capacityId/corrections': {
    ...{ access: row('own - - - - - - - - all'), prepare: member },
    body: ({ today }) => ({ to: today, reason: 'clericalError' }),
  },
  'POST /persons/:personId/capacities/:capacityId/withdrawals': {
    ...{ access: row('own - - - - - - - - all'), prepare: member, body: () => ({ reason: 'clericalError' }) },
  },
  'POST /persons/:personId/corrections': {
    ...{ access: row('own - - - - - - - - all'), prepare: member },
    body: () => ({ sex: 'X', reason: 'clericalError' }),
  },
  'POST /persons/:personId/evidence/:evidenceId/corrections': {
    ...{ access: row('own - - - - - - - - all'), prepare: proven },
    body: ({ today }) => ({ evidence: employerProof(today), reason: 'clericalError' }),
  },
  'GET /refData/capacities': open,
  'GET /refData/evidenceKinds': open,
  'GET /refData/ziekenfondsen': open,
}

const contributions: Readonly<Record<string, Endpoint>> = {
  'POST /slips': { access: row('own - - - - - - all - all'), body: slip },
  'POST /slipBatches': { access: row('- - - - - - - all - all'), body: (target) => line(slip(target)), type: ndjson },
  'POST /selfEmployedAttests': { access: row('- - - - - - - all - all'), body: attest },
  'POST /selfEmployedAttestBatches': {
    ...{ access: row('- - - - - - - all - all'), body: (target) => line(attest(target)), type: ndjson },
  },
  'POST /payments': { access: row('own - - - - - - - - all'), body: payment },
  'POST /paymentBatches': { access: row('- - - - - - - - - all'), body: (t) => line(payment(t)), type: ndjson },
  'POST /paymentReferences': {
    access: row('own - - - - - - - own all'),
    body: ({ personId }) => ({ personId, quarter }),
  },
  'POST /slipIntakes': { access: row('- - - - - - - all - all'), body: slipLine, type: ndjson },
  'GET /slipIntakes/:intakeId': { access: row('- - - - - - - all - all') },
  'GET /slipIntakes/:intakeId/issues': { access: row('- - - - - - - all - all') },
  'GET /slipIntakes/:intakeId/issues/export': { access: row('- - - - - - - all - all') },
  'POST /settlementRuns': { access: row('- - - - - - - - - all'), body: () => ({ year: 2022 }) },
  'GET /settlementRuns/:runId': {
    ...{ access: row('- - - - all - - - - all') },
    prepare: run('/contributions/v1/settlementRuns', { year: 2022 }),
  },
  'GET /persons/:personId/accessLog': { access: row('own - - - - - - - own all') },
  'GET /persons/:personId/referenceYears/:year': { access: row('own own own - - - - - own all') },
}

const rights: Readonly<Record<string, Endpoint>> = {
  'POST /insurability/query': {
    access: row('own own - - all all all - own all'),
    body: ({ personId }) => ({ personId, explain: true }),
  },
  'GET /persons/:personId/timeline': { access: row('own own - - all - - - own all') },
  'GET /persons/:personId/accessLog': { access: row('own - - - - - - - own all') },
  'GET /decisions/:decisionId': { access: row('own own - - all - - - own all') },
  'GET /decisions/:decisionId/letter': { access: row('own own - - all - - - own all') },
  'POST /renewalRuns': { access: row('- - - - - - - - - all'), body: () => ({ kind: 'warning', year: 2024 }) },
  'GET /renewalRuns/:runId': {
    access: row('- - - - all - - - - all'),
    prepare: run('/rights/v1/renewalRuns', { kind: 'warning', year: 2024 }),
  },
  'GET /tasks/:taskId': {
    access: row('- - - - all - - - - all'),
    prepare: async (seed) => {
      const { runId } = await system(seed, '/rights/v1/renewalRuns', { kind: 'warning', year: 2024 })
      return { ids: { taskId: runId as string } }
    },
    // done already: the answer leads to the result
    okay: [200, 303],
  },
  'GET /renewalRadar': { access: row('list list list - all - - - - all'), query: 'year=2024' },
}

const reimbursement: Readonly<Record<string, Endpoint>> = {
  'POST /claims': { access: row('own - - - - own - - - all'), body: claimBody },
  'GET /claims/:claimId': { access: row('own - - - - own - - own all') },
  'GET /persons/:personId/claims': { access: row('own - - - - - - - own all') },
  'GET /persons/:personId/accessLog': { access: row('own - - - - - - - own all') },
  'GET /persons/:personId/statuses': { access: row('own - - - - - - - own all') },
  'POST /persons/:personId/statuses': {
    ...{ access: row('own - - - - - - - - all'), okay: [201, 409] },
    body: () => ({ kind: 'globalMedicalFile', from: '2023-05-01', evidence: 'GP 1' }),
  },
  'POST /persons/:personId/statuses/:statusId/end': {
    ...{ access: row('own - - - - - - - - all'), prepare: withStatus, body: ({ today }) => ({ to: today }) },
  },
  'POST /invoiceFiles': {
    ...{ access: row('- - - - - own - - - all'), foreign: 403, type: 'text/plain' },
    body: ({ ssin, ziekenfonds }) => efactOf({ insz: ssin, ziekenfonds, sex: 'F' }),
  },
  'GET /invoiceFiles/:fileId': { access: row('own own own - - own - - - all') },
  'GET /invoiceFiles/:fileId/answer': { access: row('own own own - - own - - - all') },
  'GET /invoiceFiles/:fileId/issues': { access: row('own own own - - own - - - all') },
  'POST /tariffs/query': {
    access: row('all all all - all all all - all all'),
    body: () => ({ nomenclature: '101032', careDate: '2023-05-10' }),
  },
  // empty: it is refused as a file, after access was given
  'POST /tariffImports': {
    ...{ access: row('- - - - - - - - - all'), body: () => '', type: 'application/xml', okay: [400] },
  },
  'GET /refData/controlCodes': open,
}

const landsbond: Readonly<Record<string, Endpoint>> = {
  'GET /overview': { access: row('list list list - all - - - - all'), shows: ({ ziekenfonds }) => `"${ziekenfonds}"` },
  'GET /stream': {
    ...{
      access: row('list list list - all - - - - all'),
      stream: true,
      shows: ({ ziekenfonds }) => `"${ziekenfonds}"`,
    },
  },
  'GET /returns': { access: row('list list list - all - - - - all'), shows: ({ ziekenfonds }) => `"${ziekenfonds}"` },
  'POST /returns': {
    ...{ access: row('own - - - - - - - - all'), foreign: 403, okay: [201, 409] },
    body: ({ ziekenfonds }) => ({ ziekenfonds, month: '2023-05' }),
  },
  'GET /returns/:returnId': { access: row('own own own - all - - - - all') },
  'GET /returns/:returnId/cells/:cell/events': { access: row('own own own - all - - - - all') },
  'POST /returns/:returnId/acceptance': { access: row('- - own - - - - - - all') },
  'POST /returns/:returnId/refusal': {
    ...{ access: row('- - own - - - - - - all'), okay: [200, 409], body: () => ({ reason: 'Claims are missing.' }) },
  },
  'POST /returns/:returnId/recomputation': { access: row('own own own - all - - - - all') },
  'GET /persons/:personId/accessLog': { access: row('own - - - - - - - own all') },
}

const riziv: Readonly<Record<string, Endpoint>> = {
  'GET /insurers': { access: row('all all all all all all all all all all') },
  'GET /ziekenfondsen': { access: row('all all all all all all all all all all') },
  'POST /receipts': { access: row('- - - all - - - - - all'), body: receipt },
  'POST /budgets': { access: row('- - - all - - - - - all'), body: () => ({ year: 2030, objectiveCents: 1_000 }) },
  'POST /distributions': {
    ...{ access: row('- - - all - - - - - all'), okay: [201, 409] },
    body: () => ({ kind: 'advance', month: '2023-05' }),
  },
  'GET /distributions/:distributionId': { access: row('- - - all all - - - - all') },
  'GET /ledger': { access: row('- - - all all - - - - all') },
}

const apis = { affiliation, contributions, rights, reimbursement, landsbond, riziv }
const common = {
  'GET /health': open,
  'GET /refData/problemTypes': open,
  'GET /refData/problemTypes/:problemTypeCode': open,
}

/** Every endpoint of the system, as `METHOD /path`, with who may what. */
export const accessTable: Readonly<Record<string, Endpoint>> = Object.fromEntries([
  ['GET /', open],
  ['GET /metrics', open],
  ['GET /doc/asyncapi.yaml', open],
  ...Object.entries(apis).flatMap(([api, endpoints]) =>
    Object.entries({ ...endpoints, ...common }).map(([key, endpoint]) => {
      const [method, path] = key.split(' ')
      return [`${method} /${api}/v1${path}`, endpoint] as const
    }),
  ),
])
