import type { Readable } from 'node:stream'
import { announcedAsUtf8 } from '@ziv/formats'
import {
  acceptStreams,
  badRequest,
  charsetOf,
  idempotent,
  mediaTypeOf,
  problem,
  rejectionToProblem,
  withZod,
  writeHeaders,
} from '@ziv/http'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { contentFits } from './content-fits.ts'
import { fileRejections } from './file-rejections.ts'
import {
  type AnyFileRoutes,
  fileHref,
  fileParams,
  type IssueScope,
  idOf,
  operationOf,
  seenFile,
} from './file-routes.ts'
import { issueRoutes } from './issue-routes.ts'
import { type FileIssue, type IntakeFile, UploadSwept } from './types.ts'

/**
 * Sends, shows, explains, resumes and withdraws files of one kind: `POST` and `GET /<resource>`, its issues as a collection and as CSV. The body is the
 * file; it is read before the answer and worked through after it.
 */
export async function fileRoutes(scope: FastifyInstance, options: AnyFileRoutes): Promise<void> {
  await scope.register((sent, _options, done) => {
    const { formats, oneBytePerCharacter = false } = options
    acceptStreams(sent, Object.keys(formats), { oneBytePerCharacter })
    sendRoute(sent, options)
    done()
  })
  readRoute(scope, options)
  resumeRoute(scope, options)
  if (options.mayWithdraw) withdrawRoute(scope, options)
  issueRoutes(scope, options)
}

const shown = async (options: AnyFileRoutes, file: IntakeFile, scope: IssueScope): Promise<object> => ({
  [idOf(options)]: file.fileId,
  href: fileHref(options, file.fileId),
  ...(await options.toView(file, scope)),
})

function sendRoute(scope: FastifyInstance, options: AnyFileRoutes): void {
  const { files, database, kind, formats, oneBytePerCharacter = false } = options
  withZod(scope).route({
    method: 'POST',
    url: `/${options.resource}`,
    config: { access: options.send, body: 'stream' },
    bodyLimit: options.bodyLimit,
    schema: {
      headers: writeHeaders,
      operationId: operationOf('create', options),
      summary: options.summary,
      description: `${options.description} A file that cannot be read as a whole leaves nothing behind. ${repeatText(options)}`,
      tags: [options.tag],
      consumes: Object.keys(formats),
      response: { 202: options.view },
    },
    handler: async (typed, reply) => {
      const request = typed as unknown as FastifyRequest
      const head = { ...options.headOf(request), format: formats[mediaTypeOf(request)!]! }
      return idempotent(request, reply as never, { database }, async () => {
        const body = contentFits(request.body as Readable, mediaTypeOf(request)!)
        const announced = !oneBytePerCharacter && charsetOf(request) !== null
        const received = await files
          .receive(kind, announced ? announcedAsUtf8(body) : body, head)
          .catch((error: unknown) => {
            if (error instanceof UploadSwept) throw problem('uploadExpired', 408, { cause: error })
            throw options.problemOf?.(error) ?? error
          })
          .finally(() => options.checkSent?.(request))
        if (!received.ok) throw badRequest(...received.issues.slice(0, 100).map(asInputIssue))
        await files.start(received.file)
        const view = await shown(options, received.file, {})
        return { status: 202, headers: { Location: fileHref(options, received.file.fileId) }, body: view }
      }) as never
    },
  })
}

const repeatText = ({ mayRepeat, repeats }: AnyFileRoutes): string =>
  repeats ??
  (mayRepeat
    ? 'The same file sent again is the same file, as long as nothing came in between that may have changed what it says, and nothing of it was refused; then it is a new file, whose items are judged again: those that stand are not recorded again.'
    : 'The same file sent twice is one file.')

const asInputIssue = ({ code, place, nl, fr, de, en }: FileIssue) => ({
  type: 'invalidStructure' as const,
  in: 'body' as const,
  name: place,
  detail: { nl: `${code}: ${nl}`, fr: `${code}: ${fr}`, de: `${code}: ${de}`, en: `${code}: ${en}` },
})

function readRoute(scope: FastifyInstance, options: AnyFileRoutes): void {
  withZod(scope).route({
    method: 'GET',
    url: `/${options.resource}/:${idOf(options)}`,
    config: { access: options.read },
    schema: {
      operationId: operationOf('get', options),
      summary: 'Read where a file stands',
      description: 'Where the file stands, with its counts: those of the caller where it sees a part of the file only.',
      tags: [options.tag],
      params: fileParams(options),
      response: { 200: options.view },
    },
    handler: async (request) => {
      const { file, scope: part } = await seenFile(options, request.caller, request.params[idOf(options)] as string)
      return (await shown(options, file, part)) as never
    },
  })
}

/** Whoever sends a file may have it taken up again, when its run failed and the cause is mended: without sending it again. */
function resumeRoute(scope: FastifyInstance, options: AnyFileRoutes): void {
  const { files, database, send, view, tag } = options
  withZod(scope).route({
    method: 'POST',
    url: `/${options.resource}/:${idOf(options)}/resumption`,
    config: { access: send },
    schema: {
      headers: writeHeaders,
      operationId: operationOf('resume', options),
      summary: 'Go on with a file whose work failed',
      description:
        'The work goes on where it stopped, and nothing is done twice: once what made it fail is mended. A file that is at work or done stays as it is.',
      tags: [tag],
      params: fileParams(options),
      response: { 202: view },
    },
    handler: async (typed, reply) => {
      const { caller, params } = typed
      const { file, scope: part } = await seenFile(options, caller, params[idOf(options)] as string)
      const request = typed as unknown as FastifyRequest
      return idempotent(request, reply as never, { database }, async () => {
        await files.start(file)
        const body = await shown(options, file, part)
        return { status: 202, headers: { Location: fileHref(options, file.fileId) }, body }
      }) as never
    },
  })
}

/** Ends a file whose work fails for good, so that those which came in after it need not wait for it. */
function withdrawRoute(scope: FastifyInstance, options: AnyFileRoutes): void {
  const { files, database, send, view, tag, kind } = options
  withZod(scope).route({
    method: 'POST',
    url: `/${options.resource}/:${idOf(options)}/withdrawals`,
    config: { access: send },
    schema: {
      headers: writeHeaders,
      operationId: operationOf('withdraw', options),
      summary: 'Withdraw a file whose work failed',
      description:
        'Nothing of the file comes into force, and those that came in after it and waited for it are worked through. Only when its work failed: one that is at work or answered is refused. The same bytes may be sent again.',
      tags: [tag],
      params: fileParams(options),
      response: { 200: view },
    },
    handler: async (typed, reply) => {
      const { caller, params } = typed
      const { file, scope: part } = await seenFile(options, caller, params[idOf(options)] as string)
      const request = typed as unknown as FastifyRequest
      return idempotent(request, reply as never, { database }, async () => {
        const withdrawn = await files.withdraw(kind, file.fileId)
        if (!withdrawn.ok) throw rejectionToProblem(fileRejections, { code: withdrawn.why })
        return { status: 200, body: await shown(options, withdrawn.file, part) }
      }) as never
    },
  })
}
