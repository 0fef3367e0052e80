import type { Database } from '@ziv/postgres'

/** A word that may stand nowhere, with what it is, so that a finding can be told without repeating the word. */
export interface Needle {
  readonly what: string
  readonly text: string
}

/** An INSZ as people and programs write it, and as it would look encoded. */
export function inszNeedles(insz: string, what: string): readonly Needle[] {
  const [date, serial, check] = [insz.slice(0, 6), insz.slice(6, 9), insz.slice(9)]
  const dotted = `${date.slice(0, 2)}.${date.slice(2, 4)}.${date.slice(4)}`
  const forms = [
    insz,
    `${dotted}-${serial}.${check}`,
    `${dotted}-${serial}-${check}`,
    `${date}-${serial}-${check}`,
    `${date}-${serial}.${check}`,
    `${date} ${serial} ${check}`,
    Buffer.from(insz).toString('hex'),
    ...base64Forms(insz),
  ]
  return forms.map((text) => ({ what, text }))
}

/** What base64 makes of a text, wherever it begins in the whole: the characters that do not depend on its neighbours. */
function base64Forms(text: string): readonly string[] {
  return [0, 1, 2].map((shift) => {
    const encoded = Buffer.from('\0'.repeat(shift) + text).toString('base64')
    const from = Math.ceil((shift * 8) / 6)
    return encoded.slice(from, Math.floor(((shift + text.length) * 8) / 6))
  })
}

export interface Place {
  readonly where: string
  readonly text: string
}

/** Every row of every table of a database as text, bytes both as hexadecimal and as characters. */
export async function* rowsOf(database: Database, name: string): AsyncGenerator<Place> {
  const { rows: tables } = await database.query<{ schema: string; name: string; bytes: readonly string[] }>(
    `select c.table_schema as schema, c.table_name as name,
            coalesce(array_agg(c.column_name::text) filter (where c.data_type = 'bytea'), '{}') as bytes
       from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
      where t.table_type = 'BASE TABLE' and c.table_schema not in ('pg_catalog', 'information_schema')
      group by 1, 2 order by 1, 2`,
  )
  for (const table of tables) {
    const extra = table.bytes.map((column) => ` || ' ' || coalesce(encode(t."${column}", 'escape'), '')`).join('')
    const { rows } = await database.query<{ line: string }>(
      `select to_jsonb(t)::text${extra} as line from "${table.schema}"."${table.name}" t`,
    )
    for (const row of rows) yield { where: `${name}: ${table.schema}.${table.name}`, text: row.line }
  }
}

/** Where which needle stands: `what @ where`, each once. */
export function find(places: Iterable<Place>, needles: readonly Needle[]): readonly string[] {
  const found = new Set<string>()
  for (const { where, text } of places) {
    for (const needle of needles) if (text.includes(needle.text)) found.add(`${needle.what} @ ${where}`)
  }
  return [...found].sort()
}
