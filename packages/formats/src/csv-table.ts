import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'

/**
 * Rows of one of our own data files, by column name. Throws when the file is missing: that is a broken installation.
 */
export function csvTable<Column extends string>(location: URL): readonly Readonly<Record<Column, string>>[] {
  return parse(readFileSync(location), { columns: true, bom: false }) as Record<Column, string>[]
}
