import { join } from 'node:path'

/** Folder of the tables of runs; every service that has long work runs them. */
export const runsMigrations: string = join(import.meta.dirname, '..', 'migrations')
