import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { anchorKey } from '../notes/signed-file.ts'
import { Journal, readEarlier, refusal } from './journal.ts'

const begun = {
  begunAt: '2026-03-01T10:00:00.000Z',
  businessDate: '2024-03-01',
  fingerprint: 'f1',
  plans: [{ bounds: ['b'], total: 2 }],
}

let folder = ''
let file = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ziv-journal-'))
  file = join(folder, 'verification.jsonl')
})
afterEach(() => rm(folder, { recursive: true }))

const keyOf = (name: string) => anchorKey(join(folder, name))

async function written() {
  const key = await keyOf('anchor.pem')
  const journal = await Journal.begin(file, key, begun)
  for (const [range, result] of [
    ['0/0', { n: 1 }],
    ['0/1', { n: 2 }],
    ['1/0', { n: 3 }],
  ] as const) {
    await journal.done(range, result)
  }
  await journal.close()
  return key
}

it('keeps what ranges gave, and goes on behind it', async () => {
  const key = await written()
  // what a crash leaves of a line is no line
  await appendFile(file, '{"previous":"00')
  const earlier = (await readEarlier(file, key))!
  expect(earlier).toMatchObject({ begun, ended: false, problem: null })
  expect([...earlier.results.keys()]).toEqual(['0/0', '0/1', '1/0'])
  const journal = await Journal.goOn(file, key, earlier)
  await journal.done('1/1', { n: 4 })
  await journal.ended('2026-03-01T10:05:00.000Z')
  await journal.close()
  expect(await readEarlier(file, key)).toMatchObject({ ended: true, problem: null })
  expect((await readEarlier(file, key))?.results.get('1/1')).toEqual({ n: 4 })
})

it('refuses a line that was changed and all that rest on it', async () => {
  const key = await written()
  const lines = (await readFile(file, 'utf8')).split('\n')
  await writeFile(file, lines.with(2, lines[2]!.replace('"n":2', '"n":9')).join('\n'))
  const changed = (await readEarlier(file, key))!
  expect(changed.problem).toContain('line 3 of')
  expect(changed.problem).toContain('has not the signature of this installation')
  expect([...changed.results.keys()]).toEqual(['0/0'])
})

it('refuses a line that was taken out, and a file of another installation', async () => {
  const key = await written()
  const lines = (await readFile(file, 'utf8')).split('\n')
  await writeFile(file, lines.toSpliced(2, 1).join('\n'))
  const taken = (await readEarlier(file, key))!
  expect(taken.problem).toContain('line 3 of')
  expect(taken.problem).toContain('does not follow the one before it')
  expect([...taken.results.keys()]).toEqual(['0/0'])
  await writeFile(file, lines.join('\n'))
  expect(await readEarlier(file, await keyOf('other.pem'))).toBeNull()
})

it('holds for a run of the same day, business date and proofs that did not end', () => {
  const { plans: _, ...about } = begun
  const now = { ...about, begunAt: '2026-03-02T09:59:00.000Z' }
  const earlier = { ...begun, ended: false }
  expect(refusal(earlier, now)).toBeNull()
  expect(refusal(earlier, { ...now, begunAt: '2026-03-02T10:01:00.000Z' })).toContain('more than a day ago')
  expect(refusal(earlier, { ...now, begunAt: '2026-03-01T09:00:00.000Z' })).toContain('begins later than now')
  expect(refusal(earlier, { ...now, businessDate: '2024-03-02' })).toContain('business date 2024-03-01')
  expect(refusal(earlier, { ...now, fingerprint: 'f2' })).toContain('other proofs')
  expect(refusal({ ...earlier, ended: true }, now)).toContain('went to its end')
})
