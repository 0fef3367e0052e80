import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'

/** What a service behind the proxy got to see of a request. */
export interface Seen {
  readonly method: string
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly bytes: number
}

export interface Echo {
  /** Settles when the first piece of the next body came in. */
  nextPiece(): Promise<void>
  stop(): Promise<void>
}

/** A stand-in for a service: answers what it saw, as JSON, after a first line that is sent at once. */
export async function startEcho(host: string, port: number): Promise<Echo> {
  let tell = (): void => undefined
  const server = createServer((incoming, answer) => {
    answer.writeHead(200, { 'content-type': 'application/json' })
    answer.write('\n')
    let bytes = 0
    incoming.on('data', (piece: Buffer) => {
      bytes += piece.length
      tell()
    })
    incoming.on('end', () => {
      const { method = '', url = '', headers } = incoming
      answer.end(JSON.stringify({ method, url, headers, bytes } satisfies Seen))
    })
  })
  server.listen(port, host)
  await once(server, 'listening')
  return {
    nextPiece: () => new Promise((done) => (tell = done)),
    stop: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

/** Sends a request through the proxy as it is, and answers what arrived behind it. Throws when the proxy answered itself. */
export async function seenBehind(url: string, headers: Record<string, string>, body?: Buffer): Promise<Seen> {
  const answer = await fetch(url, { headers, ...(body !== undefined && { method: 'POST', body }) })
  const told = await answer.text()
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${told.slice(0, 200)}`)
  return JSON.parse(told) as Seen
}

/** Whether a body passes piece by piece: the second piece is sent only when the first has arrived behind the proxy. */
export async function streamsIn(url: string, echo: Echo, limitMs: number): Promise<boolean> {
  const arrived = echo.nextPiece()
  const sending = request(url, { method: 'POST', headers: { 'content-type': 'text/plain' } })
  const answered = once(sending, 'response', { signal: AbortSignal.timeout(2 * limitMs) })
  sending.write('first piece')
  const passed = await inTime(arrived, limitMs)
  sending.end('second piece')
  const [answer] = (await answered) as [IncomingMessage]
  return passed && (JSON.parse(await text(answer)) as Seen).bytes === 'first piecesecond piece'.length
}

/** Whether an answer passes piece by piece: its first line comes while the stand-in still waits for the end of the request. */
export async function streamsOut(url: string, limitMs: number): Promise<boolean> {
  const sending = request(url, { method: 'POST', headers: { 'content-type': 'text/plain' } })
  sending.write('first piece')
  const first = once(sending, 'response').then(([answer]) => once(answer as IncomingMessage, 'readable'))
  const passed = await inTime(first, limitMs)
  const closed = once(sending, 'close')
  sending.destroy()
  await closed
  return passed
}

const inTime = (event: Promise<unknown>, limitMs: number): Promise<boolean> =>
  Promise.race([
    event.then(
      () => true,
      () => false,
    ),
    new Promise<boolean>((done) => setTimeout(() => done(false), limitMs).unref()),
  ])
