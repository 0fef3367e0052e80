import { v5 } from 'uuid'
import { describe, expect, test, vi } from 'vitest'
import { fixedClock, systemClock } from './clock.ts'
import { uuidV5, uuidV7, ZIV_NAMESPACE } from './ids.ts'
import { instant, millisOf } from './instant.ts'

const V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

describe('identifiers of things', () => {
  test('a version 7 id holds the milliseconds of the clock', () => {
    const moment = instant('2026-11-22T04:31:00.123Z')
    const id = uuidV7(fixedClock(moment))
    expect(id).toMatch(V7)
    expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(millisOf(moment))
  })

  test('ids of one clock are different and rise, also within one millisecond', () => {
    for (const clock of [fixedClock(instant('2026-11-22T04:31:00Z')), systemClock(), undefined]) {
      const ids = Array.from({ length: 2000 }, () => uuidV7(clock))
      expect(new Set(ids).size).toBe(2000)
      expect(ids.toSorted()).toEqual(ids)
    }
  })

  test('two clocks at one moment give different ids', () => {
    const moment = instant('2026-11-22T04:31:00Z')
    expect(uuidV7(fixedClock(moment))).not.toBe(uuidV7(fixedClock(moment)))
  })

  test('a name gives the same version 5 id for ever, in its namespace', () => {
    // the example of RFC 9562, appendix A.4
    expect(uuidV5('www.example.com', '6ba7b810-9dad-11d1-80b4-00c04fd430c8')).toBe(
      '2ed6657d-e927-568b-95e1-2665a8aea6a2',
    )
    expect(uuidV5('command-1')).toBe('651b0903-a36f-5f27-b9df-bf1d25a614b2')
    expect(uuidV5('command-2')).not.toBe(uuidV5('command-1'))
  })

  test('a version 5 id is the one the library gives, for every text', () => {
    const other = '6ba7b810-9dad-11d1-80b4-00c04fd430c8'
    for (const name of [
      '',
      'a',
      'é€😀',
      '\ud800',
      'x'.repeat(5_000),
      ...Array.from({ length: 200 }, (_, i) => `n${i}`),
    ]) {
      expect(uuidV5(name)).toBe(v5(name.toWellFormed(), ZIV_NAMESPACE))
      expect(uuidV5(name, other)).toBe(v5(name.toWellFormed(), other))
    }
    expect(() => uuidV5('a', 'nothing')).toThrow('is not a UUID')
  })

  test('ids rise also when the clock of the machine is set back', () => {
    const later = uuidV7()
    const wall = vi.spyOn(Date, 'now').mockReturnValue(Date.now() - 60_000)
    expect(uuidV7() > later).toBe(true)
    wall.mockRestore()
  })
})
