import { decrypt, type Encrypted } from './cipher.ts'
import { readKeyFile } from './key-file.ts'

/** The keys that wrap the keys of persons: the one in use, and those before it that may still wrap some. */
export interface MasterKeys {
  /** What new keys are wrapped with. */
  current(): Promise<Buffer>
  /** Opens what one of the keys wrapped; null when none did, also after another look for a key that was turned meanwhile. */
  open(encrypted: Encrypted, additional: string): Promise<Buffer | null>
}

/** One key that nobody turns. */
export const fixedMasterKey = (key: Buffer): MasterKeys => ({
  current: async () => key,
  open: async (encrypted, additional) => decrypt(key, encrypted, additional),
})

/** A file is looked at again after this long at most, so that a running service wraps with a turned key soon after. */
const BELIEVED_MS = 1_000

/** The keys of a file, read again when it may have changed: a key is turned while services run. */
export function masterKeysOf(file: string, nowMs: () => number = () => performance.now()): MasterKeys {
  let keys: readonly Buffer[] = []
  let readAt = Number.NEGATIVE_INFINITY
  const read = async (): Promise<readonly Buffer[]> => {
    const { masterKey, previousMasterKeys } = await readKeyFile(file)
    keys = [masterKey, ...previousMasterKeys]
    readAt = nowMs()
    return keys
  }
  const known = async (): Promise<readonly Buffer[]> => (nowMs() - readAt < BELIEVED_MS ? keys : await read())
  const openWith = (some: readonly Buffer[], encrypted: Encrypted, additional: string): Buffer | null => {
    for (const key of some) {
      const opened = decrypt(key, encrypted, additional)
      if (opened !== null) return opened
    }
    return null
  }
  return {
    current: async () => (await known())[0] as Buffer,
    open: async (encrypted, additional) =>
      openWith(keys, encrypted, additional) ?? openWith(await read(), encrypted, additional),
  }
}
