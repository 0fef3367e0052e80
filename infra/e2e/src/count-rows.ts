import { type Sandbox, serviceNames } from '@ziv/sandbox'

/** Counts once everything that was started has come to rest. */
export async function settledRows(sandbox: Sandbox): Promise<Map<string, number>> {
  let counts = new Map<string, number>()
  for (let round = 0; round < 20; round += 1) {
    await sandbox.idle()
    const now = await countRows(sandbox, serviceNames)
    if ([...now].every(([table, count]) => counts.get(table) === count)) return now
    counts = now
  }
  return counts
}

/** Rows of every table of our own in these services, by `service schema.table`. */
export async function countRows(
  sandbox: Sandbox,
  names: readonly (typeof serviceNames)[number][],
): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  for (const name of names) {
    const { rows } = await sandbox.databases[name].query<{ place: string; n: string }>(
      `select format('%I.%I', table_schema, table_name) as place,
              (xpath('/row/n/text()', query_to_xml(format('select count(*) as n from %I.%I', table_schema, table_name),
                false, true, '')))[1]::text as n
         from information_schema.tables
        where table_type = 'BASE TABLE' and table_schema in ('es', 'app', 'app_http', 'app_files')`,
    )
    for (const { place, n } of rows) counts.set(`${name} ${place}`, Number(n))
  }
  return counts
}
