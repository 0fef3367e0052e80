import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { masterKeyFrom } from './key-file.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ziv-keys-'))
})
afterAll(() => rm(folder, { recursive: true }))

describe('key file', () => {
  it('is made once, for its owner only, also when two start together', async () => {
    const file = join(folder, 'deep', 'vault.json')
    const [first, second] = await Promise.all([masterKeyFrom(file), masterKeyFrom(file)])
    expect(first).toEqual(second)
    expect(first.masterKey).toHaveLength(32)
    expect(first.masterKey.equals(first.indexKey)).toBe(false)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(await readdir(join(folder, 'deep'))).toEqual(['vault.json'])
  })

  it('is refused when others can read it or when it is damaged', async () => {
    const file = join(folder, 'open.json')
    await masterKeyFrom(file)
    await chmod(file, 0o644)
    await expect(masterKeyFrom(file)).rejects.toThrow(/chmod 600/)
    await writeFile(join(folder, 'broken.json'), '{"masterKey":', { mode: 0o600 })
    await expect(masterKeyFrom(join(folder, 'broken.json'))).rejects.toThrow(/backup/)
  })
})
