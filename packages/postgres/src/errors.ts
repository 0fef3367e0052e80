const TRANSIENT = new Set(['40001', '40P01'])
const CONNECTION_LOST = new Set(['57P01', '57P02', '57P03', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT'])
// the driver's own words have no code; the last is what a query gets on a connection that broke a moment before it
const LOST_WORDS = /Connection terminated|timeout exceeded when trying to connect|is not queryable/

/** The SQLSTATE (or Node system code) of an error, undefined when it has none. */
export function sqlState(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

/** True for a serialization failure or a deadlock: the same transaction may succeed when it is run again. */
export function isRetriable(error: unknown): boolean {
  return TRANSIENT.has(sqlState(error) ?? '')
}

/** True when the server went away or refused: wait and connect again. */
export function isConnectionLost(error: unknown): boolean {
  const code = sqlState(error) ?? ''
  if (CONNECTION_LOST.has(code) || code.startsWith('08')) return true
  return error instanceof Error && LOST_WORDS.test(error.message)
}
