import { fileURLToPath } from 'node:url'

/** Folder of this service's own tables; run it after those of the event store, the consumer and http. */
export const migrations: string = fileURLToPath(new URL('../migrations', import.meta.url))
