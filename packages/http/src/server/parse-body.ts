import { type Readable, Transform } from 'node:stream'
import { decodeUtf8, parseJson } from '@ziv/kernel'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { inputTexts } from '../input/texts.ts'
import { badRequest, problem } from '../problems/problem-error.ts'

const cutOff = {
  nl: 'de inhoud kwam niet volledig aan: stuur hem opnieuw',
  fr: "le contenu n'est pas arrivé en entier: renvoyez-le",
  de: 'der Inhalt kam nicht vollständig an: senden Sie ihn erneut',
  en: 'the content did not arrive whole: send it again',
} as const
const mergePatch = 'application/merge-patch+json'

const refused = () => badRequest({ type: 'schemaViolation', in: 'body', detail: inputTexts('JSON_FORMAT') })

/** Strict JSON: UTF-8 without a wrong byte, no prototype keys, no key twice, one value. Replaces the parser of the framework. */
export function parseJsonStrictly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    ['application/json', mergePatch],
    { parseAs: 'buffer' },
    async (request: FastifyRequest, body: Buffer) => {
      refuseOtherEncodings(request)
      return parseBody(body)
    },
  )
}

function refuseOtherEncodings(request: FastifyRequest): void {
  const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(request.headers['content-type'] ?? '')?.[1]
  if (charset !== undefined && charset.toLowerCase() !== 'utf-8') throw problem('unsupportedMediaType')
  const encoding = request.headers['content-encoding']
  if (encoding !== undefined && encoding !== 'identity') throw problem('unsupportedMediaType')
}

function parseBody(body: Buffer): unknown {
  if (body.length === 0) return undefined
  const text = decodeUtf8(body)
  const parsed = text === null ? null : parseJson(text)
  if (parsed?.ok !== true) throw refused()
  return parsed.value
}

/**
 * Lets the routes of this scope take files: the body is the raw stream, nothing of it is held in memory. Such a route
 * declares `config.body: 'stream'` and its own `bodyLimit`, and reads `request.body as Readable`.
 */
export function acceptStreams(app: FastifyInstance, mediaTypes: readonly string[]): void {
  app.addContentTypeParser([...mediaTypes], async (request: FastifyRequest, payload: Readable) => {
    const { bodyLimit } = request.routeOptions
    if (Number(request.headers['content-length'] ?? 0) > bodyLimit) throw problem('payloadTooLarge')
    const encoding = request.headers['content-encoding']
    if (encoding !== undefined && encoding !== 'identity') throw problem('unsupportedMediaType')
    const file = limited(bodyLimit)
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

function limited(bytesMax: number): Transform {
  let bytes = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      if (bytes > bytesMax) done(problem('payloadTooLarge'))
      else done(null, chunk)
    },
  })
}
