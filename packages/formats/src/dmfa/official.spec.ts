import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { officialSamples } from '../official-samples.config.ts'
import { codesOf, endOf, read, sample } from './testing.ts'

describe('against the official schema and samples', () => {
  const shared = officialSamples
  const schema = shared === undefined ? null : join(shared, 'rsz/xsd/DmfAOriginal_20223.xsd')
  const xmllint = ['/usr/bin/xmllint', '/usr/local/bin/xmllint', '/opt/homebrew/bin/xmllint'].find(existsSync)

  test('what we write is valid against the schema', async ({ skip }) => {
    skip(schema === null || xmllint === undefined, 'needs xmllint and the official schema (ZIV_OFFICIAL_SAMPLES)')
    const folder = mkdtempSync(join(tmpdir(), 'ziv-dmfa-'))
    try {
      const file = join(folder, 'dmfa.xml')
      writeFileSync(file, await sample())
      expect(() => execFileSync(xmllint!, ['--noout', '--schema', schema!, file], { stdio: 'pipe' })).not.toThrow()
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  test('the official samples are read or refused by type', async ({ skip }) => {
    skip(shared === undefined, 'needs the official samples (ZIV_OFFICIAL_SAMPLES)')
    const folder = join(shared!, 'rsz/samples')
    for (const name of readdirSync(folder)) {
      const items = await read(readFileSync(join(folder, name)), 1000)
      if (name.startsWith('DmfAOriginal')) {
        expect(codesOf(items), name).toEqual([])
        expect(endOf(items).workerRecords, name).toBe(7)
      } else expect(codesOf(items), name).toEqual(['DMFA-OTHER-MESSAGE'])
    }
  })
})
