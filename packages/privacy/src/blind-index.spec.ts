import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { blindIndexOf } from './blind-index.ts'
import { createKeyCache } from './key-cache.ts'

const key = randomBytes(32)

describe('blind index', () => {
  it('is the same for every spelling of an INSZ and has 43 characters', () => {
    const plain = blindIndexOf(key, 'insz', '85073003328')
    expect(plain).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(blindIndexOf(key, 'insz', '85.07.30-033.28')).toBe(plain)
    expect(blindIndexOf(key, 'insz', ' 85 07 30 033 28 ')).toBe(plain)
    expect(blindIndexOf(key, 'insz', '85073003329')).not.toBe(plain)
  })

  it('differs per kind and per key', () => {
    expect(blindIndexOf(randomBytes(32), 'insz', '85073003328')).not.toBe(blindIndexOf(key, 'insz', '85073003328'))
    expect(blindIndexOf(key, 'iban', 'be71 0961 2345 6769')).toBe(blindIndexOf(key, 'iban', 'BE71096123456769'))
  })

  it('refuses what cannot be the identifier, without repeating it', () => {
    for (const wrong of ['', '8507300332', '850730033281', 'Peeters']) {
      expect(() => blindIndexOf(key, 'insz', wrong)).toThrow(/11 digits/)
    }
    expect(() => blindIndexOf(key, 'iban', 'Peeters')).toThrow(/IBAN/)
  })
})

describe('key cache', () => {
  it('keeps the newest, believes an entry for its time, and overwrites what leaves', () => {
    let now = 0
    const cache = createKeyCache(2, 100, () => now)
    const keys = ['a', 'b', 'c'].map((keyId) => ({ keyId, key: Buffer.alloc(32, 1) }))
    cache.set('a', keys[0]!)
    cache.set('b', keys[1]!)
    expect(cache.get('a')).toBe(keys[0])
    cache.set('c', keys[2]!)
    expect(cache.get('b')).toBeUndefined()
    expect(keys[1]!.key.every((byte) => byte === 0)).toBe(true)
    now = 100
    expect(cache.get('a')).toBeUndefined()
    cache.clear()
    expect(keys[2]!.key.every((byte) => byte === 0)).toBe(true)
  })
})
