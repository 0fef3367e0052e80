import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { beyondExceptions, parseExceptions } from './ratchet.ts'
import { rules } from './rules.ts'
import { plantedTree, readTree } from './tree.ts'

const tree = readTree(fileURLToPath(new URL('../../../', import.meta.url)))
const exceptions = parseExceptions(tree.files.get('packages/tidy/src/exceptions.json') ?? '{}')
const today = new Date().toISOString().slice(0, 10)
const told: string[] = []

afterAll(() => {
  process.stdout.write(`tidy: what was read, and what is borne for now\n${told.join('\n')}\n`)
})

describe('the repository', () => {
  test.for(rules)('$name', (rule) => {
    const { read, findings, note } = rule.check(tree, today)
    const borne = Object.keys(exceptions[rule.name] ?? {}).length
    told.push(
      `  ${String(read).padStart(5)} read ${String(borne).padStart(3)} borne  ${rule.name}${note ? ` (${note})` : ''}`,
    )
    expect(read, 'a rule that read nothing proves nothing').toBeGreaterThan(0)
    const wrong = beyondExceptions(rule.name, findings, exceptions[rule.name])
    expect(wrong, `\n${wrong.join('\n')}\n`).toEqual([])
  })

  test('every list of exceptions belongs to a rule', () => {
    const names = new Set(rules.map(({ name }) => name))
    expect(Object.keys(exceptions).filter((name) => !names.has(name))).toEqual([])
  })
})

describe('a planted offender', () => {
  test.for(rules)('is noticed: $name', ({ check, planted }) => {
    const offended = check(plantedTree(planted.files), '2026-06-01')
    expect(offended.findings.map(({ key }) => key)).toEqual([planted.key])
    expect(check(plantedTree(planted.corrected), '2026-06-01').findings).toEqual([])
    expect(check(plantedTree({ 'picture.png': '' }), '2026-06-01').findings).toEqual([])
  })
})

describe('exceptions', () => {
  const found = [{ key: 'a', message: 'a is long', size: 80 }]

  test('spare what they name, up to the size they name', () => {
    expect(beyondExceptions('size', found, { a: 80 })).toEqual([])
    expect(beyondExceptions('size', found, { a: 79 })).toHaveLength(1)
    expect(beyondExceptions('size', found, { a: 'being rewritten' })).toEqual([])
    expect(beyondExceptions('size', found)).toHaveLength(1)
  })

  test('may only shrink: one that is not needed fails', () => {
    expect(beyondExceptions('size', [], { a: 80 })).toEqual(['the exception is no longer needed, remove it  [size: a]'])
  })

  test('need a reason in words, or a size', () => {
    expect(() => parseExceptions('{"size":{"a":""}}')).toThrow('needs a reason')
    expect(() => parseExceptions('{"size":{"a":0}}')).toThrow('needs a reason')
  })
})
