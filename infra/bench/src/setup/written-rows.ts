import { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Database } from '@ziv/postgres'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'

/** The rows that a piece of work left in some tables, as COPY text. */
export interface WrittenRows {
  readonly bytes: number
  readonly tables: readonly { readonly table: string; readonly text: Buffer }[]
}

/** Where the transactions of the work will begin. */
export async function markOf(database: Database): Promise<string> {
  const { rows } = await database.query<{ mark: string }>('select pg_current_xact_id()::text as mark')
  return rows[0]!.mark
}

/** Rows of the tables that transactions after the mark wrote and that still stand. */
export async function rowsSince(database: Database, mark: string, tables: readonly string[]): Promise<WrittenRows> {
  const found = await database.transaction(async ({ client }) => {
    const texts: { table: string; text: Buffer }[] = []
    for (const table of tables) {
      const parts: Buffer[] = []
      const sink = new Writable({
        write: (part: Buffer, _encoding, done) => {
          parts.push(part)
          done()
        },
      })
      const sql = `copy (select * from ${table} where xmin::text::bigint >= ${BigInt(mark)}) to stdout`
      await pipeline(client.query(copyTo(sql)), sink)
      texts.push({ table, text: Buffer.concat(parts) })
    }
    return texts
  })
  return { tables: found, bytes: found.reduce((sum, { text }) => sum + text.length, 0) }
}

/** Empty tables with the same columns, keys and indexes beside the real ones. */
export async function makeTwins(database: Database, tables: readonly string[]): Promise<void> {
  await database.query('create schema if not exists twin')
  for (const table of tables) {
    await database.query(`create table if not exists ${twinOf(table)} (like ${table} including all)`)
    await database.query(`truncate ${twinOf(table)}`)
  }
}

const twinOf = (table: string): string => `twin.${table.replace('.', '_')}`

/** COPY of rows into the twins, all tables in one transaction: the least that PostgreSQL needs to store them. */
export async function copyToTwins(database: Database, rows: WrittenRows): Promise<void> {
  await database.transaction(async ({ client }) => {
    for (const { table, text } of rows.tables) {
      if (text.length === 0) continue
      await pipeline(Readable.from(pieces(text)), client.query(copyFrom(`copy ${twinOf(table)} from stdin`)))
    }
  })
}

function* pieces(bytes: Buffer, size = 65_536): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
