import type { FastifyReply, FastifyRequest } from 'fastify'
import { safeError } from '../server/safe-error.ts'

export interface StreamedEvent {
  /** Goes out as `id:`; the client gives the last one back in Last-Event-ID when it comes again. */
  readonly id?: string
  /** `event:`, lowerCamelCase. */
  readonly event: string
  readonly data: object
}

export interface EventStreamOptions {
  /** A comment line is sent when nothing else was for this long, in ms. Default 15 s. */
  readonly heartbeatMs?: number
  /** How long the client waits before it comes again, in ms. Default 3 s. */
  readonly retryMs?: number
}

/**
 * Answers with server-sent events until `source` ends, the client leaves, its token expires or the server stops. `source`
 * gets the Last-Event-ID of a client that comes again and a signal that ends it; it is pulled only as fast as the client
 * reads. Too many open streams: 429 for a caller who has too many, 503 for whoever comes when the server has.
 */
export async function streamEvents(
  request: FastifyRequest,
  reply: FastifyReply,
  source: (lastEventId: string | null, signal: AbortSignal) => AsyncIterable<StreamedEvent>,
  options: EventStreamOptions = {},
): Promise<void> {
  const { heartbeatMs = 15_000, retryMs = 3_000 } = options
  const ending = new AbortController()
  const end = (): void => ending.abort()
  const header = request.headers['last-event-id']
  const close = request.server.openStreams.open(request.caller, end)
  reply.hijack()
  const { raw } = reply
  for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) raw.setHeader(name, value)
  raw.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Accel-Buffering': 'no',
  })
  raw.on('close', end)
  const heartbeat = setInterval(() => raw.write(': alive\n\n'), heartbeatMs)
  raw.write(`retry: ${retryMs}\n\n`)
  try {
    for await (const event of source(typeof header === 'string' ? header.slice(0, 200) : null, ending.signal)) {
      if (ending.signal.aborted) break
      heartbeat.refresh()
      if (!raw.write(formatEvent(event))) await drained(raw, ending.signal)
    }
  } catch (error) {
    // the head is gone: all that can be done is to end, so that the client comes again with its last id
    if (!ending.signal.aborted) request.log.error({ error: safeError(error) }, 'event stream ended by an error')
  } finally {
    clearInterval(heartbeat)
    close()
    raw.end()
  }
}

const oneLine = (text: string): string => text.replace(/[\r\n\0]/g, ' ')

/** JSON has no line breaks, so one `data:` line is enough. */
export function formatEvent({ id, event, data }: StreamedEvent): string {
  const lines = [
    ...(id === undefined ? [] : [`id: ${oneLine(id)}`]),
    `event: ${oneLine(event)}`,
    `data: ${JSON.stringify(data)}`,
  ]
  return `${lines.join('\n')}\n\n`
}

function drained(raw: FastifyReply['raw'], signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      raw.off('drain', done)
      signal.removeEventListener('abort', done)
      resolve()
    }
    raw.once('drain', done)
    signal.addEventListener('abort', done, { once: true })
    if (signal.aborted) done()
  })
}
