import { randomBytes, randomUUID } from 'node:crypto'
import { link, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/** The two keys a vault needs: one wraps the keys of persons, the other makes the blind index. 32 bytes each. */
export interface RandomKeys {
  readonly masterKey: Buffer
  readonly indexKey: Buffer
}

/** What a key file holds: while the master key is being turned also those before it. */
export interface KeyFile extends RandomKeys {
  readonly previousMasterKeys: readonly Buffer[]
}

/**
 * Keys of a sandbox from a file, made on first use (mode 0600). Two processes that start together get the same keys.
 * Throws when others can read the file or when it does not hold two keys of 32 bytes.
 */
export async function masterKeyFrom(file: string): Promise<RandomKeys> {
  if (!(await exists(file))) await create(file)
  const { masterKey, indexKey } = await readKeyFile(file)
  return { masterKey, indexKey }
}

/** Reads a key file that is there. Throws when others can read it or when it does not hold keys of 32 bytes. */
export async function readKeyFile(file: string): Promise<KeyFile> {
  const { mode } = await stat(file)
  if ((mode & 0o077) !== 0) throw new Error(`${file} holds keys and can be read by others: chmod 600 ${file}`)
  return parse(file, await readFile(file, 'utf8'))
}

/** Puts keys in the place of those in a file, whole: nobody ever reads half a file. */
export async function writeKeyFile(file: string, keys: KeyFile): Promise<void> {
  const draft = `${file}.${randomUUID()}`
  const text = (key: Buffer): string => key.toString('base64')
  const previous = keys.previousMasterKeys.length === 0 ? {} : { previousMasterKeys: keys.previousMasterKeys.map(text) }
  const content = { masterKey: text(keys.masterKey), indexKey: text(keys.indexKey), ...previous }
  await writeFile(draft, `${JSON.stringify(content)}\n`, { mode: 0o600, flag: 'wx', flush: true })
  await rename(draft, file)
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false
      throw error
    },
  )
}

async function create(file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  const draft = `${file}.${randomUUID()}`
  const content = { masterKey: randomBytes(32).toString('base64'), indexKey: randomBytes(32).toString('base64') }
  await writeFile(draft, `${JSON.stringify(content)}\n`, { mode: 0o600, flag: 'wx', flush: true })
  try {
    // link fails when the file is there already: the first of two processes wins, and no one ever reads half a file
    await link(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    await rm(draft, { force: true })
  }
}

function parse(file: string, text: string): KeyFile {
  const content = readJson(text)
  const masterKey = Buffer.from(String(content.masterKey ?? ''), 'base64')
  const indexKey = Buffer.from(String(content.indexKey ?? ''), 'base64')
  const { previousMasterKeys: given = [] } = content
  const previous = Array.isArray(given) ? given.map((key) => Buffer.from(String(key), 'base64')) : null
  const keys = [masterKey, indexKey, ...(previous ?? [])]
  if (previous !== null && keys.every((key) => key.length === 32)) {
    return { masterKey, indexKey, previousMasterKeys: previous }
  }
  throw new Error(`${file} does not hold a masterKey and an indexKey of 32 bytes in base64: restore it from its backup`)
}

function readJson(text: string): Readonly<Partial<Record<keyof KeyFile, unknown>>> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}
