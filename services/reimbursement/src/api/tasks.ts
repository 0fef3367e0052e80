import { storedTasks, taskRoute } from '@ziv/service'
import type { FastifyInstance } from 'fastify'
import type { ReimbursementContext } from '../context.ts'

const fileReaders = ['careProvider', 'clerk', 'landsbondViewer', 'landsbondApprover', 'system'] as const

// Whoever sees the invoices of the own members only is not told how many there are of others. The parts say quickly which
// files hold nothing of an insurer; the invoices say which ziekenfonds a patient is of.
const FILES = `select file_id as task_id, received_at as started_at, completed_at as finished_at,
    case when caller.insurer is not null then null when completed_at is null then least(done_until, invoices) else invoices end
      as done,
    case when caller.insurer is null then invoices end as total
  from app.invoice_files f
  where state <> 'receiving' and case
    when caller.provider_number is not null then provider_numbers @> array[caller.provider_number]
    when caller.insurer is null then true
    else exists (select from app.invoice_file_parts p where p.file_id = f.file_id and p.insurer = caller.insurer)
      and exists (select from app.staged_invoices s where s.file_id = f.file_id and s.destination <> ''
        and left(s.destination, 1) = left(caller.insurer, 1)
        and (caller.ziekenfonds is null or coalesce(s.ziekenfonds, s.destination) = caller.ziekenfonds)) end`

/** Billing files and imports of tariffs as tasks; each caller sees those it sees of their own resources. */
export function taskRoutes(app: FastifyInstance, { database }: ReimbursementContext): void {
  taskRoute(app, {
    api: 'reimbursement',
    access: { roles: fileReaders, scope: 'own' },
    sources: [
      storedTasks(database, {
        ...{ kind: 'invoiceFile', roles: fileReaders, text: FILES },
        resultOf: (fileId) => `/reimbursement/v1/invoiceFiles/${fileId}`,
      }),
      storedTasks(database, {
        ...{ kind: 'tariffImport', roles: ['system'] },
        // answered when it is done, so it is never on its way; those that come with the service nobody started
        text: `select import_id as task_id, imported_at as started_at, imported_at as finished_at, rows_read as done,
                      rows_read as total
                 from app.tariff_imports where origin = 'nomensoft'`,
        resultOf: () => null,
      }),
    ],
  })
}
