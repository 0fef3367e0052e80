import { fileURLToPath } from 'node:url'

/** Folder of the tables every service database needs for its API: idempotency keys and the access log. */
export const httpMigrations: string = fileURLToPath(new URL('../migrations', import.meta.url))
