import { describe, expect, test } from 'vitest'
import { contentFits } from './content-fits.ts'

const readAs = async (type: string, text: string | Buffer, pieces = 1) => {
  const bytes = Buffer.from(text)
  const size = Math.ceil(bytes.length / pieces)
  const source = async function* () {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
  }
  return Buffer.concat(await Array.fromAsync(contentFits(source(), type)))
}
const issueOf = async (type: string, text: string, pieces = 1) => {
  const error = await readAs(type, text, pieces).catch((caught: unknown) => caught)
  return (error as { options: { issues: readonly { detail: Record<string, string> }[] } }).options.issues[0]!.detail
}

const csv = 'insz;employerNumber;quarter\n1;2;3\n'
const lines = '{"insz":"1"}\n{"insz":"2"}\n'
const list = '[{"insz":"1"}]'
const xml = '<?xml version="1.0"?><DmfAOriginal/>'

describe('a file whose content is of another media type than it is sent as', () => {
  test.each([
    ['application/x-ndjson', csv, 'CSV'],
    ['application/x-ndjson', xml, 'XML'],
    ['application/jsonl', list, 'a list in JSON'],
    ['text/csv', lines, 'JSON with one object per line'],
    ['text/csv', xml, 'XML'],
    ['application/xml', lines, 'JSON with one object per line'],
    ['text/xml', csv, 'CSV'],
    ['application/octet-stream', xml, 'XML'],
    ['text/plain', lines, 'JSON with one object per line'],
  ])('sent as %s: %j is told to be %s', async (type, text, kind) => {
    for (const pieces of [1, text.length]) {
      const detail = await issueOf(type, `\n  ${text}`, pieces)
      expect(detail.en).toContain(`sent as ${type}`)
      expect(detail.en).toContain(`looks like ${kind}`)
      expect(new Set(Object.values(detail)).size).toBe(4)
    }
  })
})

test.each([
  ['text/csv', csv],
  ['application/x-ndjson', lines],
  ['application/x-ndjson', `not JSON\n${lines}`],
  ['application/x-ndjson', `"a;b"\n${lines}`],
  ['application/xml', xml],
  ['application/xml', Buffer.from(`\ufeff${xml}`, 'utf16le')],
  ['application/xml', `\ufeff${xml}`],
  ['text/plain', '000000 920000, A;B'],
  ['text/csv', ''],
  ['application/x-ndjson', ' \n'],
  ['application/x-ndjson', '\n'.repeat(20_000)],
])('%s with what fits it, or what its reader has to judge, reaches the reader byte for byte', async (type, text) => {
  for (const pieces of [1, 7]) expect(await readAs(type, text, pieces)).toEqual(Buffer.from(text))
})
