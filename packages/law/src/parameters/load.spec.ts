import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Cents, isoDate } from '@ziv/kernel'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { NoValueInForce, UnknownParameter } from './errors.ts'
import { loadLaw } from './load.ts'

const head = `description:
  nl: een waarde om te proberen
  fr: une valeur pour essayer
  de: ein Wert zum Probieren
  en: a value to try things with
unit: euro
values:
`
const value = (amount: string) => `{ value: ${amount}, source: a decree, confidence: verified, checkedOn: 2026-11-22 }`

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'law-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

function lawWith(text: string, name = 'trial.yaml') {
  mkdirSync(join(folder, 'theme'), { recursive: true })
  writeFileSync(join(folder, 'theme', name), text)
  return loadLaw(folder)
}

describe('a parameter file', () => {
  test('gives the value in force on a day, in cents', () => {
    const law = lawWith(`${head}  2020-01-01: ${value('10.10')}\n  2022-07-01: ${value('11')}\n`)
    const on = (day: string) => law.at<Cents>('theme/trial', isoDate(day)).value
    expect([on('2020-01-01'), on('2022-06-30'), on('2022-07-01'), on('2030-01-01')]).toEqual([1010, 1010, 1100, 1100])
  })

  test('says which parameter, which day and which first day when nothing is in force yet', () => {
    const law = lawWith(`${head}  2020-01-01: ${value('10')}\n`)
    expect(() => law.at('theme/trial', isoDate('2019-12-31'))).toThrow(NoValueInForce)
    expect(() => law.at('theme/trial', isoDate('2019-12-31'))).toThrow(
      'Parameter theme/trial has no value on 2019-12-31: its first value is in force from 2020-01-01',
    )
    expect(law.find('theme/trial', isoDate('2019-12-31'))).toBeUndefined()
  })

  test('ends a rule with null', () => {
    const law = lawWith(`${head}  2020-01-01: ${value('10')}\n  2021-01-01: ${value('null')}\n`)
    expect(law.find('theme/trial', isoDate('2020-12-31'))?.value).toBe(1000)
    expect(law.find('theme/trial', isoDate('2021-01-01'))).toBeUndefined()
    expect(() => law.at('theme/trial', isoDate('2021-06-01'))).toThrow('the rule ended on 2021-01-01 (a decree)')
  })

  test('may not repeat a date', () => {
    const text = `${head}  2020-01-01: ${value('10')}\n  2020-01-01: ${value('11')}\n`
    expect(() => lawWith(text)).toThrow('Map keys must be unique')
  })

  test('may not go back in time', () => {
    const text = `${head}  2021-01-01: ${value('10')}\n  2020-01-01: ${value('11')}\n`
    expect(() => lawWith(text)).toThrow('2020-01-01 stands after 2021-01-01; dates ascend')
  })

  test('may not have more than two decimals in euro', () => {
    expect(() => lawWith(`${head}  2020-01-01: ${value('10.105')}\n`)).toThrow('more than two decimals')
  })

  test('tells all its problems at once', () => {
    const text = 'description: { nl: een proefwaarde, fr: une valeur }\nunit: franc\nvalues: {}\nextra: 1\n'
    let message = ''
    try {
      lawWith(text)
    } catch (error) {
      message = String(error)
    }
    for (const place of ['theme/trial.yaml', 'description.de', 'description.en', 'unit', 'values', 'extra']) {
      expect(message).toContain(place)
    }
  })

  test('needs a source and a known confidence', () => {
    const text = `${head}  2020-01-01: { value: 1, source: '', confidence: certain, checkedOn: 2026-11-22 }\n`
    expect(() => lawWith(text)).toThrow(/source[\s\S]*confidence/)
  })

  test('has a name in kebab case', () => {
    expect(() => lawWith(`${head}  2020-01-01: ${value('1')}\n`, 'Trial_1.yaml')).toThrow('kebab-case')
  })

  test('changes the version of the law when its content changes', () => {
    const before = lawWith(`${head}  2020-01-01: ${value('10')}\n`).version
    const same = loadLaw(folder).version
    const after = lawWith(`${head}  2020-01-01: ${value('11')}\n`).version
    expect(same).toBe(before)
    expect(after).not.toBe(before)
  })
})

test('an empty folder is not a law', () => {
  expect(() => loadLaw(folder)).toThrow('no file <theme>/<name>.yaml')
})

test('a parameter that does not exist is named in the error', () => {
  expect(() => loadLaw().at('rights/nothing', isoDate('2024-01-01'))).toThrow(UnknownParameter)
})

test('the default law is loaded once', () => {
  expect(loadLaw()).toBe(loadLaw())
})
