import { fileURLToPath } from 'node:url'

/** Folder with the tables of the embedded log, for the database ziv_messaging. */
export const messagingLogMigrations: string = fileURLToPath(new URL('../migrations/log', import.meta.url))

/** Folder with the consumer's tables in schema es, for every service database; run it after `eventStoreMigrations`. */
export const consumerMigrations: string = fileURLToPath(new URL('../migrations/consumer', import.meta.url))
