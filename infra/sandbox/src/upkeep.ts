import type { Clock } from '@ziv/kernel'
import { pruneLog } from '@ziv/messaging'
import type { Database } from '@ziv/postgres'
import { meterMessaging, type Retention, type RunningUpkeep, serviceUpkeep, startUpkeep } from '@ziv/service'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import type { Movement, MovingService } from './running.ts'

interface Kept {
  readonly app: FastifyInstance
  readonly moving: readonly MovingService[]
  readonly movement: Movement
  /** Database of the embedded log. */
  readonly log: Database
  readonly clock: Clock
  readonly retention: Retention | undefined
  readonly logger: Logger
}

/** Metrics of what moves in this sandbox, and the removal of what is past its time in all of its databases. */
export function watchAndKeep({ app, moving, movement, log, clock, retention, logger }: Kept): RunningUpkeep {
  meterMessaging(app.metrics, movement.metered, logger)
  const ofServices = moving.flatMap(({ name, database }) => serviceUpkeep({ name, database, clock }, retention))
  const ofLog = { service: 'messaging', what: 'log', database: log, step: pruneLog }
  return startUpkeep({ tasks: [...ofServices, ofLog], logger, registry: app.metrics })
}
