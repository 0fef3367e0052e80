import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { referenceFolder } from '../commands/docs.ts'
import { readConfig } from '../config.ts'
import { buildProgram } from '../program.ts'
import { referenceFiles } from './reference-files.ts'

const files = await referenceFiles(buildProgram(readConfig({})))

describe('the generated reference', () => {
  test('is made of something', () => {
    expect(files.size).toBeGreaterThan(12)
  })

  test.each([...files])('%s is as the code says: run `pnpm ziv docs` when it is not', (path, content) => {
    expect(readFileSync(join(referenceFolder, path), 'utf8')).toBe(content)
  })

  test('shows no article without a rule that gives it and a scenario that asks it', () => {
    expect(files.get('law.md')).not.toContain('**none**')
  })

  test('has no contract of a service that is gone', () => {
    const present = readdirSync(join(referenceFolder, 'apis')).map((name) => `apis/${name}`)
    expect(present.filter((path) => !files.has(path))).toEqual([])
  })
})
