import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'

/** Makes the data folder when it is missing, and tries that it can be written. Throws a readable Error; then nothing is left of it. */
export async function makeDataFolder(dataDir: string): Promise<void> {
  const missing: string[] = []
  for (let folder = resolve(dataDir); !existsSync(folder); folder = dirname(folder)) missing.unshift(folder)
  try {
    // one by one: making all at once never ends below a folder that takes none, such as /proc
    for (const folder of missing) await mkdir(folder)
    const probe = join(resolve(dataDir), `.writable-${process.pid}`)
    await writeFile(probe, '')
    await rm(probe)
  } catch (error) {
    const [made] = missing
    if (made !== undefined) await rm(made, { recursive: true, force: true }).catch(() => undefined)
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    throw new Error(`the data folder ${resolve(dataDir)} cannot be written (${code}): give --data a folder that can`)
  }
}

/** Throws a readable Error when the folder holds no sandbox: to look at one makes nothing. */
export function assertDataFolder(dataDir: string): void {
  if (existsSync(join(resolve(dataDir), 'secrets', 'vault.json'))) return
  throw new Error(`${resolve(dataDir)} holds no sandbox: give --data the folder that \`ziv demo\` was started with`)
}
