import type { AccessLog } from '@ziv/http'
import type { Runs } from '@ziv/runs'
import type { ServiceContext } from '@ziv/service'
import type { RightsConfig } from './config.ts'
import type { Standings } from './projections/standing.ts'
import type { Bases } from './reactors/bases.ts'
import type { Runner } from './runs/runner.ts'

/** What the parts of this service share. */
export interface Context extends ServiceContext {
  readonly bases: Bases
  readonly config: RightsConfig
}

/** What its routes have beside that. */
export interface ApiContext extends Context {
  readonly accessLog: AccessLog
  readonly runner: Runner
  readonly runs: Pick<Runs, 'find' | 'list' | 'start' | 'taskKinds' | 'resultOf'>
  readonly standings: Standings
}
