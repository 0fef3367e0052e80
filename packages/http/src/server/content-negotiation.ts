import type { FastifyInstance } from 'fastify'
import { problem } from '../problems/problem-error.ts'

/** Whether an Accept header takes a media type; ranges with weight 0 do not. */
function accepts(header: string | undefined, contentType: string): boolean {
  if (header === undefined || header.trim() === '') return true
  const type = contentType.split(';', 1)[0]!.trim().toLowerCase()
  return header.split(',').some((part) => {
    const [range = '', ...parameters] = part
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/)
    if (parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))) return false
    return range === '*/*' || range === type || (range.endsWith('/*') && type.startsWith(range.slice(0, -1)))
  })
}

/** A read whose answer the client cannot take gets 406. Writes are answered all the same: what was done is done. */
export function negotiateContent(app: FastifyInstance): void {
  app.addHook('onSend', (request, reply, payload, done) => {
    const type = reply.getHeader('content-type')
    const read = request.method === 'GET' && reply.statusCode < 300 && typeof type === 'string'
    if (read && !accepts(request.headers.accept, type)) done(problem('notAcceptable'))
    else done(null, payload)
  })
}
