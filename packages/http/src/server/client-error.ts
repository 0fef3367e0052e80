import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import type { Texts } from '../language.ts'
import { badRequest, type ProblemError, problem } from '../problems/problem-error.ts'
import { renderProblem } from '../problems/render.ts'

interface ClientError extends Error {
  readonly code?: string
  /** What came in when the parser stopped: a Buffer of Node. */
  readonly rawPacket?: unknown
}

const notHttp: Texts = {
  nl: 'dit is geen geldige HTTP-aanvraag: kijk de eerste regel en de headers na',
  fr: "ceci n'est pas une requête HTTP valable: vérifiez la première ligne et les en-têtes",
  de: 'dies ist keine gültige HTTP-Anfrage: prüfen Sie die erste Zeile und die Header',
  en: 'this is no valid HTTP request: check the first line and the headers',
}
const headersTooLarge: Texts = {
  nl: 'de headers zijn samen groter dan 16 384 bytes: verklein ze',
  fr: 'les en-têtes dépassent ensemble 16 384 octets: réduisez-les',
  de: 'die Header sind zusammen größer als 16 384 Bytes: verkleinern Sie sie',
  en: 'the headers are larger than 16,384 bytes together: make them smaller',
}
const tooSlow: Texts = {
  nl: 'de aanvraag kwam niet op tijd volledig aan: stuur ze opnieuw',
  fr: "la requête n'est pas arrivée entière à temps: renvoyez-la",
  de: 'die Anfrage kam nicht rechtzeitig vollständig an: senden Sie sie erneut',
  en: 'the request did not arrive whole in time: send it again',
}

const requestLine = /^[A-Za-z-]+ \S+ HTTP\/\d\.\d\r?\n/

function problemOf({ code, rawPacket }: ClientError): readonly [status: number, phrase: string, ProblemError] {
  const refused = (detail: Texts) => badRequest({ type: 'schemaViolation', in: 'header', detail })
  if (code === 'HPE_HEADER_OVERFLOW') return [431, 'Request Header Fields Too Large', refused(headersTooLarge)]
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return [408, 'Request Timeout', refused(tooSlow)]
  // the parser knows a closed list of methods: no route could be asked which ones it has
  if (code === 'HPE_INVALID_METHOD' && Buffer.isBuffer(rawPacket) && requestLine.test(rawPacket.toString('latin1'))) {
    return [501, 'Not Implemented', problem('methodUnknown')]
  }
  return [400, 'Bad Request', refused(notHttp)]
}

/** Bytes that are not HTTP, an unknown method, headers beyond the limit, a client that stays silent: answered on the bare socket. */
export function answerClientError(error: ClientError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy()
    return
  }
  const [status, phrase, found] = problemOf(error)
  const body = JSON.stringify({ ...renderProblem(found, 'en'), status })
  socket.end(
    [
      `HTTP/1.1 ${status} ${phrase}`,
      'Content-Type: application/problem+json',
      'Content-Language: en',
      `BelGov-Trace-Id: ${randomUUID()}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  )
}
