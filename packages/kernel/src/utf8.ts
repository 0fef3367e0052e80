import { isAscii, isUtf8 } from 'node:buffer'

/** A byte that no UTF-8 text has in that place. */
export class NotUtf8 extends Error {
  /** Place of the byte, from 0. */
  readonly offset: number
  constructor(offset: number) {
    super(`byte ${offset} is not UTF-8`)
    this.name = 'NotUtf8'
    this.offset = offset
  }
}

/**
 * Text of bytes, without a byte order mark; null when one of them is not UTF-8. The decoders of the platform put a mark in
 * its place unless they are told not to, and a name that was wrecked like that cannot be read back.
 */
export function decodeUtf8(bytes: Uint8Array): string | null {
  return isUtf8(bytes) ? textOf(bytes) : null
}

function textOf(bytes: Uint8Array): string {
  const text = bufferOf(bytes).toString('utf8')
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
}

const bufferOf = (bytes: Uint8Array): Buffer =>
  Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** Decodes UTF-8 that comes in pieces; the first wrong byte throws `NotUtf8` with its place. */
export class Utf8Decoder {
  #carry: Buffer | null = null
  #offset: number

  /** `offset`: bytes of the source that were read before. */
  constructor(offset = 0) {
    this.#offset = offset
  }

  decode(bytes: Buffer): string {
    const carry = this.#carry
    if (carry === null && isAscii(bytes)) {
      this.#offset += bytes.length
      return bytes.toString('latin1')
    }
    const all = carry === null ? bytes : Buffer.concat([carry, bytes])
    const start = this.#offset - (carry?.length ?? 0)
    this.#offset += bytes.length
    const whole = all.length - unfinished(all)
    const body = all.subarray(0, whole)
    if (!isUtf8(body)) throw new NotUtf8(start + firstInvalid(body))
    this.#carry = whole === all.length ? null : Buffer.from(all.subarray(whole))
    return body.toString('utf8')
  }

  /** Says that nothing more comes. */
  end(): string {
    if (this.#carry !== null) throw new NotUtf8(this.#offset - this.#carry.length)
    return ''
  }
}

/** Bytes at the end that begin a character of which the rest is still to come. */
function unfinished(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back]!
    if (byte < 0x80) return 0
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0
  }
  return 0
}

/** Place of the first byte that is wrong, of bytes of which one is. */
function firstInvalid(bytes: Buffer): number {
  let whole = 0
  let end = bytes.length
  while (end - whole > 1) {
    const middle = (whole + end) >> 1
    const head = bytes.subarray(0, middle)
    if (isUtf8(head.subarray(0, middle - unfinished(head)))) whole = middle
    else end = middle
  }
  return whole - unfinished(bytes.subarray(0, whole))
}

/** A line of a file, from 1, without its end; or why it has no text. */
export type Utf8Line =
  | { readonly line: number; readonly text: string }
  | { readonly line: number; readonly text: null; readonly fault: 'bytes' | 'length' }

const lineEnd = 10

/**
 * Lines of UTF-8 with bounded memory. A line with a wrong byte, or of more than `bytesMax` bytes, is told in its place and the
 * others are read: whoever cannot take half a file stops there.
 */
export async function* utf8Lines(
  source: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>,
  bytesMax: number,
): AsyncGenerator<Utf8Line> {
  let rest: Buffer = Buffer.alloc(0)
  let line = 0
  let skipping = false
  for await (const piece of source) {
    const bytes = typeof piece === 'string' ? Buffer.from(piece) : bufferOf(piece)
    // the end of a line is no part of any other character: what is cut there is whole
    const end = bytes.lastIndexOf(lineEnd)
    if (end < 0) {
      if (!skipping) rest = Buffer.concat([rest, bytes])
    } else {
      const whole = Buffer.concat([rest, bytes.subarray(0, end)])
      for (const read of linesIn(whole, line, bytesMax)) {
        line = read.line
        if (!skipping) yield read
        skipping = false
      }
      rest = Buffer.from(bytes.subarray(end + 1))
    }
    if (rest.length > bytesMax) {
      // counted when its end comes
      if (!skipping) yield { line: line + 1, text: null, fault: 'length' }
      skipping = true
      rest = Buffer.alloc(0)
    }
  }
  if (rest.length > 0) yield* linesIn(rest, line, bytesMax)
}

function* linesIn(bytes: Buffer, before: number, bytesMax: number): Generator<Utf8Line> {
  let line = before
  for (let start = 0; start <= bytes.length; ) {
    const found = bytes.indexOf(lineEnd, start)
    const end = found < 0 ? bytes.length : found
    line += 1
    yield lineOf(bytes.subarray(start, end), line, bytesMax)
    start = end + 1
  }
}

function lineOf(bytes: Buffer, line: number, bytesMax: number): Utf8Line {
  if (bytes.length > bytesMax) return { line, text: null, fault: 'length' }
  if (!isUtf8(bytes)) return { line, text: null, fault: 'bytes' }
  return { line, text: line === 1 ? textOf(bytes) : bytes.toString('utf8') }
}
