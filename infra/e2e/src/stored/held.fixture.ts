import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'

/** Columns of a table, and what holds them: a check that compares them, or why none has to. */
export interface Held {
  readonly columns: readonly string[]
  readonly check: string | null
  readonly why: string | null
  /** Rows of which a changed one has to be noticed. Default any. */
  readonly rows: string
}

/** All columns of a table. */
export type Table = readonly Held[]
export type Tables = Readonly<Record<string, Table>>

const listed = (columns: string): readonly string[] => columns.trim().split(/\s+/)

/** Compared by a check. */
export const by = (check: string, columns: string, rows = 'true'): Held => ({
  ...{ columns: listed(columns), check, why: null, rows },
})

/** Compared by none, for a reason. */
export const free = (why: string, columns: string): Held => ({
  ...{ columns: listed(columns), check: null, why, rows: 'true' },
})

/** What a service keeps for itself, and which checks hold what every service may keep. */
export interface OwnTables {
  readonly tables: Tables
  /** The check of the answers to files of one kind; absent: the service takes no files. */
  readonly files?: { readonly answers: string; readonly kind: string }
  /** The check of the folds of members; absent: the service keeps no common copy. */
  readonly members?: string
}

const columns = z.string().describe('Columns, apart from each other by a blank')
const held = z.union([
  z.strictObject({ check: z.string(), columns, rows: z.string().optional() }),
  z.strictObject({ free: z.string(), columns }),
])
const file = z.strictObject({
  members: z.string().optional(),
  files: z.strictObject({ answers: z.string(), kind: z.string() }).optional(),
  tables: z.record(z.string(), z.array(held)),
})

const services = join(import.meta.dirname, '..', '..', '..', '..', 'services')

/** What a service says of its own tables: `stored.yaml` in its folder. One that has none has columns that nobody names. */
export async function ownTables(name: string): Promise<OwnTables> {
  const { tables, members, files } = file.parse(parse(await readFile(join(services, name, 'stored.yaml'), 'utf8')))
  return {
    ...(members === undefined ? {} : { members }),
    ...(files === undefined ? {} : { files }),
    tables: Object.fromEntries(
      Object.entries(tables).map(([table, all]) => [
        table,
        all.map((one) => ('free' in one ? free(one.free, one.columns) : by(one.check, one.columns, one.rows))),
      ]),
    ),
  }
}
