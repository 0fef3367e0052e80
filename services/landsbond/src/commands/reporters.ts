import type { IsoDate } from '@ziv/kernel'
import { loadZiekenfondsen } from '@ziv/law'
import type { Queryable } from '@ziv/postgres'

/** Insurer of a ziekenfonds in this cell: by the register on that day, or because it has members here. Null: not ours. */
export async function insurerOfReporter(
  q: Queryable,
  insurers: readonly string[],
  ziekenfonds: string,
  day: IsoDate,
): Promise<string | null> {
  const registered = loadZiekenfondsen().insurerOf(ziekenfonds, day)
  if (registered !== null) return insurers.includes(registered) ? registered : null
  const { rows } = await q.query<{ insurer: string }>(
    'select insurer from app.member_counts where ziekenfonds = $1 and members > 0 limit 1',
    [ziekenfonds],
  )
  return rows[0]?.insurer ?? null
}

/** Everybody who has to report: those that exist on the day and those that have members, per insurer of the cell. */
export async function reportersOn(
  q: Queryable,
  insurers: readonly string[],
  day: IsoDate,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const register = loadZiekenfondsen()
  const codes = new Map<string, Set<string>>(insurers.map((insurer) => [insurer, new Set()]))
  for (const fund of register.on(day)) codes.get(fund.insurer)?.add(fund.code)
  // the HZIV and the HR Rail fund have no ziekenfondsen: they report themselves
  for (const { kind, code } of register.insurers) if (kind !== 'landsbond') codes.get(code)?.add(code)
  const { rows } = await q.query<{ insurer: string; ziekenfonds: string }>(
    'select distinct insurer, ziekenfonds from app.member_counts where members > 0',
  )
  for (const row of rows) codes.get(row.insurer)?.add(row.ziekenfonds)
  return new Map(Array.from(codes, ([insurer, funds]) => [insurer, [...funds].sort()]))
}
