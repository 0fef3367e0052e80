import { createHmac } from 'node:crypto'

const normalisers = {
  insz: (value: string): string => {
    const digits = value.replace(/[\s.\-/]/g, '')
    if (!/^\d{11}$/.test(digits)) throw new RangeError('an INSZ has 11 digits; give it with or without separators')
    return digits
  },
  iban: (value: string): string => {
    const compact = value.replace(/\s/g, '').toUpperCase()
    if (!/^[A-Z]{2}\d{2}[A-Z0-9]{8,30}$/.test(compact))
      throw new RangeError('not an IBAN: two letters, two digits, account')
    return compact
  },
}

/** HMAC-SHA-256 in base64url (43 characters) of the normalised value; the kind is part of what is hashed. */
export function blindIndexOf(indexKey: Buffer, kind: 'insz' | 'iban', value: string): string {
  return createHmac('sha256', indexKey)
    .update(`${kind}:${normalisers[kind](value)}`, 'utf8')
    .digest('base64url')
}
