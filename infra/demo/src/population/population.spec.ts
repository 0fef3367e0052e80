import { ageOn, isoDate, parseInsz } from '@ziv/kernel'
import { describe, expect, it } from 'vitest'
import { population } from './population.ts'

const story = { seed: 7, from: isoDate('2023-01-02'), to: isoDate('2025-06-30') }

describe('the small Belgium', () => {
  it('is the same for the same seed, and another one for another seed', () => {
    const first = [...population({ ...story, persons: 500 })]
    expect([...population({ ...story, persons: 500 })]).toEqual(first)
    expect([...population({ ...story, seed: 8, persons: 500 })]).not.toEqual(first)
  })

  it('a larger population starts with the smaller one', () => {
    const small = [...population({ ...story, persons: 300 })].map((person) => person.insz)
    const large = [...population({ ...story, persons: 3_000 })].slice(0, 300).map((person) => person.insz)
    expect(large).toEqual(small)
  })

  it('gives everybody a valid number of their own that tells birth and sex', () => {
    const seen = new Set<string>()
    for (const person of population({ ...story, persons: 20_000 })) {
      const parsed = parseInsz(person.insz)
      expect(parsed.ok && parsed.value.birthDate).toBe(person.birthDate)
      expect(parsed.ok && parsed.value.sex).toBe(person.sex)
      seen.add(person.insz)
    }
    expect(seen.size).toBe(20_000)
  })

  it('lets holders come before their dependants, at the same ziekenfonds', () => {
    const known = new Set<string>()
    let dependants = 0
    for (const person of population({ ...story, persons: 5_000 })) {
      if (person.holder !== null) {
        dependants += 1
        expect(known.has(person.holder.personId)).toBe(true)
        expect(person.holder.ziekenfonds).toBe(person.ziekenfonds)
      }
      known.add(person.personId)
    }
    expect(dependants).toBeGreaterThan(500)
  })

  it('has no child that is too old to depend on the day it joins', () => {
    let oldest = 0
    for (const person of population({ ...story, persons: 20_000 })) {
      if (person.capacity !== 'DEPENDANT_CHILD') continue
      oldest = Math.max(oldest, ageOn(person.birthDate, person.joinsOn))
    }
    expect(oldest).toBe(24)
  })

  it('keeps the proportions of the insurers', () => {
    const counts = new Map<string, number>()
    for (const person of population({ ...story, persons: 20_000 })) {
      counts.set(person.insurer, (counts.get(person.insurer) ?? 0) + 1)
    }
    expect([...counts.keys()].sort()).toEqual(['100', '200', '300', '400', '500', '600', '900'])
    expect((counts.get('100') ?? 0) / 20_000).toBeGreaterThan(0.37)
    expect((counts.get('100') ?? 0) / 20_000).toBeLessThan(0.44)
  })
})
