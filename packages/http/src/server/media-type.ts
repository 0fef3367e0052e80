import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Texts } from '../language.ts'
import { type ProblemError, problem } from '../problems/problem-error.ts'

/** Media types of a body in JSON; the second for a change of what is there. */
export const jsonTypes = ['application/json', 'application/merge-patch+json'] as const

const typeTexts: Texts = {
  nl: 'Deze bewerking leest dit Content-Type niet; stuur {accepted}.',
  fr: "L'opération ne lit pas ce Content-Type; envoyez {accepted}.",
  de: 'Diese Operation liest diesen Content-Type nicht; senden Sie {accepted}.',
  en: 'This operation does not read this Content-Type; send {accepted}.',
}
const charsetTexts: Texts = {
  nl: 'Deze bewerking leest deze charset niet; neem {accepted}.',
  fr: "L'opération ne lit pas ce jeu de caractères; prenez {accepted}.",
  de: 'Diese Operation liest diesen Zeichensatz nicht; nehmen Sie {accepted}.',
  en: 'This operation does not read this charset; take {accepted}.',
}
const codingTexts: Texts = {
  nl: 'Deze bewerking leest geen samengeperste inhoud; stuur hem zonder Content-Encoding.',
  fr: "L'opération ne lit pas de contenu compressé; envoyez-le sans Content-Encoding.",
  de: 'Diese Operation liest keinen komprimierten Inhalt; senden Sie ihn ohne Content-Encoding.',
  en: 'This operation reads no compressed content; send it without Content-Encoding.',
}

const listed = (accepted: readonly string[]) => ({ accepted: accepted.join(', ') })

/** 415, with what the operation reads instead. */
export const unsupported = {
  type: (accepted: readonly string[]): ProblemError =>
    problem('unsupportedMediaType', 415, {
      ...{ detail: typeTexts, params: listed(accepted), headers: { Accept: accepted.join(', ') } },
    }),
  charset: (accepted: readonly string[]): ProblemError =>
    problem('unsupportedMediaType', 415, { detail: charsetTexts, params: listed(accepted) }),
  coding: (): ProblemError => problem('unsupportedMediaType', 415, { detail: codingTexts }),
}

/** The media type of a request in small letters, without its parameters; null when it names none. */
export function mediaTypeOf({ headers }: FastifyRequest): string | null {
  const [type] = headers['content-type']?.split(';', 1) ?? []
  return type === undefined ? null : type.trim().toLowerCase()
}

const bodied = new Set(['POST', 'PUT', 'PATCH'])

/** Refuses a body of another media type before it is read: what is in it would be told by a reader that it was never meant for. */
export function refuseOtherTypes(app: FastifyInstance): void {
  app.addHook('preParsing', (request, _reply, _payload, done) => {
    if (request.is404 || request.routeOptions.config.body === 'stream') return done()
    try {
      refuseUnless(request, jsonTypes, jsonTypes.slice(0, request.method === 'PATCH' ? 2 : 1))
    } catch (error) {
      return done(error as Error)
    }
    done()
  })
}

/** The same for one route that takes files. */
export function refuseUnless(request: FastifyRequest, readable: readonly string[], told = readable): void {
  const type = mediaTypeOf(request)
  const { 'content-length': length = '0', 'transfer-encoding': transfer } = request.headers
  if (type === null && length === '0' && transfer === undefined) return
  if (bodied.has(request.method) && !readable.includes(type ?? '')) throw unsupported.type(told)
}
