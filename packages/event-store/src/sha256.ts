import { hash } from 'node:crypto'

let scratch = Buffer.allocUnsafe(16 * 1024)

/**
 * SHA-256 over bytes given in hex (may be none) and the UTF-8 text of two parts after them. Long texts are not put together first: it
 * runs for every event and every message.
 */
export function sha256(hex: string, first: string, second: string, as: 'hex' | 'base64url'): string {
  const start = hex.length >> 1
  const most = start + (first.length + second.length) * 3
  if (scratch.length < most) scratch = Buffer.allocUnsafe(most * 2)
  if (start > 0) scratch.write(hex, 0, start, 'hex')
  const middle = start + scratch.write(first, start, 'utf8')
  const end = second === '' ? middle : middle + scratch.write(second, middle, 'utf8')
  return hash('sha256', scratch.subarray(0, end), as)
}
