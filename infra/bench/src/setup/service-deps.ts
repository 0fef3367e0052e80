import { INSURERS } from '@ziv/contracts'
import type { Caller } from '@ziv/http'
import { type IsoDate, movableClock } from '@ziv/kernel'
import { loadLaw } from '@ziv/law'
import type { MessagingDriver } from '@ziv/messaging'
import type { Database } from '@ziv/postgres'
import { createVault } from '@ziv/privacy'
import type { ServiceDeps } from '@ziv/service'
import { pino } from 'pino'

/** Keys of nobody: the data of the bench is made up and thrown away. */
const benchKeys = { masterKey: Buffer.alloc(32, 1), indexKey: Buffer.alloc(32, 2) }

/** What a service is put together on. `keys` is the database of the vault. */
export function depsOf(database: Database, keys: Database, today: IsoDate, driver?: MessagingDriver) {
  const clock = movableClock(today)
  const vault = createVault({ database: keys, ...benchKeys })
  const deps: ServiceDeps = {
    database,
    // services hold the driver but their own work never calls it
    driver: driver ?? ({} as MessagingDriver),
    clock,
    vault,
    auth: { verify: (): Promise<Caller> => Promise.reject(new Error('the bench calls no API here')) },
    law: loadLaw(),
    logger: pino({ level: 'silent' }),
    insurers: INSURERS,
    environment: 'sandbox',
  }
  return { deps, clock, vault }
}
