import type { AccessLog } from '@ziv/http'
import type { Runs } from '@ziv/runs'
import type { ServiceDeps } from '@ziv/service'
import type { ReturnHandler } from '../commands/return-handler.ts'
import type { CounterFeed } from '../projections/counter-feed.ts'

export interface ApiContext extends Pick<ServiceDeps, 'database' | 'clock' | 'law'> {
  readonly handler: ReturnHandler
  readonly feed: CounterFeed
  readonly accessLog: AccessLog
  readonly runs: Runs
}
