import type { AccessLog } from '@ziv/http'
import type { Runs } from '@ziv/runs'
import type { ServiceDeps } from '@ziv/service'
import type { CounterFeed } from '../projections/counter-feed.ts'
import type { ReturnDesk } from '../returns/return-desk.ts'

export interface ApiContext extends Pick<ServiceDeps, 'database' | 'clock'> {
  readonly desk: ReturnDesk
  readonly feed: CounterFeed
  readonly accessLog: AccessLog
  readonly runs: Runs
}
