/** What of an error may be logged. */
interface SafeError {
  readonly name: string
  readonly code?: string
  readonly message: string
  readonly stack?: string
  readonly table?: string
  readonly constraint?: string
  readonly cause?: SafeError
}

/** Values end up in messages between quotes (PostgreSQL, parsers) or as numbers of an identifier's length. */
const withoutValues = (text: string): string =>
  text
    .replace(/"[^"]*"/g, '"…"')
    .replace(/=\([^)]*\)/g, '=(…)')
    .replace(/\d[\d .-]{7,}\d/g, '…')

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/**
 * An error for the log: where it happened and what kind it is, without the values that messages and details of a
 * database or a parser repeat.
 */
export function safeError(error: unknown, depth = 0): SafeError {
  if (!(error instanceof Error)) return { name: typeof error, message: 'something that is no error was thrown' }
  const { code, table, constraint } = error as {
    readonly code?: unknown
    readonly table?: unknown
    readonly constraint?: unknown
  }
  const frames = error.stack
    ?.split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n')
  const facts = { code: textOf(code), table: textOf(table), constraint: textOf(constraint), stack: frames }
  return {
    name: error.name,
    message: withoutValues(error.message),
    ...(Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as object),
    ...(error.cause === undefined || depth === 4 ? {} : { cause: safeError(error.cause, depth + 1) }),
  }
}
