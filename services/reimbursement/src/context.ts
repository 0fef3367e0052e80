import type { AccessLog } from '@ziv/http'
import type { Intake } from '@ziv/intake'
import type { ServiceContext } from '@ziv/service'
import type { ReimbursementConfig } from './config.ts'
import type { Tariffs } from './projections/tariff-store.ts'

/** What the parts of this service share. */
export interface Context extends ServiceContext {
  readonly tariffs: Tariffs
  readonly config: ReimbursementConfig
}

/** What its routes have beside that. */
export interface ApiContext extends Context {
  readonly accessLog: AccessLog
  readonly intake: Intake
}
