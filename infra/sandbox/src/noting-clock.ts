import { type Noting, noteOrLog } from '@ziv/service'
import type { Logger } from 'pino'
import type { SandboxClock } from './sandbox-clock.ts'

/** The clock, with a note when a business month begins. The day moves on also when no note can be made. */
export const notingClock = (clock: SandboxClock, anchors: Noting, logger: Pick<Logger, 'error'>): SandboxClock => ({
  ...clock,
  moveTo: async (date) => {
    const month = clock.today().slice(0, 7)
    await clock.moveTo(date)
    if (date.slice(0, 7) > month) await noteOrLog(anchors, clock, logger)
  },
})
