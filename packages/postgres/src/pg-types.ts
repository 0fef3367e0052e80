import pg from 'pg'

const UTC_TIMESTAMP = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?\+00$/

/** `2026-11-22 09:30:00.12+00` -> `2026-11-22T09:30:00.120Z`. Infinity and years outside 0001-9999 stay as PostgreSQL writes them. */
export function timestamptzToInstant(text: string): string {
  const parts = UTC_TIMESTAMP.exec(text)
  if (parts !== null) return `${parts[1]}T${parts[2]}.${(parts[3] ?? '').slice(0, 3).padEnd(3, '0')}Z`
  const epochMs = Date.parse(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'))
  return Number.isNaN(epochMs) ? text : new Date(epochMs).toISOString()
}

function plainArray<T>(convert: (text: string) => T): (text: string) => (T | null)[] {
  return (text) => {
    const inside = text.slice(1, -1)
    if (inside === '') return []
    return inside.split(',').map((item) => (item === 'NULL' ? null : convert(item.replaceAll('"', ''))))
  }
}

const asIs = (text: string): string => text

// a date or an instant never becomes a JavaScript Date (time zones move it), a bigint never a number (it rounds)
const PARSERS: ReadonlyMap<number, (text: string) => unknown> = new Map<number, (text: string) => unknown>([
  [pg.types.builtins.INT8, asIs],
  [pg.types.builtins.NUMERIC, asIs],
  [pg.types.builtins.DATE, asIs],
  [pg.types.builtins.TIMESTAMP, asIs],
  [pg.types.builtins.TIMESTAMPTZ, timestamptzToInstant],
  [1016, plainArray(asIs)], // int8[]
  [1115, plainArray(asIs)], // timestamp[]
  [1182, plainArray(asIs)], // date[]
  [1185, plainArray(timestamptzToInstant)], // timestamptz[]
])

/** Type parsers of every pool: date -> `YYYY-MM-DD`, timestamptz -> ISO instant with ms and Z, int8 and numeric -> string. */
export const typeParsers: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    const own = format === 'binary' ? undefined : PARSERS.get(oid)
    return own ?? pg.types.getTypeParser(oid, format as 'text')
  }) as pg.CustomTypesConfig['getTypeParser'],
}
