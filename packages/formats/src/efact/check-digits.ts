const values = new Uint8Array(256).fill(37)
for (let code = 48; code <= 57; code += 1) values[code] = code - 48
for (let letter = 0; letter < 26; letter += 1) {
  values[65 + letter] = 11 + letter
  values[97 + letter] = 11 + letter
}
values[32] = 10

const checkedLength = 348

/** Sum of the values of characters: digits their own, blank 10, letters from 11, others 37. */
function sumOf(text: string, end: number): number {
  let sum = 0
  for (let at = 0; at < end; at += 1) sum += values[text.charCodeAt(at) & 255]!
  return sum
}

/** Two digits of zone 99: the values of all characters before it modulo 97; 0 becomes 97. */
export function recordCheck(text: string): string {
  return twoDigits(sumOf(text, checkedLength))
}

/** Two digits of zones 98, 410 and 510 from the sum of nomenclature codes; 0 becomes 97. */
export function twoDigits(sum: number): string {
  const rest = sum % 97
  return rest === 0 ? '97' : rest < 10 ? `0${rest}` : String(rest)
}

/** The record with its zone 99 made right. */
export function withRecordCheck(text: string): string {
  return text.slice(0, checkedLength) + recordCheck(text)
}

/**
 * Zone 99 after `before` in the record became `after`: right ones stay right, and wrong ones come back as they were when
 * the change is undone. Null when zone 99 is not 01 to 97.
 */
export function movedCheck(check: string, before: string, after: string): string | null {
  if (!/^(?:0[1-9]|[1-8]\d|9[0-7])$/.test(check)) return null
  const moved = Number(check) + sumOf(after, after.length) - sumOf(before, before.length)
  return twoDigits(((moved % 97) + 97) % 97)
}
