import { setTimeout as sleep } from 'node:timers/promises'
import { readCheckpoint } from '@ziv/event-store'
import { type MessagingDriver, type RunningRelay, relayProcessor, startRelay } from '@ziv/messaging'
import type { Database } from '@ziv/postgres'

/** Waits until the relay's checkpoint stands on the last row of the outbox. */
export async function untilRelayed(database: Database, relay: Pick<RunningRelay, 'wake'>): Promise<void> {
  const { rows } = await database.query<{ epoch: number; tx: string; id: string }>(
    'select epoch, tx, id from es.outbox order by epoch desc, tx desc, id desc limit 1',
  )
  const last = rows[0]
  if (last === undefined) return
  for (;;) {
    const { epoch, tx, position } = await readCheckpoint(database, relayProcessor)
    if (epoch === last.epoch && tx === last.tx && position === last.id) return
    relay.wake()
    await sleep(3)
  }
}

/** Relays everything in the outbox again, from its first row. */
export async function relayAll(database: Database, driver: MessagingDriver): Promise<void> {
  await database.query('delete from es.checkpoints where processor = $1', [relayProcessor])
  const relay = await startRelay({ service: 'bench', database, driver })
  await untilRelayed(database, relay)
  await relay.stop()
}
