import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Language, negotiateLanguage } from '../language.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Language that the client asked for. Whoever reads it answers in its words, and the answer says so. */
    readonly language: Language
    /** Language of the words of the answer; null as long as nobody asked for it. */
    wordsIn: Language | null
  }
}

/**
 * Negotiates the language of a request when somebody needs words, and says on that answer in which language they are and that another
 * reader gets another answer.
 */
export function answerInLanguage(app: FastifyInstance): void {
  app.decorateRequest('wordsIn', null)
  app.decorateRequest('language', {
    getter(this: FastifyRequest) {
      this.wordsIn ??= negotiateLanguage(this.headers['accept-language'])
      return this.wordsIn
    },
  })
  app.addHook('onSend', (request, reply, payload, done) => {
    // an answer that is given again has the language in which it was given first
    const language = reply.getHeader('content-language') ?? request.wordsIn
    if (language !== null && language !== undefined) sayLanguage(reply, String(language))
    done(null, payload)
  })
}

/** Says it on one answer: for those that come before any route, which no hook sees. */
export function sayLanguage(reply: FastifyReply, language: string): void {
  reply.headers({ 'Content-Language': language, Vary: varying(reply.getHeader('vary')) })
}

const varying = (before: number | string | readonly string[] | undefined): string => {
  const names = [before ?? []].flat().flatMap((part) => String(part).split(/\s*,\s*/))
  return [...new Set([...names, 'Accept-Language'])].join(', ')
}
