/** An error for the person who typed the command: what happened and what to do, without a stack. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return `ziv: ${String(error)}`
  const code = 'code' in error ? String(error.code) : ''
  if (code === 'ECONNREFUSED') return 'ziv: nothing answers there: start the sandbox with `ziv demo`, or give --url'
  if (code === 'EADDRINUSE') return 'ziv: the port is taken: another sandbox runs already, or give --port'
  if (code === 'ENOENT' && 'path' in error) return `ziv: there is no file ${String(error.path)}`
  const cause = error.cause instanceof Error ? `\n  because: ${error.cause.message}` : ''
  return `ziv: ${error.message}${cause}`
}
