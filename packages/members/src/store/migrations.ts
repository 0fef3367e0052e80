import { join } from 'node:path'

/** Folder of the tables of members; every service that keeps a copy of the affiliation facts runs them. */
export const membersMigrations: string = join(import.meta.dirname, '..', '..', 'migrations')
