import { fileTasks, taskRoute } from '@ziv/service'
import type { FastifyInstance } from 'fastify'
import type { ReimbursementContext } from '../context.ts'
import { INVOICE_FILE } from '../intake/invoice-file.ts'
import { TARIFF_IMPORT } from '../intake/tariff-file.ts'

const fileReaders = ['careProvider', 'clerk', 'landsbondViewer', 'landsbondApprover', 'system'] as const

// Whoever sees the invoices of the own members only is not told how many there are of others. The parts say quickly which
// files hold nothing of an insurer; the invoices say which ziekenfonds a patient is of.
const SEEN = `case
    when caller.provider_number is not null then f.sender = caller.provider_number
    when caller.insurer is null then true
    else exists (select from jsonb_array_elements(f.facts -> 'parts') p
        where left(p ->> 'destination', 1) = left(caller.insurer, 1))
      and exists (select from app.staged_invoices s where s.file_id = f.file_id and s.destination <> ''
        and left(s.destination, 1) = left(caller.insurer, 1)
        and (caller.ziekenfonds is null or coalesce(s.ziekenfonds, s.destination) = caller.ziekenfonds)) end`
const TOTAL = `case when caller.insurer is null then (f.facts ->> 'invoices')::bigint end`

/** Billing files and imports of tariffs as tasks; each caller sees those it sees of their own resources. */
export function taskRoutes(app: FastifyInstance, { database }: ReimbursementContext): void {
  taskRoute(app, {
    api: 'reimbursement',
    access: { roles: fileReaders, scope: 'own' },
    sources: [
      fileTasks(database, {
        ...{ kind: INVOICE_FILE, roles: fileReaders, seen: SEEN, total: TOTAL },
        done: `case when caller.insurer is not null then null when f.state = 'done' then (f.facts ->> 'invoices')::bigint
          else coalesce((run.counts ->> '$done')::bigint, 0) end`,
        resultOf: (fileId) => `/reimbursement/v1/invoiceFiles/${fileId}`,
      }),
      fileTasks(database, {
        ...{ kind: TARIFF_IMPORT, roles: ['system'], total: `(f.facts ->> 'rowsRead')::bigint` },
        // a list is taken in as a whole: all of it or nothing yet
        done: `case when f.state = 'done' then (f.facts ->> 'rowsRead')::bigint else 0 end`,
        resultOf: (importId) => `/reimbursement/v1/tariffImports/${importId}`,
      }),
    ],
  })
}
