/** Deeper input is no input of ours; it only makes parsers suffer. */
const depthMax = 64

const wellFormedText = (text: string): boolean => !text.includes('\u0000') && text.isWellFormed()

/**
 * True when no text in the value, keys included, holds a NUL character (which PostgreSQL cannot store) or half a
 * surrogate pair (which UTF-8 cannot carry), and when it is not nested beyond reason.
 */
export function isStorable(value: unknown): boolean {
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value, depth: 0 }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next.value === 'string' && !wellFormedText(next.value)) return false
    if (typeof next.value !== 'object' || next.value === null) continue
    if (next.depth === depthMax) return false
    for (const [key, child] of Object.entries(next.value)) {
      if (!wellFormedText(key)) return false
      if (typeof child === 'string' || typeof child === 'object') open.push({ value: child, depth: next.depth + 1 })
    }
  }
  return true
}
