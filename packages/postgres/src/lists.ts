/** Between the texts of a list that comes back as one value: a control character that no identifier holds. */
const SEPARATOR = '\u001f'
const TO_BE_ESCAPED = /["\\]/
const escaped = (text: string): string => text.replace(/["\\]/g, '\\$&')

/**
 * The literal of an array of texts, numbers, dates or UUIDs, none of them null, for parameters of thousands of elements:
 * the driver escapes each element by itself, which takes as long as storing it.
 */
export function arrayLiteral(items: readonly (string | number)[]): string {
  if (items.length === 0) return '{}'
  const text = items.join('","')
  // the quotes of the separators are the only ones allowed
  const clean = !TO_BE_ESCAPED.test(items.join(''))
  return clean ? `{"${text}"}` : `{"${items.map((item) => escaped(String(item))).join('","')}"}`
}

/** The literal of an array of `bytea`, from their bytes in hex. */
export function bytesArrayLiteral(hexes: readonly string[]): string {
  return hexes.length === 0 ? '{}' : `{"\\\\x${hexes.join('","\\\\x')}"}`
}

/** SQL that brings a column of many rows back as one text for `splitList`: a row of its own costs more than its content. */
export const listOf = (expression: string): string => `string_agg((${expression})::text, E'\\x1f')`

/** The texts that `listOf` put together, in its order; null (no rows) is the empty list. No text may be empty or null. */
export function splitList(text: string | null): string[] {
  return text === null ? [] : text.split(SEPARATOR)
}
