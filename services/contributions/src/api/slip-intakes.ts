import { Readable } from 'node:stream'
import { announcedAsUtf8 } from '@ziv/formats'
import {
  acceptStreams,
  badRequest,
  charsetOf,
  collectionOf,
  idInput,
  pageOf,
  pageQuery,
  problem,
  withZod,
} from '@ziv/http'
import { streamRows } from '@ziv/postgres'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { receiveSlipFile } from '../intake/import-slip-file.ts'
import { findIntake, intakeOf } from '../intake/intake-store.ts'
import { processIntake } from '../intake/process-intake.ts'
import type { IntakeIssue, SlipFileFormat, SlipIntake } from '../intake/types.ts'
import type { ServiceContext } from '../service.ts'
import { originOf } from './origin.ts'
import { intakeIssue, slipIntake } from './schemas.ts'

const formats: Readonly<Record<string, SlipFileFormat>> = {
  'application/xml': 'dmfa',
  'text/xml': 'dmfa',
  'application/x-ndjson': 'jsonl',
  'text/csv': 'csv',
}
const access = { roles: ['rsz', 'system'], scope: 'none' } as const
const tags = ['Slip intakes']
const params = z.strictObject({ intakeId: idInput('Identifier of the intake') })

const withHref = (intake: SlipIntake) => ({ ...intake, href: `/contributions/v1/slipIntakes/${intake.intakeId}` })

/** Files of slips: sent as a stream, read before the answer, recorded after it. */
export async function slipIntakeRoutes(scope: FastifyInstance, context: ServiceContext): Promise<void> {
  await scope.register((files, _options, done) => {
    acceptStreams(files, Object.keys(formats))
    postIntake(files, context)
    done()
  })
  getIntake(scope, context)
  listIssues(scope, context)
  exportIssues(scope, context)
}

function postIntake(scope: FastifyInstance, context: ServiceContext): void {
  withZod(scope).route({
    method: 'POST',
    url: '/slipIntakes',
    config: { access, body: 'stream' },
    bodyLimit: context.config.fileBytesMax,
    schema: {
      operationId: 'createSlipIntake',
      summary: 'Send a file of slips',
      description:
        'The body is the file: DmfA XML, JSON Lines or CSV. A file that cannot be read as a whole leaves nothing behind. The same file sent twice is one intake.',
      tags,
      consumes: Object.keys(formats),
      response: { 202: slipIntake },
    },
    handler: async (request, reply) => {
      const file = request.body as Readable
      const source = charsetOf(request) === null ? file : announcedAsUtf8(file)
      const result = await receiveSlipFile(context, source, {
        format: formatOf(request),
        origin: originOf(request),
      })
      if (!result.ok) throw badRequest(...result.issues.slice(0, 100).map(asInputIssue))
      const { intakeId, completedAt } = result.intake
      if (completedAt === undefined) context.background.run(intakeId, () => processIntake(context, intakeId))
      const body = withHref(result.intake)
      return reply.code(202).header('Location', body.href).send(body)
    },
  })
}

const formatOf = (request: FastifyRequest): SlipFileFormat =>
  formats[(request.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase()] ?? 'dmfa'

/** The readers speak Dutch and French; the other two languages get the code with the French text. */
const asInputIssue = ({ code, place, nl, fr, de, en }: IntakeIssue) => ({
  type: 'invalidStructure' as const,
  in: 'body' as const,
  name: place,
  detail: { nl: `${code}: ${nl}`, fr: `${code}: ${fr}`, de: `${code}: ${de}`, en: `${code}: ${en}` },
})

function getIntake(scope: FastifyInstance, context: ServiceContext): void {
  withZod(scope).route({
    method: 'GET',
    url: '/slipIntakes/:intakeId',
    config: { access },
    schema: {
      operationId: 'getSlipIntake',
      summary: 'Read a file of slips',
      description: 'Where the file stands, with the counts of its slips.',
      tags,
      params,
      response: { 200: slipIntake },
    },
    handler: async (request) => {
      const row = await findIntake(context.database, request.params.intakeId)
      if (row === undefined) throw problem('resourceNotFound')
      return withHref(intakeOf(row))
    },
  })
}

const issuesSql = 'select number, line, place, code, nl, fr, de, en from app.intake_issues where intake_id = $1'

function listIssues(scope: FastifyInstance, context: ServiceContext): void {
  withZod(scope).route({
    method: 'GET',
    url: '/slipIntakes/:intakeId/issues',
    config: { access },
    schema: {
      operationId: 'listSlipIntakeIssues',
      summary: 'List the issues of a file',
      description:
        'Everything wrong with the file and every record that gives no slip, by place. With Accept text/csv the whole list as CSV.',
      tags,
      params,
      querystring: z.strictObject(pageQuery),
      response: { 200: collectionOf('SlipIssues', intakeIssue) },
    },
    handler: async (request, reply) => {
      const { intakeId } = request.params
      const row = await findIntake(context.database, intakeId)
      if (row === undefined) throw problem('resourceNotFound')
      if (/^\s*text\/csv\b/i.test(request.headers.accept ?? '')) {
        return sendCsv(reply as unknown as FastifyReply, csvLines(context, intakeId)) as never
      }
      const { page, pageSize } = request.query
      const { rows } = await context.database.query<IntakeIssue>(`${issuesSql} order by number limit $2 offset $3`, [
        intakeId,
        pageSize,
        (page - 1) * pageSize,
      ])
      const total = await countIssues(context, intakeId)
      return pageOf(request, { items: rows, page, pageSize, total })
    },
  })
}

async function countIssues(context: ServiceContext, intakeId: string): Promise<number> {
  const { rows } = await context.database.query<{ count: string }>(
    'select count(*) from app.intake_issues where intake_id = $1',
    [intakeId],
  )
  return Number(rows[0]!.count)
}

function exportIssues(scope: FastifyInstance, context: ServiceContext): void {
  withZod(scope).route({
    method: 'GET',
    url: '/slipIntakes/:intakeId/issues/export',
    config: { access },
    schema: {
      operationId: 'exportSlipIntakeIssues',
      summary: 'Export the issues of a file as CSV',
      description: 'Everything wrong with the file, one line per issue, as CSV in UTF-8.',
      tags,
      params,
      produces: ['text/csv'],
      response: { 200: z.string().describe('CSV with number, line, place, code, nl, fr, de, en') },
    },
    handler: async (request, reply) => {
      const { intakeId } = request.params
      if ((await findIntake(context.database, intakeId)) === undefined) throw problem('resourceNotFound')
      reply.header('Content-Disposition', `attachment; filename="issues-${intakeId}.csv"`)
      return sendCsv(reply as unknown as FastifyReply, csvLines(context, intakeId)) as never
    },
  })
}

const sendCsv = (reply: FastifyReply, lines: AsyncGenerator<string>): FastifyReply =>
  reply.type('text/csv; charset=utf-8').send(Readable.from(lines))

const cell = (value: string | number): string => `"${String(value).replaceAll('"', '""')}"`

async function* csvLines(context: ServiceContext, intakeId: string): AsyncGenerator<string> {
  yield 'number,line,place,code,nl,fr,de,en\r\n'
  for await (const issue of streamRows<IntakeIssue>(context.database, `${issuesSql} order by number`, [intakeId])) {
    const { number, line, place, code, nl, fr, de, en } = issue
    yield `${[number, line, place, code, nl, fr, de, en].map(cell).join(',')}\r\n`
  }
}
