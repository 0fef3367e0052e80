import { Readable } from 'node:stream'
import { assertMaySee, type Caller, idInput, markChecked, problem, rejectionToProblem, withZod } from '@ziv/http'
import type { AnyDefinedFile, FileDoor, IssueScope } from '@ziv/intake'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import type { ApiContext, Context } from '../context.ts'
import { reimbursementRejections } from '../domain/reimbursement.rejections.ts'
import { answerOf, headerOpens } from '../intake/answer.ts'
import { answerKindOf } from '../intake/file-view.ts'
import { ANSWERED_INVOICES, INVOICE_FILE, invoiceFileKind } from '../intake/invoice-file.ts'
import { fileInScope, scopeSql, scopeValues } from '../intake/scoped-file.ts'
import { NotYourFile } from '../intake/stage-file.ts'
import type { InvoiceFileFacts, StoredInvoiceFile } from '../intake/types.ts'
import { originOf } from './origin.ts'
import { invoiceFile, invoiceIssueDetail } from './schemas.ts'

const tag = 'Invoice files'
const readers = {
  roles: ['careProvider', 'clerk', 'landsbondViewer', 'landsbondApprover', 'system'],
  scope: 'own',
} as const

/** Billing files: controlled before the answer, settled after it. */
export function invoiceFiles(context: Context): AnyDefinedFile {
  const { database, config } = context
  const door: FileDoor<InvoiceFileFacts, typeof invoiceFile> = {
    ...{ resource: 'invoiceFiles', tag },
    summary: 'Send a billing file',
    description:
      'The body is the file with records of 350 positions, in ISO-8859-1 unless the Content-Type names utf-8 or us-ascii. A provider sends files in which it is the third-party payer.',
    repeats:
      'The same file sent twice is one file, and nothing of it is paid twice. Only a file that was refused as a whole, of which nothing was paid, is judged anew when it is sent again: it is then a new file with its own answer, and the answer to the first stays.',
    formats: { 'application/octet-stream': 'efact', 'text/plain': 'efact' },
    oneBytePerCharacter: true,
    bodyLimit: config.fileBytesMax,
    send: { roles: ['careProvider', 'system'], scope: 'own' },
    read: readers,
    headOf: (request) => {
      const sender = senderOf(request.caller)
      return { origin: originOf(request), ...(sender === undefined ? {} : { sender }) }
    },
    // the file was compared with the number of the sender while it was read
    checkSent: ({ caller }) => markChecked(caller),
    problemOf: (error) => (error instanceof NotYourFile ? problem('missingPermission') : undefined),
    scopeOf: (caller, file) => seenBy(context, caller, file),
    view: invoiceFile,
    toView: async (file, part) => {
      const found = await fileInScope(database, file, part)
      if (found === null) throw problem('resourceNotFound')
      return { ...found.file, parts: [...found.file.parts] }
    },
    issueDetail: invoiceIssueDetail,
    task: {
      ...{ seen: SEEN, total: TOTAL },
      done: `case when caller.insurer is not null then null when f.state = 'done' then (f.facts ->> 'invoices')::bigint
        else coalesce((run.counts ->> '$done')::bigint, 0) end`,
    },
  }
  return { ...invoiceFileKind(context), door, answers: { what: 'billing files', rows: ANSWERED_INVOICES } }
}

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

/** The number a provider may send for; the system may send for everybody. */
const senderOf = (caller: Caller): string | undefined =>
  caller.roles.includes('system') ? undefined : (caller.providerNumber ?? '')

/** What the caller may see of a file: a provider its own, a landsbond and a ziekenfonds their part. */
async function seenBy(
  context: Pick<Context, 'database'>,
  caller: Caller,
  file: StoredInvoiceFile | null,
): Promise<IssueScope> {
  if (file === null) {
    assertMaySee(caller, null)
    return {}
  }
  const owner = caller.providerNumber !== undefined && file.sender === caller.providerNumber
  const whole = caller.roles.includes('system') || (caller.roles.includes('careProvider') && owner)
  if (whole) {
    assertMaySee(caller, { providerNumber: caller.providerNumber })
    return {}
  }
  const landsbond = caller.roles.some((role) => role === 'landsbondViewer' || role === 'landsbondApprover')
  const part: IssueScope = landsbond
    ? { insurer: caller.insurer! }
    : { insurer: caller.insurer ?? '-', ziekenfonds: caller.ziekenfonds ?? '-' }
  const mine = await hasPart(context, file.fileId, part)
  assertMaySee(caller, mine ? { insurer: caller.insurer, ziekenfonds: caller.ziekenfonds } : null)
  return part
}

async function hasPart({ database }: Pick<Context, 'database'>, fileId: string, part: IssueScope): Promise<boolean> {
  const { rowCount } = await database.query(
    `select from app.staged_invoices where ${scopeSql} and destination <> '' limit 1`,
    scopeValues(fileId, part),
  )
  return rowCount === 1
}

/** The answer to a file in its own format. */
export function invoiceAnswerRoute(scope: FastifyInstance, context: ApiContext): void {
  withZod(scope).route({
    method: 'GET',
    url: '/invoiceFiles/:fileId/answer',
    config: { access: readers },
    schema: {
      operationId: 'getInvoiceFileAnswer',
      summary: 'Read the answer to a billing file',
      description:
        'The settlement (920900) or the refusal (920099, 920999) in the format of the billing files, always the same for the same file.',
      tags: [tag],
      params: z.strictObject({ fileId: idInput('Identifier of the file') }),
      produces: ['text/plain'],
      response: { 200: z.string().describe('Answer file, one byte per character') },
    },
    handler: async ({ caller, params }, reply) => {
      const file = await context.intake.files.find<InvoiceFileFacts>(INVOICE_FILE, params.fileId)
      const part = await seenBy(context, caller, file)
      if (file === null) throw problem('resourceNotFound')
      const kind = answerKindOf(file)
      if (kind === undefined) throw rejectionToProblem(reimbursementRejections, { code: 'invoiceFileNotReady' })
      // before the first byte: afterwards a refusal can no longer be told
      if (!(await headerOpens(context, file))) {
        throw rejectionToProblem(reimbursementRejections, { code: 'invoiceFileKeyGone' })
      }
      reply.header('Content-Disposition', `attachment; filename="${kind}-${file.fileId}.txt"`)
      return sendText(reply as unknown as FastifyReply, latin1(answerOf(context, file, part))) as never
    },
  })
}

const sendText = (reply: FastifyReply, parts: AsyncGenerator<Buffer>): FastifyReply =>
  reply.type('text/plain; charset=iso-8859-1').send(Readable.from(parts))

async function* latin1(parts: AsyncIterable<string>): AsyncGenerator<Buffer> {
  for await (const part of parts) yield Buffer.from(part, 'latin1')
}
