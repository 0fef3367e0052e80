import { join } from 'node:path'

/** Folder of the tables of files; every service has them. */
export const intakeMigrations: string = join(import.meta.dirname, '..', 'migrations')
