import { Readable } from 'node:stream'
import { assertMaySee, type Caller, idInput, markChecked, problem, rejectionToProblem, withZod } from '@ziv/http'
import { fileRoutes, type IssueScope } from '@ziv/intake'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import type { ReimbursementContext } from '../context.ts'
import { reimbursementRejections } from '../domain/reimbursement.rejections.ts'
import { answerOf } from '../intake/answer.ts'
import { answerKindOf } from '../intake/file-view.ts'
import { INVOICE_FILE } from '../intake/invoice-file.ts'
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
export async function invoiceFileRoutes(scope: FastifyInstance, context: ReimbursementContext): Promise<void> {
  const { files, database, config } = context
  await fileRoutes<InvoiceFileFacts, typeof invoiceFile>(scope, {
    ...{ files, database, api: 'reimbursement', resource: 'invoiceFiles', kind: INVOICE_FILE, tag },
    summary: 'Send a billing file',
    description:
      'The body is the file with records of 350 positions, in ISO-8859-1 unless the Content-Type names utf-8 or us-ascii. A provider sends files in which it is the third-party payer.',
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
  })
  getAnswer(scope, context)
}

/** The number a provider may send for; the system may send for everybody. */
const senderOf = (caller: Caller): string | undefined =>
  caller.roles.includes('system') ? undefined : (caller.providerNumber ?? '')

/** What the caller may see of a file: a provider its own, a landsbond and a ziekenfonds their part. */
async function seenBy(
  context: ReimbursementContext,
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

async function hasPart({ database }: ReimbursementContext, fileId: string, part: IssueScope): Promise<boolean> {
  const { rowCount } = await database.query(
    `select from app.staged_invoices where ${scopeSql} and destination <> '' limit 1`,
    scopeValues(fileId, part),
  )
  return rowCount === 1
}

function getAnswer(scope: FastifyInstance, context: ReimbursementContext): void {
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
      const file = await context.files.find<InvoiceFileFacts>(INVOICE_FILE, params.fileId)
      const part = await seenBy(context, caller, file)
      if (file === null) throw problem('resourceNotFound')
      const kind = answerKindOf(file)
      if (kind === undefined) throw rejectionToProblem(reimbursementRejections, { code: 'invoiceFileNotReady' })
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
