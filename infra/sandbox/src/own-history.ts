import { setTimeout as sleep } from 'node:timers/promises'
import type { MessagingDriver, PartitionLag, TopicSpec } from '@ziv/messaging'
import type { Database } from '@ziv/postgres'

/** The broker holds another history than this sandbox. */
class ForeignHistory extends Error {
  readonly code = 'SANDBOX_FOREIGN_HISTORY'
  constructor(problem: string) {
    super(`${problem}: take an empty broker, or give this sandbox topics of its own with --topic-prefix <text>`)
    this.name = 'ForeignHistory'
  }
}

/** A group that never commits: its lag counts every message that topics hold. */
const observer = 'ziv.sandbox.observer'
const ATTEMPTS_MAX = 40

/**
 * A sandbox must never read the history of another one: the same seed gives the same persons, whose messages would be
 * dropped as duplicates, or park as gaps. Throws `ForeignHistory` when the topics hold messages although nothing of this
 * sandbox was ever published, or hold none although something was sent. `noted`: this sandbox has notes, which it publishes.
 */
export async function assertOwnHistory(
  driver: MessagingDriver,
  topics: readonly TopicSpec[],
  services: readonly { readonly database: Database }[],
  noted: boolean,
): Promise<void> {
  if (driver.kind === 'embedded') return
  const lags = await endsOf(driver, topics)
  const held = lags.find(({ end }) => end !== '0')
  const published = noted || (await anywhere(services, 'select exists (select from es.topic_keys) as yes'))
  if (held !== undefined && !published) {
    throw new ForeignHistory(`topic ${held.topic} holds messages, but this sandbox has never published any`)
  }
  const sent = `select exists (select from es.checkpoints where processor = 'relay' and position > 0) as yes`
  if (held === undefined && published && (await anywhere(services, sent))) {
    throw new ForeignHistory('this sandbox has sent messages, but the broker holds none')
  }
}

/** Topics made a moment ago have no leader for a while. */
async function endsOf(driver: MessagingDriver, topics: readonly TopicSpec[]): Promise<readonly PartitionLag[]> {
  const names = topics.map(({ name }) => name)
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await driver.lag(observer, names)
    } catch (error) {
      if (attempt === ATTEMPTS_MAX) throw error
      await sleep(250)
    }
  }
}

async function anywhere(services: readonly { readonly database: Database }[], sql: string): Promise<boolean> {
  for (const { database } of services) {
    const { rows } = await database.query<{ yes: boolean }>(sql)
    if (rows[0]?.yes === true) return true
  }
  return false
}
