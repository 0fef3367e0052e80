import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('./events', import.meta.url))

export const eventsIndexFile = `${folder}/index.ts`

/** What `events/index.ts` has to hold: everything that the files beside it declare. */
export const eventsIndex = (files: readonly string[] = readdirSync(folder)): string =>
  files
    .filter((file) => file.endsWith('.ts') && file !== 'index.ts')
    .sort((a, b) => (stem(a) < stem(b) ? -1 : 1))
    .map((file) => `export * from './${file}'\n`)
    .join('')

const stem = (file: string): string => file.replace(/\.ts$/, '')
