import { dependantRejections } from './dependant.rejections.ts'
import { evidenceRejections } from './evidence.rejections.ts'
import { identityRejections } from './identity.rejections.ts'
import { importRejections } from './import.rejections.ts'
import { lifecycleRejections } from './lifecycle.rejections.ts'
import { transferRejections } from './transfer.rejections.ts'

/** Every refusal of this service: status, legal basis and the sentence in four languages. */
export const rejections = {
  ...lifecycleRejections,
  ...transferRejections,
  ...identityRejections,
  ...dependantRejections,
  ...evidenceRejections,
  ...importRejections,
} as const
