const SEPARATORS = /[\s.\-/]/g

/** The text without the separators people write between groups of digits. */
export function withoutSeparators(text: string): string {
  return text.replace(SEPARATORS, '')
}

/** `value` as text of at least `width` digits. */
export function padded(value: number, width: number): string {
  return String(value).padStart(width, '0')
}

/** The modulus minus the remainder: 1..97, so a remainder of 0 gives 97 and never 00. */
export function complementOf(modulus: number, base: number): number {
  return modulus - (base % modulus)
}

/** As `complementOf`, for the usual modulus. */
export function complementOf97(base: number): number {
  return complementOf(97, base)
}

/** Throws a RangeError unless `value` is a whole number from `min` to `max`. */
export function requireWhole(what: string, value: number, min: number, max: number): void {
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new RangeError(`${what} is ${value}: give a whole number from ${min} to ${max}`)
  }
}
