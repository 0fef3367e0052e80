import { err, ok, type Result } from './result.ts'

/**
 * Reads JSON as `JSON.parse` does, and refuses what it takes in silence: an object with one key twice, of which the last would win
 * without a word, and keys that reach the prototype of objects. Refusals: `JSON_FORMAT`, `JSON_KEY_TWICE`, `JSON_KEY_RESERVED`; the text itself is never repeated.
 */
export function parseJson(text: string): Result<unknown> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return err('JSON_FORMAT', 'this is not valid JSON')
  }
  const keys = keysIn(value)
  if (keys === null) return err('JSON_KEY_RESERVED', 'a key of this JSON would reach the prototype of objects')
  // of a key that comes twice only the last is left: fewer keys than the text has
  if (keys !== pairsIn(text)) return err('JSON_KEY_TWICE', 'an object has one key twice: keep the one that is meant')
  return ok(value)
}

/** Keys of all objects inside, null when one of them reaches a prototype. */
function keysIn(value: unknown): number | null {
  let keys = 0
  const open: unknown[] = [value]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next !== 'object' || next === null) continue
    const isList = Array.isArray(next)
    for (const [key, child] of Object.entries(next)) {
      if (key === '__proto__' || (key === 'constructor' && hasPrototype(child))) return null
      if (!isList) keys += 1
      if (typeof child === 'object') open.push(child)
    }
  }
  return keys
}

const hasPrototype = (value: unknown): boolean => typeof value === 'object' && value !== null && 'prototype' in value

/** Colons outside strings: one for each key and value of valid JSON. */
function pairsIn(text: string): number {
  let pairs = 0
  let inText = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (inText && code === 92) at += 1
    else if (code === 34) inText = !inText
    else if (code === 58 && !inText) pairs += 1
  }
  return pairs
}
