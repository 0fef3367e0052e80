import fc from 'fast-check'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { describe, expect, it } from 'vitest'
import {
  assertVersion,
  cursorPageOf,
  fillText,
  fromCursor,
  ifMatch,
  languages,
  negotiateLanguage,
  pageOf,
  problemTypeOfCode,
  rejectionToProblem,
  setVersion,
  toCursor,
} from './index.ts'
import { formatEvent } from './routes/event-stream.ts'
import { safeError } from './server/safe-error.ts'
import { traceOf } from './server/trace.ts'
import { isStorable } from './server/well-formed.ts'

const request = (headers: Record<string, string>, url = '/x') => ({ headers, url }) as unknown as FastifyRequest

describe('language', () => {
  it.each([
    [undefined, 'en'],
    ['nl', 'nl'],
    ['fr-BE', 'fr'],
    ['DE-be;q=0.8, nl;q=0.9', 'nl'],
    ['es, pt;q=0.5', 'en'],
    ['*', 'en'],
    ['nl;q=0, fr;q=0.1', 'fr'],
    ['nl;q=broken', 'en'],
    [`nl${','.repeat(600)}`, 'en'],
  ])('Accept-Language %s gives %s', (header, language) => {
    expect(negotiateLanguage(header)).toBe(language)
  })

  it('any header gives a language we speak', () => {
    fc.assert(fc.property(fc.string(), (header) => languages.includes(negotiateLanguage(header))))
  })

  it('fills places and leaves unknown ones visible', () => {
    expect(fillText('{a} of {b}', { a: 1 })).toBe('1 of {b}')
  })

  it('begins a sentence with a capital, and leaves a code as it is', () => {
    expect(fillText('{a} needs {a}.', { a: 'élément de preuve' })).toBe('Élément de preuve needs élément de preuve.')
    expect(fillText('{a} is late', { a: 'issuedOn' })).toBe('issuedOn is late')
  })
})

describe('codes of refusals', () => {
  it.each(['AFFILIATION_OVERLAPS', 'affiliation-overlaps', 'affiliationOverlaps', 'Affiliation.Overlaps'])(
    '%s becomes affiliationOverlaps',
    (code) => {
      expect(problemTypeOfCode(code)).toBe('affiliationOverlaps')
    },
  )

  it('a code without texts is a defect, not an answer', () => {
    expect(() => rejectionToProblem({}, { code: 'NOTHING' })).toThrow(/catalog/)
  })
})

describe('versions', () => {
  it('If-Match is a list of our ETags, or *', () => {
    expect(ifMatch(request({}))).toBeNull()
    expect(ifMatch(request({ 'if-match': '*' }))).toBeNull()
    expect(ifMatch(request({ 'if-match': '"3", "4"' }))).toEqual([3, 4])
    // a proxy that compresses the answer weakens its tag; the version is the same
    expect(ifMatch(request({ 'if-match': 'W/"3"' }))).toEqual([3])
    for (const wrong of ['3', 'w/"3"', 'W/3', '"x"', '"3",', '']) {
      expect(() => ifMatch(request({ 'if-match': wrong }))).toThrow(expect.objectContaining({ statusCode: 400 }))
    }
  })

  it('an older version is 412 with the current ETag, a missing one 428 where it is needed', () => {
    expect(() => assertVersion(request({ 'if-match': '"3"' }), 3)).not.toThrow()
    expect(() => assertVersion(request({ 'if-match': '"2"' }), 3)).toThrow(
      expect.objectContaining({ statusCode: 412, options: expect.objectContaining({ headers: { ETag: '"3"' } }) }),
    )
    expect(() => assertVersion(request({}), 3, { required: true })).toThrow(
      expect.objectContaining({ statusCode: 428 }),
    )
    const headers: Record<string, string> = {}
    setVersion({ header: (name: string, value: string) => (headers[name] = value) } as unknown as FastifyReply, 7)
    expect(headers).toEqual({ ETag: '"7"' })
  })
})

