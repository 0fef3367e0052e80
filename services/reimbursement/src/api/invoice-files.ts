import { Readable } from 'node:stream'
import {
  acceptStreams,
  assertMaySee,
  badRequest,
  type Caller,
  collectionOf,
  idInput,
  markChecked,
  pageOf,
  pageQuery,
  problem,
  rejectionToProblem,
  withZod,
} from '@ziv/http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { ReimbursementContext } from '../context.ts'
import { reimbursementRejections } from '../domain/reimbursement.rejections.ts'
import { type AnswerScope, answerOf } from '../intake/answer.ts'
import { type FileRow, findFile } from '../intake/file-store.ts'
import { receiveInvoiceFile } from '../intake/receive-file.ts'
import { fileInScope, scopeSql, scopeValues } from '../intake/scoped-file.ts'
import { settleFile } from '../intake/settle-file.ts'
import type { InvoiceFile, InvoiceIssue } from '../intake/types.ts'
import { originOf } from './origin.ts'
import { invoiceFile, invoiceIssue } from './schemas.ts'

const tags = ['Invoice files']
const readers = {
  roles: ['careProvider', 'clerk', 'landsbondViewer', 'landsbondApprover', 'system'],
  scope: 'own',
} as const
const params = z.strictObject({ fileId: idInput('Identifier of the billing file') })

const withHref = (file: InvoiceFile) => ({
  ...file,
  parts: [...file.parts],
  href: `/reimbursement/v1/invoiceFiles/${file.fileId}`,
})

/** Billing files: sent as a stream, read and controlled before the answer, settled after it. */
export async function invoiceFileRoutes(scope: FastifyInstance, context: ReimbursementContext): Promise<void> {
  await scope.register((files, _options, done) => {
    acceptStreams(files, ['application/octet-stream', 'text/plain'], { oneBytePerCharacter: true })
    postFile(files, context)
    done()
  })
  getFile(scope, context)
  getAnswer(scope, context)
  listIssues(scope, context)
}

function postFile(scope: FastifyInstance, context: ReimbursementContext): void {
  withZod(scope).route({
    method: 'POST',
    url: '/invoiceFiles',
    config: { access: { roles: ['careProvider', 'system'], scope: 'own' }, body: 'stream' },
    bodyLimit: context.config.fileBytesMax,
    schema: {
      operationId: 'createInvoiceFile',
      summary: 'Send a billing file',
      description:
        'The body is the file with records of 350 positions, in ISO-8859-1 unless the Content-Type names utf-8 or us-ascii. A file that cannot be read leaves nothing behind. The same file sent twice is one intake. A provider sends files in which it is the third-party payer.',
      tags,
      consumes: ['application/octet-stream', 'text/plain'],
      response: { 202: invoiceFile },
    },
    handler: async (request, reply) => {
      const sender = senderOf(request.caller)
      const result = await receiveInvoiceFile(context, request.body as Readable, {
        origin: originOf(request as unknown as FastifyRequest),
        ...(sender === undefined ? {} : { senderNumber: sender }),
      })
      // the file was compared with the number of the sender while it was read
      markChecked(request.caller)
      if (!result.ok && result.reason === 'notYours') throw problem('missingPermission')
      if (!result.ok) throw badRequest(...result.issues.slice(0, 100).map(asInputIssue))
      const { fileId, completedAt } = result.file
      if (completedAt === undefined) context.background.run(fileId, () => settleFile(context, fileId))
      const body = withHref(result.file)
      return reply.code(202).header('Location', body.href).send(body)
    },
  })
}

/** The number a provider may send for; the system may send for everybody. */
const senderOf = (caller: Caller): string | undefined =>
  caller.roles.includes('system') ? undefined : (caller.providerNumber ?? '')

const asInputIssue = ({ code, record, nl, fr, de, en }: InvoiceIssue) => ({
  type: 'invalidStructure' as const,
  in: 'body' as const,
  name: record === 0 ? 'file' : `record ${record}`,
  detail: { nl: `${code}: ${nl}`, fr: `${code}: ${fr}`, de: `${code}: ${de}`, en: `${code}: ${en}` },
})

interface Seen {
  readonly row: FileRow
  readonly scope: AnswerScope
}

