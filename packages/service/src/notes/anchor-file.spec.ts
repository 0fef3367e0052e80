import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EMPTY_LOG } from '@ziv/event-store'
import { instant, isoDate } from '@ziv/kernel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addNote, readNotes } from './anchor-file.ts'
import { anchorKey } from './signed-file.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ziv-anchors-'))
})
afterAll(() => rm(folder, { recursive: true }))

const content = (events: number) => ({
  businessDate: isoDate('2024-03-01'),
  notedAt: instant('2024-03-01T10:00:00.000Z'),
  logs: { affiliation: { ...EMPTY_LOG, events } },
})

async function threeNotes(name: string) {
  const file = join(folder, `${name}.jsonl`)
  const key = await anchorKey(join(folder, 'secrets', 'anchor.pem'))
  for (const events of [1, 2, 3]) await addNote(file, key, content(events))
  return { file, key, lines: (await readFile(file, 'utf8')).split('\n') }
}

test('notes are read back in their order, and the key is for the owner only', async () => {
  const { file, key } = await threeNotes('plain')
  const { notes, problem } = await readNotes(file, key)
  expect(problem).toBeNull()
  expect(notes.map(({ number, logs }) => [number, logs.affiliation?.events])).toEqual([
    [1, 1],
    [2, 2],
    [3, 3],
  ])
  expect((await stat(join(folder, 'secrets', 'anchor.pem'))).mode & 0o777).toBe(0o600)
})

test('a note that was changed has not the signature', async () => {
  const { file, key, lines } = await threeNotes('changed')
  await writeFile(file, lines.with(1, lines[1]!.replace('"events":2', '"events":9')).join('\n'))
  expect(await readNotes(file, key)).toMatchObject({ problem: expect.stringContaining('note 2') })
})

test('a note that was taken out is missed by the one after it', async () => {
  const { file, key, lines } = await threeNotes('short')
  await writeFile(file, lines.toSpliced(1, 1).join('\n'))
  expect(await readNotes(file, key)).toMatchObject({ problem: expect.stringContaining('does not follow') })
})

test('half a line that a crash left is no note, and the next one takes its place', async () => {
  const { file, key } = await threeNotes('torn')
  await appendFile(file, '{"number":4,"prev')
  await addNote(file, key, content(4))
  const { notes, problem } = await readNotes(file, key)
  expect([notes.length, problem]).toEqual([4, null])
})
