import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { businessDateMoved } from '@ziv/contracts'
import { type Clock, type Instant, type IsoDate, isoDate, movableClock } from '@ziv/kernel'
import type { IncomingMessage, MessagingDriver } from '@ziv/messaging'
import type { Logger } from 'pino'

export interface ClockOptions {
  /** Business date before any move. */
  readonly startAt: IsoDate
  /** Newest moment that the service stored before: it records nothing behind it. */
  readonly newest: Instant | null
  readonly driver: MessagingDriver
  /** First part of the group id; the rest is of this process alone. */
  readonly group: string
  readonly logger: Logger
}

/** A clock that a topic moves, until it is stopped. */
export interface FollowedClock extends Clock {
  stop(): Promise<void>
}

/**
 * The clock of a service in the sandbox: `ziv.clock.v1` moves it. Every process reads the whole topic under a group of its own,
 * because each replica has to hear of every move; it resolves when the moves of the past are known. Dates that are not later change
 * nothing, so the order of arrival does not matter.
 */
export async function followClock(options: ClockOptions): Promise<FollowedClock> {
  const { startAt, driver, logger } = options
  const groupId = `${options.group}.clock.${randomUUID()}`
  const topics = [businessDateMoved.topic]
  const clock = movableClock(startAt, Date.now, options.newest)
  const take = (message: IncomingMessage): void => {
    if (message.headers.ce_type !== businessDateMoved.type) return
    const parsed = businessDateMoved.schema.safeParse(parseJson(message.value))
    if (!parsed.success) {
      logger.error({ offset: message.offset }, 'a move of the business date cannot be read')
      return
    }
    const date = isoDate(parsed.data.businessDate)
    if (date > clock.today()) clock.moveTo(date)
  }
  const subscription = await driver.subscribe({
    groupId,
    topics,
    onBatch: async (messages) => {
      for (const message of messages) take(message)
    },
  })
  const behind = async (): Promise<boolean> => (await driver.lag(groupId, topics)).some(({ lag }) => lag > 0)
  while (await behind()) await sleep(100)
  logger.info({ businessDate: clock.today() }, 'the business date follows ziv.clock.v1')
  const { now, today, millisSince } = clock
  return { now, today, millisSince, stop: () => subscription.stop() }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
