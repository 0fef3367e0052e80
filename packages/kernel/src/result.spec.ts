import { describe, expect, test } from 'vitest'
import { err, ok, unwrap } from './result.ts'

describe('result', () => {
  test('a good result gives its value', () => {
    expect(unwrap(ok(5))).toBe(5)
  })

  test('a refused result throws its code and message', () => {
    expect(() => unwrap(err('OGM_FORMAT', 'twelve digits'))).toThrow('OGM_FORMAT: twelve digits')
  })
})
