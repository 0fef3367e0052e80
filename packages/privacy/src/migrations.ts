import { fileURLToPath } from 'node:url'

/** Folder of the migrations of the key database (`ziv_privacy`). */
export const privacyMigrations: string = fileURLToPath(new URL('../migrations', import.meta.url))
