import { isConnectionLost, isRetriable, sqlState } from '@ziv/postgres'

/**
 * True when the same work may succeed later without anybody changing anything: lost connections, serialization failures,
 * deadlocks, a server short of resources, a key that two members started at once, or an error that says so itself.
 */
export function isTransient(error: unknown): boolean {
  if (isRetriable(error) || isConnectionLost(error)) return true
  if (typeof error !== 'object' || error === null) return false
  if ('retriable' in error && error.retriable === true) return true
  const state = sqlState(error) ?? ''
  if (state === '23505') return 'constraint' in error && error.constraint === 'consumed_pkey'
  return state.startsWith('53') || state === '55P03' || state === 'ENOTFOUND' || state === 'EAI_AGAIN'
}
