import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { forget } from './forget.ts'

test('a fresh start leaves no note of the sandbox before it, and nothing that is not of a sandbox goes', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ziv-forget-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  for (const made of ['postgres', 'secrets', 'files']) await mkdir(join(folder, made))
  for (const file of ['anchors.jsonl', 'thesis.txt']) await writeFile(join(folder, file), 'text')
  await forget(folder)
  expect(await readdir(folder)).toEqual(['thesis.txt'])
})
