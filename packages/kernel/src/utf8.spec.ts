import { describe, expect, test } from 'vitest'
import { decodeUtf8, NotUtf8, Utf8Decoder, type Utf8Line, utf8Lines } from './utf8.ts'

const wrong: readonly (readonly [string, number[], number])[] = [
  ['Latin-1', [0x52, 0xe9, 0x6d, 0x79], 1],
  ['half a character at the end', [0x61, 0xc3], 1],
  ['a character that begins in its middle', [0x61, 0x62, 0x80], 2],
  ['an overlong form', [0xc0, 0xaf], 0],
  ['half a surrogate pair', [0x61, 0xed, 0xa0, 0x80], 1],
]

/** In pieces of one byte, so that every character is torn. */
async function* torn(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at++) yield bytes.subarray(at, at + 1)
}

async function linesOf(bytes: Uint8Array, bytesMax = 100): Promise<Utf8Line[]> {
  const [inPieces, whole] = [[], []] as [Utf8Line[], Utf8Line[]]
  for await (const line of utf8Lines(torn(bytes), bytesMax)) inPieces.push(line)
  for await (const line of utf8Lines([bytes], bytesMax)) whole.push(line)
  expect(inPieces).toEqual(whole)
  return whole
}

describe('UTF-8', () => {
  test.each(wrong)('%s is refused, never replaced', (_what, bytes, offset) => {
    expect(decodeUtf8(Buffer.from(bytes))).toBeNull()
    const decoder = new Utf8Decoder()
    const decode = () => bytes.map((byte) => decoder.decode(Buffer.from([byte]))).join('') + decoder.end()
    expect(decode).toThrow(new NotUtf8(offset))
    expect(() => new Utf8Decoder(10).decode(Buffer.from([...bytes, 0x20]))).toThrow(new NotUtf8(offset + 10))
  })

  test.each([
    ['a byte that begins nothing', [0xff]],
    ['Latin-1', [0xe9, 0x6d]],
    ['half a surrogate pair', [0xed, 0xa0, 0x80]],
  ])('%s is told in its place, wherever it stands', (_what, bytes) => {
    const characters = [...'é€\u{1F600}a'.repeat(5)]
    for (let at = 0; at <= characters.length; at++) {
      const before = Buffer.from(characters.slice(0, at).join(''))
      const all = Buffer.concat([
        before,
        Buffer.from(bytes),
        Buffer.from(characters.slice(at).join('')),
        Buffer.from(' '),
      ])
      expect(() => new Utf8Decoder().decode(all)).toThrow(new NotUtf8(before.length))
    }
  })

  test('a decoder gives the text, however it is torn', () => {
    const text = 'Zoë naïef €5 \u{1F600}'
    const decoder = new Utf8Decoder()
    const parts = [...Buffer.from(text)].map((byte) => decoder.decode(Buffer.from([byte])))
    expect(parts.join('') + decoder.end()).toBe(text)
  })

  test('a byte order mark is no part of the text', () => {
    expect(decodeUtf8(Buffer.from('\ufeff{}'))).toBe('{}')
    expect(decodeUtf8(Buffer.from('\ufffd'))).toBe('\ufffd')
  })
})

describe('lines', () => {
  const at = (line: number, text: string | null, fault?: string) =>
    fault === undefined ? { line, text } : { line, text, fault }

  test('each comes with its number, the last also without an end', async () => {
    expect(await linesOf(Buffer.from('\ufeffé\n\nb'))).toEqual([at(1, 'é'), at(2, ''), at(3, 'b')])
    expect(await linesOf(Buffer.from('é\n'))).toEqual([at(1, 'é')])
    expect(await linesOf(Buffer.alloc(0))).toEqual([])
  })

  test('wrong bytes and endless lines are told in their place, the others are read', async () => {
    const bytes = Buffer.from(`é\nR${'x'.repeat(50)}\nRémy\nok`, 'latin1')
    expect(await linesOf(bytes, 20)).toEqual([
      at(1, null, 'bytes'),
      at(2, null, 'length'),
      at(3, null, 'bytes'),
      at(4, 'ok'),
    ])
    expect(await linesOf(Buffer.from('x'.repeat(50)), 20)).toEqual([at(1, null, 'length')])
  })

  test('a line of just as many bytes as may be is read', async () => {
    expect(await linesOf(Buffer.from(`${'x'.repeat(20)}\n${'y'.repeat(20)}`), 20)).toEqual([
      at(1, 'x'.repeat(20)),
      at(2, 'y'.repeat(20)),
    ])
  })

  test('text comes as well as bytes, and only the first line loses a byte order mark', async () => {
    const lines = await Array.fromAsync(utf8Lines(['\ufeffé\n', '\ufeffb'], 20))
    expect(lines).toEqual([at(1, 'é'), at(2, '\ufeffb')])
  })

  test('a line without an end is told before all of it has come', async () => {
    let sent = 0
    function* endless(): Generator<string> {
      for (; sent < 50; sent += 1) yield 'xxxxxxxxxx'
    }
    const { value } = await utf8Lines(endless(), 20).next()
    expect([value, sent < 5]).toEqual([at(1, null, 'length'), true])
  })
})
