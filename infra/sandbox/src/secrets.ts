import { join } from 'node:path'
import { type SandboxIssuer, sandboxIssuer } from '@ziv/http'
import { type MasterKeys, masterKeyFrom, masterKeysOf } from '@ziv/privacy'

/** Keys of a sandbox, made on first use in its data folder with mode 0600. Production gets them from its own key service. */
export interface SandboxSecrets {
  readonly issuer: SandboxIssuer
  readonly masterKey: MasterKeys
  /** The file of the keys of the vault. */
  readonly keysFile: string
  readonly indexKey: Buffer
}

/** Reads or makes the keys of a sandbox folder. */
export async function sandboxSecrets(dataDir: string): Promise<SandboxSecrets> {
  const folder = join(dataDir, 'secrets')
  const keysFile = join(folder, 'vault.json')
  const { indexKey } = await masterKeyFrom(keysFile)
  const issuer = await sandboxIssuer({ keyFile: join(folder, 'issuer.pem'), environment: 'sandbox' })
  return { issuer, indexKey, keysFile, masterKey: masterKeysOf(keysFile) }
}
