import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { assertDataFolder, makeDataFolder } from './data-folder.ts'
import { startSandbox } from './sandbox.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ziv-data-'))
  await writeFile(join(folder, 'file'), '')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('data folder', () => {
  it('below /proc, which takes no folder, is refused at once', async ({ skip }) => {
    skip(process.platform !== 'linux', 'there is no /proc on other systems')
    await expect(makeDataFolder('/proc/ziv/data')).rejects.toThrow('/proc/ziv/data cannot be written')
  })

  it('below a file is refused with the reason, and nothing is left', async () => {
    await expect(startSandbox({ dataDir: join(folder, 'file', 'data') })).rejects.toThrow('cannot be written (ENOTDIR)')
    expect(await readdir(folder)).toEqual(['file'])
  })

  it('that is missing is made with its parents', async () => {
    await makeDataFolder(join(folder, 'a', 'b'))
    expect(await readdir(join(folder, 'a'))).toEqual(['b'])
  })

  it('that is only looked at is not made', async () => {
    const nowhere = join(folder, 'nowhere')
    await expect(startSandbox({ dataDir: nowhere, passive: true })).rejects.toThrow('holds no sandbox')
    expect(() => assertDataFolder(nowhere)).toThrow(nowhere)
    expect(await readdir(folder)).not.toContain('nowhere')
  })
})
