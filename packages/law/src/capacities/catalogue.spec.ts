import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isoDate } from '@ziv/kernel'
import { describe, expect, test } from 'vitest'
import { loadLaw } from '../parameters/load.ts'
import { reformLaw } from '../parameters/reform.ts'
import { startOfInsurance } from '../rules/start-of-insurance.ts'
import { mostAdvantageous } from './advantage.ts'
import { capacitiesFolder, loadCapacities, parseCapacity } from './load.ts'
import { capacityKnownFrom, capacityRule, parameterNameOf } from './rule.ts'
import { capacityRules } from './schema.ts'

const law = loadLaw()
const day = isoDate('2026-01-15')
const path = (code: string): string => join(capacitiesFolder, `${code}.yaml`)
const text = (code: string): string => readFileSync(path(code), 'utf8')
const read = (code: string, change: (text: string) => string) => () => parseCapacity(change(text(code)), path(code))

describe('a capacity for which the law is silent cannot be loaded', () => {
  const rules = ['start', 'regime', 'end', 'freeOwnRight', 'yieldsTo', 'rank']
  test.each(rules)('a holder without the rule %s', (rule) => {
    const block = new RegExp(`^  ${rule}:\\n(    .*\\n)+`, 'm')
    expect(read('EMPLOYEE', (file) => file.replace(block, ''))).toThrow(`rules.${rule}`)
  })
  test.each(['income', 'partner'])('a dependant without the rule %s', (rule) => {
    const block = new RegExp(`^  ${rule}:\\n(    .*\\n)+`, 'm')
    expect(read('DEPENDANT_CHILD', (file) => file.replace(block, ''))).toThrow(`rules.${rule}`)
  })
  test('a rule that nothing here carries out', () => {
    expect(read('EMPLOYEE', (file) => file.replace('quarterOfAcquisition', 'monthOfAcquisition'))).toThrow(
      'rules.start',
    )
  })
  test('a value that does not say where it comes from', () => {
    expect(read('EMPLOYEE', (file) => file.replace(/source: [^,]*, /, ''))).toThrow('source')
  })
  test('a name that lacks a language', () => {
    expect(read('EMPLOYEE', (file) => file.replace(/^ {2}de: .*\n/m, ''))).toThrow('labels.de')
  })
  test('neither proofs nor a reason to wait', () => {
    expect(read('EMPLOYEE', (file) => file.replace(/^evidence:\n( {2}.*\n)+/m, ''))).toThrow('waitingFor')
  })
  test('a holder whose year is that of a holder', () => {
    expect(read('EMPLOYEE', (file) => file.replace('value: wage', 'value: followsHolder'))).toThrow('followsHolder')
  })
  test('a holder who yields to a free right of his or her own', () => {
    const yields = read('EMPLOYEE', (file) => file.replace('value: nothing', 'value: freeRightOfOnesOwn'))
    expect(yields).toThrow('only dependants yield')
  })
  test('a personal contribution without a step', () => {
    expect(read('EMPLOYEE', (file) => file.replace('value: wage', 'value: personal'))).toThrow('contributionStep')
  })
  test('a file with another name than its code', () => {
    expect(() => parseCapacity(text('EMPLOYEE'), path('WORKER'))).toThrow('is called EMPLOYEE.yaml')
  })
})

test('every capacity has each of its rules on every day the law here knows it', () => {
  for (const { code, role } of loadCapacities().all) {
    const first = capacityKnownFrom(law, code)
    const own = role === 'holder' ? (['freeOwnRight'] as const) : (['income', 'partner'] as const)
    for (const rule of ['start', 'regime', 'end', 'yieldsTo', ...own] as const) {
      expect(capacityRules[rule]).toContain(capacityRule(law, code, rule, first).value)
    }
  }
})

test('a capacity that no file describes decides nothing', () => {
  expect(() => startOfInsurance('PILOT', { acquiredOn: day, requestedOn: day }, law)).toThrow(
    'No capacity is called "PILOT" here',
  )
  expect(() => loadCapacities().at('PILOT')).toThrow('No capacity is called "PILOT"')
  expect(() => capacityKnownFrom(law, 'PILOT')).toThrow('No capacity is called "PILOT"')
})

test('a changed rule is a new dated value beside the old one', () => {
  const name = parameterNameOf('STUDENT', 'start')
  const reformed = reformLaw(law, {
    [name]: [{ from: isoDate('2026-07-01'), value: 'quarterOfAcquisition', source: 'what if' }],
  })
  const start = (acquiredOn: string) => {
    const facts = { acquiredOn: isoDate(acquiredOn), requestedOn: isoDate('2027-01-10') }
    return startOfInsurance('STUDENT', facts, reformed).result.from
  }
  expect([start('2026-06-30'), start('2026-07-01')]).toEqual(['2027-01-01', '2026-07-01'])
})

test('of several capacities at once the most advantageous counts, of equal ones the first', () => {
  const held = (capacity: string) => ({ capacity })
  const best = (...codes: string[]) => {
    const [first, ...others] = codes.map(held)
    return mostAdvantageous(first!, others, day, law).capacity
  }
  expect([best('STUDENT', 'EMPLOYEE'), best('RESIDENT', 'DEPENDANT_CHILD', 'STUDENT')]).toEqual([
    'EMPLOYEE',
    'DEPENDANT_CHILD',
  ])
  const twins = [
    { capacity: 'STUDENT', n: 1 },
    { capacity: 'STUDENT', n: 2 },
  ]
  expect(mostAdvantageous(twins[0]!, twins.slice(1), day, law)).toBe(twins[0])
})
