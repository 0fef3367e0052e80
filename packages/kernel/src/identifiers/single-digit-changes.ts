/** Every text that differs from this one in exactly one digit, for specs of check digits. */
export function singleDigitChanges(digits: string): string[] {
  return [...digits].flatMap((digit, at) =>
    [...'0123456789']
      .filter((other) => other !== digit)
      .map((other) => `${digits.slice(0, at)}${other}${digits.slice(at + 1)}`),
  )
}
