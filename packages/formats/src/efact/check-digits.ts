const values = new Uint8Array(256).fill(37)
for (let code = 48; code <= 57; code += 1) values[code] = code - 48
for (let letter = 0; letter < 26; letter += 1) {
  values[65 + letter] = 11 + letter
  values[97 + letter] = 11 + letter
}
values[32] = 10

const checkedLength = 348

/**
 * Two digits of zone 99: every character has a value (digits their own, blank 10, letters from 11, others 37); 0
 * becomes 97.
 */
export function recordCheck(text: string): string {
  let sum = 0
  for (let at = 0; at < checkedLength; at += 1) sum += values[text.charCodeAt(at) & 255]!
  return twoDigits(sum)
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
