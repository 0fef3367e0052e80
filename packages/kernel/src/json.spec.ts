import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseJson } from './json.ts'

describe('JSON', () => {
  test.each(['{"a":1,"a":2}', '{"a":1,"\\u0061":2}', '[{"b":{"c":1,"d":2,"c":1}}]', '{"a":1,"a":1}'])(
    '%s has one key twice and is refused',
    (text) => {
      expect(parseJson(text)).toMatchObject({ ok: false, error: { code: 'JSON_KEY_TWICE' } })
    },
  )

  test.each([
    ['', 'JSON_FORMAT'],
    ['{', 'JSON_FORMAT'],
    ['{"a":1}x', 'JSON_FORMAT'],
    ['{"__proto__":1}', 'JSON_KEY_RESERVED'],
    ['{"a":[{"__proto__":{}}]}', 'JSON_KEY_RESERVED'],
    ['{"constructor":{"prototype":1}}', 'JSON_KEY_RESERVED'],
  ])('%j is refused and says why', (text, code) => {
    expect(parseJson(text)).toMatchObject({ ok: false, error: { code } })
  })

  test.each([
    '{"constructor":null}',
    '{"constructor":"prototype"}',
    '{"constructor":{"a":1},"prototype":{}}',
    '[[{"a":null},[]],null,{"b":1}]',
    '{"a:":":\\":"}',
    '[{"a":1},{"a":2}]',
    '":"',
    '{"":1}',
    'null',
  ])('%s is read', (text) => {
    expect(parseJson(text)).toEqual({ ok: true, value: JSON.parse(text) })
  })

  test('every value is read as JSON.parse reads it', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const read = parseJson(text)
        if (read.ok) expect(read.value).toEqual(JSON.parse(text))
        else expect(text).toMatch(/__proto__|constructor/)
      }),
    )
  })
})
