import { uuidV7 } from '@ziv/kernel'
import { affiliation } from './affiliation-table.fixture.ts'
import {
  attest,
  type Endpoint,
  line,
  ndjson,
  open,
  payment,
  quarter,
  receipt,
  row,
  run,
  slip,
  system,
  withStatus,
} from './endpoint.fixture.ts'
import { fileRows } from './file-rows.fixture.ts'
import { claimBody, efactOf, slipLine, tariffs } from './seed.fixture.ts'

const contributions: Readonly<Record<string, Endpoint>> = {
  'POST /slips': { access: row('own - - - - - - all - all'), body: slip },
  'POST /selfEmployedAttests': { access: row('- - - - - - - all - all'), body: attest },
  'POST /payments': { access: row('own - - - - - - - - all'), body: payment },
  'POST /paymentReferences': {
    access: row('own - - - - - - - own all'),
    body: ({ personId }) => ({ personId, quarter }),
  },
  ...fileRows('contributions', {
    ...{ resource: 'slipIntakes', id: 'intakeId', type: ndjson, body: slipLine, prepare: 'seed' },
    send: '- - - - - - - all - all',
  }),
  ...fileRows('contributions', {
    ...{ resource: 'slipBatches', id: 'batchId', type: ndjson, body: (target) => line(slip(target)) },
    send: '- - - - - - - all - all',
  }),
  ...fileRows('contributions', {
    ...{ resource: 'selfEmployedAttestBatches', id: 'batchId', type: ndjson, body: (target) => line(attest(target)) },
    send: '- - - - - - - all - all',
  }),
  ...fileRows('contributions', {
    ...{ resource: 'paymentBatches', id: 'batchId', type: ndjson, body: (target) => line(payment(target)) },
    send: '- - - - - - - - - all',
  }),
  'POST /settlementRuns': { access: row('- - - - - - - - - all'), body: () => ({ year: 2022 }) },
  'GET /tasks': { access: row('- - - - all - - all - all') },
  'GET /tasks/:taskId': {
    access: row('- - - - all - - all - all'),
    prepare: async (seed) => {
      const { runId } = await system(seed, '/contributions/v1/settlementRuns', { year: 2022 })
      return { ids: { taskId: runId as string } }
    },
    // done already: the answer leads to the result; to the social security office, which has its files there, a run is not there
    okay: [200, 303, 404],
  },
  'GET /settlementRuns/:runId': {
    ...{ access: row('- - - - all - - - - all') },
    prepare: run('/contributions/v1/settlementRuns', { year: 2022 }),
  },
  'GET /persons/:personId/accessLog': { access: row('own - - - - - - - own all') },
  'GET /persons/:personId/referenceYears/:year': { access: row('own own own - - - - - own all') },
  // proof of income changes nothing for who works: the refusal says so
  'POST /persons/:personId/referenceYears/:year/incomeProofRequests': {
    ...{ access: row('own - - - - - - - - all'), okay: [200, 409] },
    body: () => ({ askedOn: '2023-02-01', answerUntil: '2023-03-15' }),
  },
  'POST /persons/:personId/referenceYears/:year/incomeProofDecisions': {
    ...{ access: row('own - - - - - - - - all'), okay: [200, 409] },
    body: () => ({ outcome: 'full' }),
  },
}

const rights: Readonly<Record<string, Endpoint>> = {
  'POST /insurability/query': {
    access: row('own own - - all all all - own all'),
    body: ({ personId }) => ({ personId, explain: true }),
  },
  'GET /persons/:personId/timeline': { access: row('own own - - all - - - own all') },
  'POST /rebuilds': { access: row('- - - - - - - - - all') },
  'GET /persons/:personId/accessLog': { access: row('own - - - - - - - own all') },
  'GET /decisions/:decisionId': { access: row('own own - - all - - - own all') },
  'GET /decisions/:decisionId/letter': { access: row('own own - - all - - - own all') },
  'POST /renewalRuns': { access: row('- - - - - - - - - all'), body: () => ({ kind: 'warning', year: 2023 }) },
  'GET /renewalRuns/:runId': {
    access: row('- - - - all - - - - all'),
    prepare: run('/rights/v1/renewalRuns', { kind: 'warning', year: 2023 }),
  },
  'GET /tasks': { access: row('- - - - all - - - - all') },
  'GET /tasks/:taskId': {
    access: row('- - - - all - - - - all'),
    prepare: async (seed) => {
      const { runId } = await system(seed, '/rights/v1/renewalRuns', { kind: 'warning', year: 2023 })
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
  ...fileRows('reimbursement', {
    ...{ resource: 'invoiceFiles', id: 'fileId', type: 'text/plain', prepare: 'seed', foreign: 403 },
    body: ({ ssin, ziekenfonds }) => efactOf({ insz: ssin, ziekenfonds, sex: 'F' }),
    ...{ send: '- - - - - own - - - all', read: 'own own own - - own - - - all' },
  }),
  'GET /invoiceFiles/:fileId/answer': { access: row('own own own - - own - - - all') },
  'GET /tasks': { access: row('list list list - - list - - - all'), shows: ({ ids }) => ids.fileId ?? '-' },
  'GET /tasks/:taskId': {
    ...{ access: row('own own own - - own - - - all'), okay: [200, 303] },
    prepare: async ({ known }) => ({ ids: { taskId: known.ids.fileId ?? '-' } }),
  },
  'POST /tariffs/query': {
    access: row('all all all - all all all - all all'),
    body: () => ({ nomenclature: '101032', careDate: '2023-05-10' }),
  },
  // empty: it is refused as a file, after access was given
  ...fileRows('reimbursement', {
    ...{ resource: 'tariffImports', id: 'importId', type: 'application/xml', body: () => '', prepare: tariffs },
    ...{ send: '- - - - - - - - - all', okay: [400] },
  }),
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
  'GET /tasks': { access: row('- - - - all - - - - all') },
  'GET /tasks/:taskId': {
    access: row('- - - - all - - - - all'),
    prepare: async ({ world }) => {
      const { runs } = world.sandbox.modules.landsbond
      const { runId } = await runs.start('rebuild', {}, { actor: 'e2e', correlationId: uuidV7() })
      return { ids: { taskId: runId } }
    },
  },
  'POST /rebuilds': { access: row('- - - - - - - - - all') },
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
  'GET /tasks': { access: row('- - - all all - - - - all') },
  'GET /tasks/:taskId': {
    ...{ access: row('- - - all all - - - - all'), okay: [200, 303] },
    prepare: async ({ known }) => ({ ids: { taskId: known.ids.distributionId ?? '-' } }),
  },
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