describe('pages', () => {
  it('link to one another and keep the other query parameters', () => {
    const page = pageOf(request({}, '/x?status=open&page=2&pageSize=10'), {
      items: [1],
      page: 2,
      pageSize: 10,
      total: 35,
    })
    expect(page).toEqual({
      items: [1],
      total: 35,
      page: 2,
      pageSize: 10,
      self: '/x?status=open&page=2&pageSize=10',
      first: '/x?status=open&page=1&pageSize=10',
      prev: '/x?status=open&page=1&pageSize=10',
      next: '/x?status=open&page=3&pageSize=10',
      last: '/x?status=open&page=4&pageSize=10',
    })
  })

  it('the last page has no next, an empty list one page', () => {
    expect(pageOf(request({}), { items: [], page: 1, pageSize: 10, total: 0 })).toMatchObject({
      last: '/x?page=1&pageSize=10',
    })
    expect(pageOf(request({}), { items: [], page: 4, pageSize: 10, total: 35 })).not.toHaveProperty('next')
    expect(pageOf(request({}), { items: [], page: 1, pageSize: 10, hasMore: true })).toHaveProperty('next')
    expect(cursorPageOf(request({}), { items: [], pageSize: 10, next: null })).not.toHaveProperty('next')
    expect(cursorPageOf(request({}), { items: [], pageSize: 10, next: 'abc' }).next).toBe('/x?cursor=abc&pageSize=10')
  })

  it('cursors come back as they went; a foreign one is refused', () => {
    fc.assert(fc.property(fc.string(), (key) => fromCursor(toCursor(key.toWellFormed())) === key.toWellFormed()))
    expect(fromCursor('not ours!')).toBeNull()
  })
})

describe('traces', () => {
  it('goes on in the trace of the client with a span of its own', () => {
    const parent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'
    const trace = traceOf('t', { traceparent: parent, 'belgov-trace-id': 'abc-1' })
    expect(trace.traceparent).toMatch(/^00-4bf92f3577b34da6a3ce929d0e0e4736-[\da-f]{16}-01$/)
    expect(trace.traceparent).not.toBe(parent)
    expect(trace.relatedId).toBe('abc-1')
  })

  it('takes no notice of malformed headers', () => {
    const zeros = `00-${'0'.repeat(32)}-${'0'.repeat(16)}-01`
    for (const traceparent of ['', 'x', zeros]) {
      const trace = traceOf('t', { traceparent, 'belgov-trace-id': 'a'.repeat(37) })
      expect(trace.traceparent).toMatch(/^00-[\da-f]{32}-[\da-f]{16}-01$/)
      expect(trace).not.toHaveProperty('relatedId')
    }
  })
})

describe('text that cannot be stored', () => {
  it('is found at any depth, in values and keys', () => {
    expect(isStorable({ a: [{ b: 'é😀' }], c: null, d: 1 })).toBe(true)
    for (const bad of ['\u0000', '\ud800', { a: ['\udc00'] }, { '\u0000': 1 }]) expect(isStorable(bad)).toBe(false)
    let deep: unknown = 1
    for (let depth = 0; depth < 200_000; depth++) deep = [deep]
    expect(isStorable(deep)).toBe(false)
  })
})

describe('errors in the log', () => {
  it('keep where and what, never values', () => {
    const cause = Object.assign(new Error('duplicate key: Key (insz)=(85073003328) exists'), {
      code: '23505',
      detail: 'Peeters',
      table: 'persons',
    })
    const text = JSON.stringify(
      safeError(new Error('invalid input syntax for type date: "Peeters", 85.07.30-033.28', { cause })),
    )
    expect(text).not.toMatch(/Peeters|850730|85\.07/)
    expect(text).toContain('23505')
    expect(text).toContain('requests.spec')
    expect(safeError('thrown text')).toMatchObject({ name: 'string' })
  })
})

describe('streamed events', () => {
  it('never break out of their lines', () => {
    expect(formatEvent({ id: '1\n2', event: 'x\r', data: { a: 'b\nc' } })).toBe(
      'id: 1 2\nevent: x \ndata: {"a":"b\\nc"}\n\n',
    )
  })
})
