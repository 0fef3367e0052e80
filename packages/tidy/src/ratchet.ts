import type { Finding } from './rule.ts'

/** Per rule and key: why it is borne for now, or for sizes the largest it may be. */
export type Exceptions = Readonly<Record<string, Readonly<Record<string, string | number>>>>

/** Reads the list; an exception without a reason is none. */
export function parseExceptions(json: string): Exceptions {
  const exceptions = JSON.parse(json) as Exceptions
  for (const [rule, entries] of Object.entries(exceptions)) {
    for (const [key, why] of Object.entries(entries)) {
      const sound = typeof why === 'number' ? why > 0 : typeof why === 'string' && why.trim().length >= 8
      if (!sound) throw new Error(`the exception ${key} of ${rule} needs a reason in words, or a size`)
    }
  }
  return exceptions
}

/** What is wrong after the exceptions: new offences, those that grew, and exceptions nobody needs any more. */
export function beyondExceptions(
  rule: string,
  findings: readonly Finding[],
  allowed: Exceptions[string] = {},
): readonly string[] {
  const offences = findings
    .filter(({ key, size }) => {
      const exception = allowed[key]
      return exception === undefined || (typeof exception === 'number' && (size ?? 0) > exception)
    })
    .map(({ key, message }) => `${message}  [${rule}: ${key}]`)
  const present = new Set(findings.map(({ key }) => key))
  const stale = Object.keys(allowed).filter((key) => !present.has(key))
  return [...offences, ...stale.map((key) => `the exception is no longer needed, remove it  [${rule}: ${key}]`)]
}
