import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { officialSamples } from '../official-samples.config.ts'
import { collect, text } from '../testing.ts'
import { readDmfa } from './reader.ts'

const xmllint = ['/usr/bin/xmllint', '/usr/local/bin/xmllint', '/opt/homebrew/bin/xmllint'].find(existsSync)
const ready = officialSamples !== undefined && xmllint !== undefined
if (!ready)
  process.stdout.write('reader not compared with the schema: ZIV_OFFICIAL_SAMPLES is not set or xmllint is missing\n')

const structural =
  /^DMFA-(?:UNKNOWN|MISSING|TOO-MANY|ORDER|FORBIDDEN|EMPTY|NOT-NUMERIC|LENGTH|DOMAIN|DATE$|QUARTER$|XML)/u
const strange = [
  '',
  '0',
  '9',
  'X',
  '99999999999999',
  '2022-13-01',
  '2022-02-28',
  ' 5 ',
  '-1',
  '12.5',
  'A'.repeat(30),
  '+5',
]
const repeatable =
  /<(Service|Remun|Occupation|WorkerContribution|WorkerRecord|NaturalPerson|Reference)>[\s\S]*?<\/\1>/gu

/** One change of a valid declaration: an element removed, repeated, replaced, moved, or given a strange value. */
function changeArbitrary(good: string): fc.Arbitrary<string> {
  const leaves = [...good.matchAll(/<([A-Za-z0-9]+)>[^<]*<\/\1>/gu)]
  const blocks = [...good.matchAll(repeatable)]
  const leaf = fc.constantFrom(...leaves)
  const replace = (match: RegExpExecArray, by: string): string =>
    good.slice(0, match.index) + by + good.slice(match.index + match[0].length)
  return fc.oneof(
    leaf.map((l) => replace(l, '')),
    leaf.map((l) => replace(l, l[0] + l[0])),
    fc.tuple(leaf, fc.constantFrom(...strange)).map(([l, value]) => replace(l, `<${l[1]}>${value}</${l[1]}>`)),
    fc.tuple(leaf, leaf).map(([l, other]) => replace(l, other[0] + l[0])),
    fc.tuple(leaf, leaf).map(([l, other]) => replace(l, other[0])),
    fc.constantFrom(...blocks).map((b) => replace(b, '')),
    fc.constantFrom(...blocks).map((b) => replace(b, b[0] + b[0])),
  )
}

test('the reader finds a structure wrong exactly where the official schema does', async ({ skip }) => {
  skip(!ready, 'needs xmllint and the official schema (ZIV_OFFICIAL_SAMPLES)')
  const folder = mkdtempSync(join(tmpdir(), 'ziv-schema-'))
  try {
    const good = readFileSync(join(officialSamples!, 'rsz/samples/DmfAOriginal_20223_1.xml'), 'utf8')
    const files = fc.sample(changeArbitrary(good), { numRuns: 200 })
    const names = files.map((file, at) => {
      const name = join(folder, `${at}.xml`)
      writeFileSync(name, file)
      return name
    })
    const schema = join(officialSamples!, 'rsz/xsd/DmfAOriginal_20223.xsd')
    const { stderr } = spawnSync(xmllint!, ['--noout', '--schema', schema, ...names], {
      encoding: 'utf8',
      maxBuffer: 1e8,
    })
    for (const [at, file] of files.entries()) {
      const items = await collect(readDmfa(text(file)))
      const found = items.some((item) => item.kind === 'issue' && structural.test(item.issue.code))
      expect(found, file).toBe(stderr.includes(`${names[at]} fails to validate`))
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
})
