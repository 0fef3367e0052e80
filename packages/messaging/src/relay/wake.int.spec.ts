import { eventStoreMigrations, OUTBOX_WRITTEN } from '@ziv/event-store'
import { createTestDatabase } from '@ziv/testing'
import { expect, it } from 'vitest'
import { counted, countedEvent, publish } from '../contract/counted-event.ts'
import { startRelay } from '../relay/relay.ts'
import type { MessagingDriver, OutgoingMessage } from '../types.ts'

const HOURS = 3_600_000

it('a commit of its own process wakes a relay that would look again in hours', async () => {
  const { database, drop } = await createTestDatabase({ migrations: [eventStoreMigrations] })
  const sent: OutgoingMessage[] = []
  let arrived = (): void => {}
  const driver = {
    producer: async () => ({
      send: async (messages: readonly OutgoingMessage[]) => {
        sent.push(...messages)
        arrived()
      },
      close: async () => {},
    }),
  } as unknown as MessagingDriver
  const relay = await startRelay({ service: 'spec', database, driver, pollIdleMs: HOURS, leaseMs: 3 * HOURS })
  try {
    for (const n of [1, 2, 3]) {
      // longer than the short looks after the last row
      await new Promise((done) => setTimeout(done, 300))
      const there = new Promise<void>((done) => {
        arrived = done
      })
      await database.transaction(async (tx) => {
        await publish(tx, [counted(countedEvent('t'), 'k', n)])
        tx.notify(OUTBOX_WRITTEN)
      })
      // a transaction that another spec holds open on this server holds the row back: whoever commits then wakes it again
      const again = setInterval(() => void database.transaction(async (tx) => tx.notify(OUTBOX_WRITTEN)), 1_000)
      await there.finally(() => clearInterval(again))
    }
    expect(sent.map(({ value }) => value)).toEqual(['{"n":1}', '{"n":2}', '{"n":3}'])
  } finally {
    await relay.stop()
    await drop()
  }
})
