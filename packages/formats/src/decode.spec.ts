import { expect, test } from 'vitest'
import { announcedAsUtf8, decodeText } from './decode.ts'
import { Unreadable } from './unreadable.ts'

const long = ' '.repeat(400)
const xml = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?><a>Zoë</a>`

async function* torn(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7)
}

async function read(bytes: Buffer): Promise<string> {
  try {
    return (await Array.fromAsync(decodeText(announcedAsUtf8(torn(bytes))))).join('')
  } catch (error) {
    if (error instanceof Unreadable) return error.reason
    throw error
  }
}

test.each([xml('UTF-8'), xml('us-ascii').replace('ë', 'e'), xml('utf-8') + long, 'a;b\n1;é\n', '', `é${long}`])(
  'a file that is announced as UTF-8 and is, is read: %j',
  async (text) => {
    expect(await read(Buffer.from(text))).toBe(text)
  },
)

test.each([
  ['says another encoding', Buffer.from(xml('ISO-8859-1'), 'latin1'), 'ENCODING-CONFLICT'],
  ['says another encoding, in bytes of UTF-8', Buffer.from(xml('windows-1252') + long), 'ENCODING-CONFLICT'],
  ['is UTF-16', Buffer.from(`\ufeff${xml('UTF-16')}`, 'utf16le'), 'ENCODING-CONFLICT'],
  ['is Latin-1', Buffer.from(xml('UTF-8'), 'latin1'), 'ENCODING-BYTES'],
])('one that %s is not', async (_what, bytes, reason) => {
  expect(await read(bytes)).toBe(reason)
})
