import { err, ok, type Result } from './result.ts'

/** Control characters, and the mark that a decoder leaves where bytes were in another encoding than UTF-8. */
const UNREADABLE = /[\p{Cc}\uFFFD]/u

/**
 * Reads a name, a street or another line of free text: without blanks around it, 1 to `max` characters. Refusals: `NAME_EMPTY`,
 * `NAME_LENGTH`, and `NAME_CHARACTERS` for control characters, half a surrogate pair or text that came in another encoding.
 */
export function parseName(text: string, max = 200): Result<string> {
  const name = text.trim()
  if (name === '') return err('NAME_EMPTY', 'this text is empty')
  if (name.length > max) return err('NAME_LENGTH', `this text is longer than ${max} characters`)
  if (!name.isWellFormed() || UNREADABLE.test(name)) {
    return err('NAME_CHARACTERS', 'this text has characters that cannot be read: send it in UTF-8')
  }
  return ok(name)
}
