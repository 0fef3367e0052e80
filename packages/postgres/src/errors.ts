const TRANSIENT = new Set(['40001', '40P01'])
const CONNECTION_LOST = new Set(['57P01', '57P02', '57P03', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT'])
// the driver's own words have no code; the last is what a query gets on a connection that broke a moment before it
const LOST_WORDS = /Connection terminated|timeout exceeded when trying to connect|is not queryable/

/** The SQLSTATE (or Node system code) of an error, undefined when it has none. */
export function sqlState(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

/** Another writer was faster: what a transaction read no longer holds. Run again, it reads and decides on what holds now. */
export class Conflict extends Error {
  readonly retriable = true
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'Conflict'
  }
}

/** True for a serialization failure, a deadlock or a `Conflict`: the same transaction may succeed when it is run again. */
export function isRetriable(error: unknown): boolean {
  return error instanceof Conflict || TRANSIENT.has(sqlState(error) ?? '')
}

/**
 * Runs a statement of which a unique violation of one of these constraints means that another writer was faster: it throws
 * `Conflict` then, so that the transaction is run again. Every other error passes.
 */
export async function conflictOn<T>(constraints: readonly string[], statement: () => Promise<T>): Promise<T> {
  try {
    return await statement()
  } catch (error) {
    const constraint = sqlState(error) === '23505' ? (error as { readonly constraint?: string }).constraint : undefined
    if (constraint === undefined || !constraints.includes(constraint)) throw error
    throw new Conflict(`another writer was faster: ${constraint}`, { cause: error })
  }
}

/** True when the server went away or refused: wait and connect again. */
export function isConnectionLost(error: unknown): boolean {
  const code = sqlState(error) ?? ''
  if (CONNECTION_LOST.has(code) || code.startsWith('08')) return true
  return error instanceof Error && LOST_WORDS.test(error.message)
}
