import type { AccessLog } from '@ziv/http'
import type { Runs } from '@ziv/runs'
import type { ServiceContext } from '@ziv/service'
import type { ReturnHandler } from './commands/return-handler.ts'
import type { CounterFeed } from './projections/counter-feed.ts'

/** What the parts of this service share. */
export type Context = ServiceContext

/** What its routes have beside that. */
export interface ApiContext extends Context {
  readonly handler: ReturnHandler
  readonly feed: CounterFeed
  readonly accessLog: AccessLog
  readonly runs: Runs
}
