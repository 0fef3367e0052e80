import { uuidV7 } from '@ziv/kernel'
import { affiliation } from './affiliation-calls.fixture.ts'
import { attest, type Call, payment, quarter, receipt, run, slip, system, withStatus } from './endpoint.fixture.ts'
import { claimBody, efactOf, tariffs } from './seed.fixture.ts'

const contributions: Readonly<Record<string, Call>> = {
  'POST /slips': { body: slip },
  'POST /selfEmployedAttests': { body: attest },
  'POST /payments': { body: payment },
  'POST /paymentReferences': {
    body: ({ personId }) => ({ personId, quarter }),
  },
  'GET /tasks/:taskId': {
    prepare: async (seed) => {
      const { runId } = await system(seed, '/contributions/v1/settlementRuns', { year: 2022 })
      return { ids: { taskId: runId as string } }
    },
  },
  'GET /settlementRuns/:runId': {
    prepare: run('/contributions/v1/settlementRuns', { year: 2022 }),
  },
}

const rights: Readonly<Record<string, Call>> = {
  'GET /renewalRuns/:runId': {
    prepare: run('/rights/v1/renewalRuns', { kind: 'warning', year: 2023 }),
  },
  'GET /tasks/:taskId': {
    prepare: async (seed) => {
      const { runId } = await system(seed, '/rights/v1/renewalRuns', { kind: 'warning', year: 2023 })
      return { ids: { taskId: runId as string } }
    },
  },
}

const reimbursement: Readonly<Record<string, Call>> = {
  'POST /claims': { body: claimBody },
  'POST /persons/:personId/statuses/:statusId/end': {
    ...{ prepare: withStatus, body: ({ today }) => ({ to: today }) },
  },
  'POST /invoiceFiles': {
    body: ({ ssin, ziekenfonds }) => efactOf({ insz: ssin, ziekenfonds, sex: 'F' }),
  },
  'GET /tasks': { shows: ({ ids }) => ids.fileId ?? '-' },
  'GET /tasks/:taskId': {
    prepare: async ({ known }) => ({ ids: { taskId: known.ids.fileId ?? '-' } }),
  },
  'POST /tariffImports': {
    body: () => '',
  },
  'FILE /tariffImports/:importId': { prepare: tariffs },
  'POST /tariffImports/:importId/withdrawals': { prepare: tariffs },
}

const landsbond: Readonly<Record<string, Call>> = {
  'GET /overview': { shows: ({ ziekenfonds }) => `"${ziekenfonds}"` },
  'GET /stream': {
    shows: ({ ziekenfonds }) => `"${ziekenfonds}"`,
  },
  'GET /returns': { shows: ({ ziekenfonds }) => `"${ziekenfonds}"` },
  'GET /tasks/:taskId': {
    prepare: async ({ world }) => {
      const { runs } = world.sandbox.modules.landsbond
      const { runId } = await runs.start('rebuild', {}, { actor: 'e2e', correlationId: uuidV7() })
      return { ids: { taskId: runId } }
    },
  },
}

const riziv: Readonly<Record<string, Call>> = {
  'POST /receipts': { body: receipt },
  'GET /tasks/:taskId': {
    prepare: async ({ known }) => ({ ids: { taskId: known.ids.distributionId ?? '-' } }),
  },
}

/** What calls need that the row of their service cannot say: by service and endpoint. */
export const calls: Readonly<Record<string, Readonly<Record<string, Call>>>> = {
  ...{ affiliation, contributions, rights, reimbursement, landsbond, riziv },
}
