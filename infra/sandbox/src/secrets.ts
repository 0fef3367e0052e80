import { join } from 'node:path'
import { type SandboxIssuer, sandboxIssuer } from '@ziv/http'
import { masterKeyFrom } from '@ziv/privacy'

/** Keys of a sandbox, made on first use in its data folder with mode 0600. Production gets them from its own key service. */
export interface SandboxSecrets {
  readonly issuer: SandboxIssuer
  readonly masterKey: Buffer
  readonly indexKey: Buffer
}

/** Reads or makes the keys of a sandbox folder. */
export async function sandboxSecrets(dataDir: string): Promise<SandboxSecrets> {
  const folder = join(dataDir, 'secrets')
  return {
    issuer: await sandboxIssuer({ keyFile: join(folder, 'issuer.pem'), environment: 'sandbox' }),
    ...(await masterKeyFrom(join(folder, 'vault.json'))),
  }
}