/** The file with what the caller may see of it: a provider its own, a landsbond and a ziekenfonds their part. */
async function seen(context: ReimbursementContext, caller: Caller, fileId: string): Promise<Seen> {
  const row = await findFile(context.database, fileId)
  if (row === undefined) {
    assertMaySee(caller, null)
    throw problem('resourceNotFound')
  }
  const owner = caller.providerNumber !== undefined && row.provider_numbers.includes(caller.providerNumber)
  const whole = caller.roles.includes('system') || (caller.roles.includes('careProvider') && owner)
  if (whole) {
    assertMaySee(caller, { providerNumber: caller.providerNumber })
    return { row, scope: {} }
  }
  const landsbond = caller.roles.some((role) => role === 'landsbondViewer' || role === 'landsbondApprover')
  const scope: AnswerScope = landsbond
    ? { insurer: caller.insurer! }
    : { insurer: caller.insurer ?? '-', ziekenfonds: caller.ziekenfonds ?? '-' }
  const mine = await hasPart(context, fileId, scope)
  assertMaySee(caller, mine ? { insurer: caller.insurer, ziekenfonds: caller.ziekenfonds } : null)
  return { row, scope }
}

async function hasPart(context: ReimbursementContext, fileId: string, scope: AnswerScope): Promise<boolean> {
  const { rowCount } = await context.database.query(
    `select from app.staged_invoices where ${scopeSql} and destination <> '' limit 1`,
    scopeValues(fileId, scope),
  )
  return rowCount === 1
}

function getFile(scope: FastifyInstance, context: ReimbursementContext): void {
  withZod(scope).route({
    method: 'GET',
    url: '/invoiceFiles/:fileId',
    config: { access: readers },
    schema: {
      operationId: 'getInvoiceFile',
      summary: 'Read a billing file',
      description:
        'Where the file stands, with its counts and amounts: of the whole file for its provider, of their own invoices only for an insurer and a ziekenfonds.',
      tags,
      params,
      response: { 200: invoiceFile },
    },
    handler: async (request) => {
      const { row, scope: part } = await seen(context, request.caller, request.params.fileId)
      const found = await fileInScope(context.database, row, part)
      if (found === null) throw problem('resourceNotFound')
      return withHref(found.file)
    },
  })
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
      tags,
      params,
      produces: ['text/plain'],
      response: { 200: z.string().describe('Answer file, one byte per character') },
    },
    handler: async (request, reply) => {
      const { row, scope: part } = await seen(context, request.caller, request.params.fileId)
      if (row.answer_kind === null) throw rejectionToProblem(reimbursementRejections, { code: 'invoiceFileNotReady' })
      reply.header('Content-Disposition', `attachment; filename="${row.answer_kind}-${row.file_id}.txt"`)
      return sendText(reply as unknown as FastifyReply, latin1(answerOf(context, row, part))) as never
    },
  })
}

const sendText = (reply: FastifyReply, parts: AsyncGenerator<Buffer>): FastifyReply =>
  reply.type('text/plain; charset=iso-8859-1').send(Readable.from(parts))

async function* latin1(parts: AsyncIterable<string>): AsyncGenerator<Buffer> {
  for await (const part of parts) yield Buffer.from(part, 'latin1')
}

function listIssues(scope: FastifyInstance, context: ReimbursementContext): void {
  withZod(scope).route({
    method: 'GET',
    url: '/invoiceFiles/:fileId/issues',
    config: { access: readers },
    schema: {
      operationId: 'listInvoiceFileIssues',
      summary: 'List the issues of a billing file',
      description: 'Everything that was found, in the order of the file, with the official codes and words for people.',
      tags,
      params,
      querystring: z.strictObject(pageQuery),
      response: { 200: collectionOf('InvoiceIssues', invoiceIssue) },
    },
    handler: async (request) => {
      const { fileId } = request.params
      const { page, pageSize } = request.query
      const { scope: part } = await seen(context, request.caller, fileId)
      const where = `(${scopeSql} or file_id = $1 and destination = '')`
      const values = scopeValues(fileId, part)
      const { rows } = await context.database.query<IssueRow>(
        `select sequence, record, line, code, letter, nl, fr, de, en from app.invoice_issues where ${where}
          order by sequence, number limit $4 offset $5`,
        [...values, pageSize, (page - 1) * pageSize],
      )
      const counted = await context.database.query<{ count: string }>(
        `select count(*) from app.invoice_issues where ${where}`,
        values,
      )
      const total = Number(counted.rows[0]!.count)
      return pageOf(request as unknown as FastifyRequest, { items: rows.map(issueView), page, pageSize, total })
    },
  })
}

interface IssueRow {
  readonly sequence: number
  readonly record: number
  readonly line: number | null
  readonly code: string
  readonly letter: string | null
  readonly nl: string
  readonly fr: string
  readonly de: string
  readonly en: string
}

const issueView = ({ line, letter, ...row }: IssueRow) => ({
  ...row,
  ...(line === null ? {} : { line }),
  ...(letter === null ? {} : { letter }),
})
