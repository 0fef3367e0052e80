import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import { describe, expect, it } from 'vitest'
import { Unreadable } from '../unreadable.ts'
import { parseXml } from './parse.ts'

type Told = readonly [what: string, name: string, text: string, line: number, column: number]

async function* pieces(text: string, size: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function read(text: string, size = 64 * 1024): Promise<{ told: Told[]; stopped: string | null }> {
  const told: Told[] = []
  const handler = {
    open: (name: string, attributes: object, at: { line: number; column: number }) =>
      told.push(['open', name, JSON.stringify(attributes), at.line, at.column]),
    close: (name: string, value: string, at: { line: number; column: number }) =>
      told.push(['close', name, value, at.line, at.column]),
    stray: (at: { line: number; column: number }) => told.push(['stray', '', '', at.line, at.column]),
  }
  try {
    for await (const _ of parseXml(pieces(text, size), handler));
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return { told, stopped: `${error.reason} ${error.place.line}:${error.place.column}` }
  }
  return { told, stopped: null }
}

/** What the parser alone makes of it. */
function parsed(text: string): { told: Told[]; failed: boolean } {
  const parser = new SaxesParser({ xmlns: false, position: true })
  const told: Told[] = []
  let value = ''
  let failed = false
  parser.on('opentag', (tag) => {
    if (/[^ \t\r\n]/u.test(value)) told.push(['stray', '', '', parser.line, parser.column + 1])
    value = ''
    told.push(['open', tag.name, JSON.stringify(tag.attributes), parser.line, parser.column + 1])
  })
  parser.on('closetag', (tag) => {
    told.push(['close', tag.name, value, parser.line, parser.column + 1])
    value = ''
  })
  const add = (more: string): void => {
    value += more
  }
  parser.on('text', add)
  parser.on('cdata', add)
  parser.on('error', () => {
    failed = true
    throw new Error('malformed')
  })
  try {
    parser.write(text)
    parser.close()
  } catch (error) {
    if (!failed) throw error
  }
  return { told, failed }
}

const names = ['a', 'Ab', 'Abc', 'x-1', 'b.c', 'É', '_d'] as const
const texts = [
  ...['', ' ', '\n', '\r\n', '\r', '\t', 'abc', '12', 'é', '😀', '&amp;', '&#65;', ']', ']]', '>', 'a > b'],
  ...['<!-- > -->', '<?go on?>', 'a\nb\n\nc', '  \n  '],
]
const wrong = ['&b;', ']]>', '</a>', '<a', '<a b>', '<', '\u0001', '<a></Ab>', '</ a>', '<!DOCTYPE a>', '<1>', '\uFFFE']

const attributes = fc.constantFrom('', '', '', ' b="1"', ' b="x>y"', ' ', '\n')
const body: fc.Arbitrary<string> = fc.letrec<{ element: string; body: string }>((tie) => ({
  element: fc
    .tuple(fc.constantFrom(...names), attributes, tie('body'), fc.constantFrom('', '', ' '))
    .map(([name, more, inside, blank]) =>
      inside === '' ? `<${name}${more}/>` : `<${name}${more}>${inside}</${name}${blank}>`,
    ),
  body: fc
    .array(fc.oneof({ maxDepth: 5 }, fc.constantFrom(...texts), fc.constantFrom('abc', '1'), tie('element')), {
      maxLength: 4,
    })
    .map((parts) => parts.join('')),
})).body

// the first 256 bytes are always read at once: what tells the encoding
const filler = `<!--${'a'.repeat(256)}-->`
const before = fc.constantFrom('', '<?xml version="1.0"?>\n', '<!-- a -->', filler, filler)
const behind = fc.constantFrom('', '<!-- a -->', '\n', '<?go on?>')
const size = fc.integer({ min: 1, max: 40 })

describe('reading XML', () => {
  it('gives what the parser alone gives, wherever the pieces are cut', async () => {
    await fc.assert(
      fc.asyncProperty(before, body, behind, size, async (start, inside, end, bytes) => {
        const text = `${start}<root>${inside}</root>${end}`
        const expected = parsed(text)
        const found = await read(text, bytes)
        expect(found.told).toEqual(expected.told)
        // two brackets and a sign that meet are the one fault that this text can hold
        expect(found.stopped !== null).toBe(expected.failed)
        expect(expected.failed).toBe(text.includes(']]>'))
      }),
      { numRuns: 500 },
    )
  })

  it('stops where the parser alone stops', async () => {
    const places = fc.tuple(before, body, fc.constantFrom(...wrong), body, fc.nat({ max: 200 }), size)
    await fc.assert(
      fc.asyncProperty(places, async ([start, first, fault, second, cut, bytes]) => {
        const whole = `<root>${first}${fault}${second}</root>`
        const text = start + whole.slice(0, whole.length - Math.min(cut, whole.length - 8))
        const expected = parsed(text)
        const found = await read(text, bytes)
        expect(found.told).toEqual(expected.told)
        expect(found.stopped !== null).toBe(expected.failed)
      }),
      { numRuns: 500 },
    )
  })

  it('says the place of a fault between plain elements, in characters of its line', async () => {
    const text = '<root>\n<a>1</a>\n <b>é</b><c>&nope;</c>\n<d>2</d></root>'
    expect((await read(text)).stopped).toBe('ENTITY 3:19')
    expect((await read(text, 3)).stopped).toBe('ENTITY 3:19')
  })

  it('refuses what is too deep or too long between plain elements as elsewhere', async () => {
    const deep = `${'<a>'.repeat(33)}${'</a>'.repeat(33)}`
    expect((await read(deep)).stopped).toBe('TOO-DEEP 1:100')
    const long = `<root><a>1</a><b>${'x'.repeat(70_000)}</b></root>`
    expect((await read(long)).stopped).toBe('TOO-LONG 1:70019')
    expect((await read(long, 1_000)).stopped).toBe('TOO-LONG 1:70019')
    const silent = `<root><a>1</a><b>${'x'.repeat(400_000)}`
    expect((await read(silent)).stopped).toMatch(/^TOO-LONG 1:/)
  })
})
