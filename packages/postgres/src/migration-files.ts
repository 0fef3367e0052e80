import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'

export interface MigrationFile {
  readonly number: number
  readonly name: string
  readonly path: string
  readonly sql: string
  readonly hash: string
}

const FILE_NAME = /^(\d{4})_[a-z0-9-]+\.sql$/

/** A migration folder or file breaks a rule: numbering, a changed file, a failed statement. The text says what to do. */
export class MigrationError extends Error {
  readonly code = 'POSTGRES_MIGRATION'
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'MigrationError'
  }
}

/** `packages/event-store/migrations` -> `event-store`; `.../migrations/es` -> `es`. */
export function namespaceOf(folder: string): string {
  const absolute = resolve(folder)
  return basename(absolute) === 'migrations' ? basename(dirname(absolute)) : basename(absolute)
}

/** Reads `0001_name.sql`, `0002_name.sql`, ... without holes. The hash ignores line endings, so a checkout on Windows agrees. */
export async function readMigrations(folder: string): Promise<readonly MigrationFile[]> {
  const entries = await readdir(folder).catch((cause: unknown) => {
    throw new MigrationError(`migration folder ${folder} cannot be read: check the path`, { cause })
  })
  const names = entries.filter((name) => name.endsWith('.sql')).sort()
  return await Promise.all(
    names.map(async (name, index) => {
      const number = Number(FILE_NAME.exec(name)?.[1])
      if (number !== index + 1) {
        const wanted = `${String(index + 1).padStart(4, '0')}_<lower-case-words>.sql`
        throw new MigrationError(
          `${join(folder, name)}: expected ${wanted}; number the files 0001, 0002, ... without holes`,
        )
      }
      const sql = (await readFile(join(folder, name), 'utf8')).replaceAll('\r\n', '\n')
      return { number, name, path: join(folder, name), sql, hash: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

/** A digest of everything a folder would do to a database: folders with the same digest give the same schema. */
export async function migrationDigest(folder: string): Promise<string> {
  const files = await readMigrations(folder)
  const text = files.map((file) => `${file.name} ${file.hash}`).join('\n')
  return createHash('sha256')
    .update(`${namespaceOf(folder)}\n${text}`)
    .digest('hex')
}
