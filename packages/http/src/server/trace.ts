import { randomUUID } from 'node:crypto'

/** Where a request stands in a chain of calls. */
export interface Trace {
  /** Our own, new for every request: `BelGov-Trace-Id` of the answer and of every log line. */
  readonly id: string
  /** What the client sent as `BelGov-Trace-Id`; repeated as `BelGov-Related-Trace-Id`. */
  readonly relatedId?: string
  /** W3C trace context with a new span: goes on into event metadata. */
  readonly traceparent: string
}

const traceparentPattern = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})$/
const belgovPattern = /^[A-Za-z0-9._:-]{1,36}$/

const one = (header: string | string[] | undefined): string | undefined => (Array.isArray(header) ? header[0] : header)

// randomUUID draws from a cache and costs a tenth of randomBytes
const hex = (): string => randomUUID().replaceAll('-', '')

/** The trace of a request from its own id and its headers. Malformed headers count as absent: they are no reason to refuse. */
export function traceOf(id: string, headers: Readonly<Record<string, string | string[] | undefined>>): Trace {
  const related = one(headers['belgov-trace-id'])
  const parent = traceparentPattern.exec(one(headers.traceparent) ?? '')
  let made: string | undefined
  return {
    id,
    ...(related !== undefined && belgovPattern.test(related) ? { relatedId: related } : {}),
    // only what writes events asks for it
    get traceparent() {
      made ??= `00-${parent?.[1] ?? hex()}-${hex().slice(-16)}-${parent?.[2] ?? '01'}`
      return made
    },
  }
}
