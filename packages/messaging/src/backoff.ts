/** Milliseconds to wait before attempt `attempt` (from 1): doubles up to `maxMs`, with up to a quarter of jitter. */
export function backoffMs(attempt: number, { firstMs = 50, maxMs = 5_000 } = {}): number {
  const base = Math.min(maxMs, firstMs * 2 ** Math.min(attempt - 1, 20))
  return Math.round(base * (1 - Math.random() / 4))
}
