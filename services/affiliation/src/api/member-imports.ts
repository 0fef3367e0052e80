import type { Readable } from 'node:stream'
import {
  acceptStreams,
  assertMayAct,
  assertMaySee,
  badRequest,
  collectionOf,
  commandId,
  cursorPageOf,
  cursorQuery,
  fromCursor,
  idempotent,
  problem,
  toCursor,
  withZod,
} from '@ziv/http'
import { renderRejection } from '@ziv/kernel'
import type { FastifyInstance, FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import { EmptyImport, LineNotUtf8 } from '../application/import-tasks.ts'
import { rejections } from '../domain/person.rejections.ts'
import type { Api } from './routes.ts'
import { answer, importParams } from './schemas.ts'

const bodyBytesMax = 2 * 1024 ** 3

const task = answer('MemberImport', {
  importId: z.uuid().describe('Identifier of the import'),
  state: z.enum(['receiving', 'running', 'completed']).describe('Where it stands'),
  startedAt: z.string().describe('When it was taken in'),
  finishedAt: z.string().optional().describe('When it ended'),
  lines: z.int().describe('Lines received'),
  handled: z.int().describe('Lines worked through'),
  imported: z.int().describe('Persons registered and insured'),
  repeated: z.int().describe('Lines that had been imported before'),
  refused: z.int().describe('Lines refused, see issues'),
})
const issue = answer('MemberImportIssue', {
  line: z.int().describe('Line of the body, from 1'),
  code: z.string().describe('Code of the refusal'),
  detail: z.string().describe('What is wrong and what to do'),
})

const mediaTypes = ['application/x-ndjson', 'application/jsonl']

/** JSON Lines in, one person per line; the body is streamed to disk and worked through afterwards. */
async function uploadRoute(app: FastifyInstance, { imports, context }: Api): Promise<void> {
  const scoped: FastifyPluginAsync = async (scope) => {
    acceptStreams(scope, mediaTypes)
    withZod(scope).route({
      method: 'POST',
      url: '/memberImports',
      bodyLimit: bodyBytesMax,
      config: { access: { roles: ['clerk', 'system'], scope: 'ziekenfonds' }, body: 'stream' },
      schema: {
        operationId: 'importMembers',
        summary: 'Import members in bulk',
        description:
          'One JSON object per line, in UTF-8: one byte that is not refuses the file. Idempotent by rowId: a file sent twice changes nothing.',
        tags: ['Imports'],
        consumes: mediaTypes,
        response: {
          202: answer('MemberImportAccepted', {
            importId: z.uuid().describe('Identifier of the import'),
            href: z.string().describe('Address of the task'),
          }),
        },
      },
      handler: async (request, reply) => {
        const { caller } = request
        const { insurer, ziekenfonds } = caller
        assertMayAct(caller, { insurer, ziekenfonds })
        const unbound = caller.roles.includes('system')
        const owner = unbound ? { actor: caller.subject } : { actor: caller.subject, insurer, ziekenfonds }
        return idempotent(request, reply, context, async () => {
          const importId = await imports
            .receive(commandId(request), owner, request.body as Readable)
            .catch(refuseUnreadable)
          const href = `/affiliation/v1/memberImports/${importId}`
          return { status: 202, headers: { Location: href }, body: { importId, href } }
        }) as never
      },
    })
  }
  await app.register(scoped)
}

const emptyFile = {
  nl: 'het bestand is leeg: stuur één JSON-object per lid, elk op een eigen regel',
  fr: 'le fichier est vide: envoyez un objet JSON par membre, chacun sur sa ligne',
  de: 'die Datei ist leer: senden Sie ein JSON-Objekt je Mitglied, jedes auf einer eigenen Zeile',
  en: 'the file is empty: send one JSON object per member, each on a line of its own',
} as const

/** A wrecked name would be that of nobody: the file is refused with the line, before anything of it is worked through. */
function refuseUnreadable(error: unknown): never {
  if (error instanceof EmptyImport) throw badRequest({ type: 'invalidInput', in: 'body', detail: emptyFile })
  if (!(error instanceof LineNotUtf8)) throw error
  const { line } = error
  const detail = {
    nl: `regel ${line} bevat een byte die geen UTF-8 is: bewaar het bestand als UTF-8 en stuur het opnieuw`,
    fr: `la ligne ${line} contient un octet qui n'est pas de l'UTF-8: enregistrez le fichier en UTF-8 et renvoyez-le`,
    de: `Zeile ${line} enthält ein Byte, das kein UTF-8 ist: speichern Sie die Datei als UTF-8 und senden Sie sie erneut`,
    en: `line ${line} has a byte that is not UTF-8: save the file as UTF-8 and send it again`,
  }
  throw badRequest({ type: 'invalidStructure', in: 'body', name: `line ${line}`, detail })
}

export async function memberImportRoutes(app: FastifyInstance, api: Api): Promise<void> {
  const { imports } = api
  await uploadRoute(app, api)
  const access = { access: { roles: ['clerk', 'system'], scope: 'ziekenfonds' } } as const
  const load = async (caller: Parameters<typeof assertMaySee>[0], importId: string) => {
    const found = await imports.find(importId)
    const tenant = found && { insurer: found.insurer ?? undefined, ziekenfonds: found.ziekenfonds ?? undefined }
    assertMaySee(caller, tenant)
    if (!found) throw problem('resourceNotFound')
    return found
  }
  withZod(app).route({
    method: 'GET',
    url: '/memberImports/:importId',
    config: access,
    schema: {
      operationId: 'getMemberImport',
      summary: 'State of an import',
      description: 'Counts of lines handled, imported, repeated and refused.',
      tags: ['Imports'],
      params: importParams,
      response: { 200: task },
    },
    handler: async (request) => {
      const {
        actor: _,
        keyId: _k,
        insurer: _i,
        ziekenfonds: _z,
        finishedAt,
        ...rest
      } = await load(request.caller, request.params.importId)
      return finishedAt === null ? rest : { ...rest, finishedAt }
    },
  })
  withZod(app).route({
    method: 'GET',
    url: '/memberImports/:importId/issues',
    config: access,
    schema: {
      operationId: 'listMemberImportIssues',
      summary: 'Lines that were refused',
      description: 'Each with its line number and what is wrong; never the content of the line.',
      tags: ['Imports'],
      params: importParams,
      querystring: z.strictObject(cursorQuery),
      response: { 200: collectionOf('MemberImportIssues', issue) },
    },
    handler: async (request) => {
      const { importId } = request.params
      const { cursor, pageSize } = request.query
      await load(request.caller, importId)
      const after = Number(cursor === undefined ? 0 : (fromCursor(cursor) ?? Number.NaN))
      if (!Number.isSafeInteger(after)) throw problem('badRequest')
      const found = await imports.issues(importId, after, pageSize + 1)
      const items = found.slice(0, pageSize).map(({ line, code, params }) => ({
        ...{ line, code },
        detail: renderRejection(rejections, { code, params }, request.language),
      }))
      const last = items.at(-1)
      return cursorPageOf(request, {
        items,
        pageSize,
        next: found.length > pageSize && last ? toCursor(String(last.line)) : null,
      })
    },
  })
}
