import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import { problem } from '../problems/problem-error.ts'
import { renderProblem } from '../problems/render.ts'

const status = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 } as const

/** Bytes that are not HTTP, headers beyond the limit, a client that stays silent: answered on the bare socket. */
export function answerClientError(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy()
    return
  }
  const code = status[error.code as keyof typeof status] ?? 400
  const document = { ...renderProblem(problem('badRequest'), 'en'), status: code, issues: [] }
  const body = JSON.stringify(document)
  socket.end(
    [
      `HTTP/1.1 ${code} ${code === 431 ? 'Request Header Fields Too Large' : code === 408 ? 'Request Timeout' : 'Bad Request'}`,
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
