import { Readable } from 'node:stream'
import { collectionOf, pageOf, pageQuery, withZod } from '@ziv/http'
import { type Database, streamRows } from '@ziv/postgres'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type AnyFileRoutes, fileParams, type IssueScope, idOf, operationOf, seenFile } from './file-routes.ts'
import { placeWords } from './place-words.ts'

const issueShape = {
  line: z.int().describe('Line or record of the file, from 1; 0 when it is about the whole file').meta({ example: 12 }),
  place: z
    .string()
    .describe('Place in the file, the same whatever the language: names and numbers from the outside in')
    .meta({ example: 'line 12, form 1, person 3' }),
  placeTexts: z
    .object({
      nl: z.string().describe('In Dutch').meta({ example: 'regel 12, formulier 1, persoon 3' }),
      fr: z.string().describe('In French').meta({ example: 'ligne 12, formulaire 1, personne 3' }),
      de: z.string().describe('In German').meta({ example: 'Zeile 12, Formular 1, Person 3' }),
      en: z.string().describe('In English').meta({ example: 'line 12, form 1, person 3' }),
    })
    .meta({ title: 'PlaceTexts', description: 'Place in the file, in words' }),
  code: z.string().describe('Code of the issue').meta({ example: 'DMFA-INSZ' }),
  nl: z.string().describe('What is wrong and what to do, in Dutch'),
  fr: z.string().describe('What is wrong and what to do, in French'),
  de: z.string().describe('What is wrong and what to do, in German'),
  en: z.string().describe('What is wrong and what to do, in English'),
}

interface IssueRow {
  readonly line: number
  readonly place: string
  readonly code: string
  readonly detail: Readonly<Record<string, string | number>> | null
  readonly nl: string
  readonly fr: string
  readonly de: string
  readonly en: string
}

// what is of nobody, as the whole file is, everybody sees who sees the file
const SCOPED = `file_id = $1 and (coalesce(destination, '') = '' or (
    ($2::text is null or left(destination, 1) = left($2, 1)) and ($3::text is null or coalesce(ziekenfonds, destination) = $3)))`
const ISSUES = `select line, place, code, detail, nl, fr, de, en from app_files.issues where ${SCOPED} order by line, number`

const scopedValues = (fileId: string, { insurer, ziekenfonds }: IssueScope): (string | null)[] => [
  fileId,
  insurer ?? null,
  ziekenfonds ?? null,
]

const issueView = ({ detail, ...row }: IssueRow) => ({ ...row, placeTexts: placeWords(row.place), ...detail })

/** What is wrong with a file: a page of it, or all of it as CSV. */
export function issueRoutes(scope: FastifyInstance, options: AnyFileRoutes): void {
  listRoute(scope, options)
  exportRoute(scope, options)
}

function listRoute(scope: FastifyInstance, options: AnyFileRoutes): void {
  const { database } = options
  const title = operationOf('', options, 'Issue')
  const issue = z
    .object({ ...issueShape, ...options.issueDetail })
    .meta({ title, description: 'One thing wrong with a file' })
  withZod(scope).route({
    method: 'GET',
    url: `/${options.resource}/:${idOf(options)}/issues`,
    config: { access: options.read },
    schema: {
      operationId: operationOf('list', options, 'Issues'),
      summary: 'List the issues of a file',
      description:
        'Everything wrong with the file, by place, with its code and in words; never what the file says of a person. With Accept text/csv the whole list as CSV.',
      tags: [options.tag],
      params: fileParams(options),
      querystring: z.strictObject(pageQuery),
      response: { 200: collectionOf(`${title}s`, issue) },
    },
    handler: async (typed, reply) => {
      const request = typed as unknown as FastifyRequest
      const { file, scope: part } = await seenFile(options, typed.caller, typed.params[idOf(options)] as string)
      if (/^\s*text\/csv\b/i.test(request.headers.accept ?? '')) {
        return sendCsv(reply as unknown as FastifyReply, csvLines(database, file.fileId, part)) as never
      }
      const { page, pageSize } = typed.query
      const values = scopedValues(file.fileId, part)
      const { rows } = await database.query<IssueRow>(`${ISSUES} limit $4 offset $5`, [
        ...values,
        pageSize,
        (page - 1) * pageSize,
      ])
      const counted = await database.query<{ count: string }>(
        `select count(*) from app_files.issues where ${SCOPED}`,
        values,
      )
      const total = Number(counted.rows[0]!.count)
      return pageOf(request, { items: rows.map(issueView), page, pageSize, total }) as never
    },
  })
}

function exportRoute(scope: FastifyInstance, options: AnyFileRoutes): void {
  withZod(scope).route({
    method: 'GET',
    url: `/${options.resource}/:${idOf(options)}/issues/export`,
    config: { access: options.read },
    schema: {
      operationId: operationOf('export', options, 'Issues'),
      summary: 'Export the issues of a file as CSV',
      description: 'Everything wrong with the file, one line per issue, as CSV in UTF-8.',
      tags: [options.tag],
      params: fileParams(options),
      produces: ['text/csv'],
      response: {
        200: z
          .string()
          .describe('CSV with the columns of the list: line, place, code, the words, and the place in words'),
      },
    },
    handler: async (typed, reply) => {
      const { file, scope: part } = await seenFile(options, typed.caller, typed.params[idOf(options)] as string)
      reply.header('Content-Disposition', `attachment; filename="issues-${file.fileId}.csv"`)
      return sendCsv(reply as unknown as FastifyReply, csvLines(options.database, file.fileId, part)) as never
    },
  })
}

const sendCsv = (reply: FastifyReply, lines: AsyncGenerator<string>): FastifyReply =>
  reply.type('text/csv; charset=utf-8').send(Readable.from(lines))

const cell = (value: string | number): string => `"${String(value).replaceAll('"', '""')}"`

async function* csvLines(database: Database, fileId: string, scope: IssueScope): AsyncGenerator<string> {
  yield 'line,place,code,nl,fr,de,en,placeNl,placeFr,placeDe,placeEn\r\n'
  for await (const issue of streamRows<IssueRow>(database, ISSUES, scopedValues(fileId, scope))) {
    const { line, place, code, nl, fr, de, en } = issue
    const told = placeWords(place)
    yield `${[line, place, code, nl, fr, de, en, told.nl, told.fr, told.de, told.en].map(cell).join(',')}\r\n`
  }
}
