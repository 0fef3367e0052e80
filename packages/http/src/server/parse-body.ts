import { Readable, Transform, type TransformCallback } from 'node:stream'
import { decodeUtf8, parseJson } from '@ziv/kernel'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { inputTexts } from '../input/texts.ts'
import { badRequest, problem } from '../problems/problem-error.ts'
import { charsetOf, type Recoding, toOneBytePerCharacter, utf8Charsets } from './charset.ts'
import { jsonTypes, refuseOtherTypes, refuseUnless, unsupported } from './media-type.ts'

const cutOff = {
  nl: 'de inhoud kwam niet volledig aan: stuur hem opnieuw',
  fr: "le contenu n'est pas arrivé en entier: renvoyez-le",
  de: 'der Inhalt kam nicht vollständig an: senden Sie ihn erneut',
  en: 'the content did not arrive whole: send it again',
} as const

const refused = (code: string) => badRequest({ type: 'schemaViolation', in: 'body', detail: inputTexts(code) })

/** Strict JSON: UTF-8 without a wrong byte, no prototype keys, no key twice, one value. Replaces the parser of the framework. */
export function parseJsonStrictly(app: FastifyInstance): void {
  refuseOtherTypes(app)
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    [...jsonTypes],
    { parseAs: 'buffer' },
    // with a callback: a promise would cost every request a turn
    (request: FastifyRequest, body: Buffer, done: (error: Error | null, body?: unknown) => void) => {
      let parsed: unknown
      try {
        charsetOf(request)
        refuseCompressed(request)
        parsed = parseBody(body)
      } catch (error) {
        return done(error as Error)
      }
      done(null, parsed)
    },
  )
}

function refuseCompressed({ headers }: FastifyRequest): void {
  const encoding = headers['content-encoding']
  if (encoding !== undefined && encoding !== 'identity') throw unsupported.coding()
}

function parseBody(body: Buffer): unknown {
  if (body.length === 0) return undefined
  const text = decodeUtf8(body)
  if (text === null) throw refused('JSON_FORMAT')
  const parsed = parseJson(text)
  if (!parsed.ok) throw refused(parsed.error.code)
  return parsed.value
}

/**
 * Lets the routes of this scope take files: the body is the raw stream, nothing of it is held in memory. Such a route
 * declares `config.body: 'stream'` and its own `bodyLimit`, and reads `request.body as Readable`. Its reader takes UTF-8 and
 * refuses what is not; a format of one byte per character gets ISO-8859-1, whatever charset the client named.
 */
export function acceptStreams(
  app: FastifyInstance,
  mediaTypes: readonly string[],
  { oneBytePerCharacter = false }: { readonly oneBytePerCharacter?: boolean } = {},
): void {
  const isFile = (request: FastifyRequest): boolean => request.routeOptions.config.body === 'stream'
  // the parser of JSON reaches into this scope, and a request without a type has no parser at all
  app.addHook('preParsing', async (request) => {
    if (isFile(request)) refuseUnless(request, mediaTypes)
  })
  app.addHook('preValidation', async (request) => {
    if (isFile(request) && !(request.body instanceof Readable)) throw unsupported.type(mediaTypes)
  })
  app.addContentTypeParser([...mediaTypes], async (request: FastifyRequest, payload: Readable) => {
    const { bodyLimit } = request.routeOptions
    if (Number(request.headers['content-length'] ?? 0) > bodyLimit) throw problem('payloadTooLarge')
    refuseCompressed(request)
    const charset = charsetOf(request, oneBytePerCharacter ? [...utf8Charsets, 'iso-8859-1'] : utf8Charsets)
    const file = limited(bodyLimit, oneBytePerCharacter ? toOneBytePerCharacter(charset) : null)
    // a client that breaks off before anybody reads would end the process; who reads is told all the same
    file.on('error', () => undefined)
    // not pipeline(): it would cut the connection on a file that is too large, and with it the answer that says so
    payload.once('error', (error) => file.destroy(error))
    payload.once('close', () => {
      if (!payload.readableEnded && !file.destroyed)
        file.destroy(badRequest({ type: 'schemaViolation', in: 'body', detail: cutOff }))
    })
    return payload.pipe(file)
  })
}

function limited(bytesMax: number, recoding: Recoding | null): Transform {
  let bytes = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      if (bytes > bytesMax) done(problem('payloadTooLarge'))
      else give(() => recoding?.piece(chunk) ?? chunk, done)
    },
    flush: (done) => give(() => recoding?.end() ?? Buffer.alloc(0), done),
  })
}

function give(read: () => Buffer, done: TransformCallback): void {
  let bytes: Buffer
  try {
    bytes = read()
  } catch (error) {
    done(error as Error)
    return
  }
  done(null, bytes)
}
