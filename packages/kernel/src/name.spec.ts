import { describe, expect, test } from 'vitest'
import { parseName } from './name.ts'

describe('name', () => {
  test.each(['Lefèvre', "O'Neill", 'von der Leyen', 'Đorđević', '王小明'])('%s is read', (name) => {
    expect(parseName(` ${name} `)).toEqual({ ok: true, value: name })
  })

  test('as many characters as may be are read, and one more is not', () => {
    expect(parseName('a'.repeat(200)).ok).toBe(true)
    expect([parseName('abc', 3).ok, parseName('abcd', 3).ok]).toEqual([true, false])
  })

  test.each([
    ['', 'NAME_EMPTY'],
    ['   ', 'NAME_EMPTY'],
    ['a'.repeat(201), 'NAME_LENGTH'],
    ['Lef\uFFFDvre', 'NAME_CHARACTERS'],
    ['a\u0000b', 'NAME_CHARACTERS'],
    ['a\nb', 'NAME_CHARACTERS'],
    ['a\uD800b', 'NAME_CHARACTERS'],
  ])('%j is refused', (text, code) => {
    expect(parseName(text)).toMatchObject({ ok: false, error: { code } })
  })
})
