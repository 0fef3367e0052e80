import { csvTable } from '../csv-table.ts'

/** type, order and check have their own rules; zero is reserved; free is whatever the sender likes. */
type ZoneKind = 'type' | 'order' | 'check' | 'number' | 'signed' | 'date' | 'text' | 'zero' | 'free'

export interface Zone {
  /** Zone number of the instructions, `8`, `6b`; merged zones carry the first number, amounts include their sign. */
  readonly key: string
  readonly name: string
  readonly kind: ZoneKind
  /** 0-based. */
  readonly start: number
  readonly end: number
}

export interface Layout {
  readonly type: string
  readonly length: number
  readonly zones: readonly Zone[]
  /** By number and by name; of a repeated name the first. */
  readonly byKey: ReadonlyMap<string, Zone>
}

type Column = 'record' | 'zone' | 'position' | 'length' | 'kind' | 'name'

function load(): ReadonlyMap<string, Layout> {
  const zones = new Map<string, Zone[]>()
  for (const row of csvTable<Column>(new URL('./data/zones.csv', import.meta.url))) {
    const start = Number(row.position) - 1
    const zone: Zone = {
      key: row.zone,
      name: row.name,
      kind: row.kind as ZoneKind,
      start,
      end: start + Number(row.length),
    }
    zones.set(row.record, [...(zones.get(row.record) ?? []), zone])
  }
  return new Map([...zones].map(([type, list]) => [type, layoutOf(type, list)]))
}

function layoutOf(type: string, zones: readonly Zone[]): Layout {
  const byKey = new Map<string, Zone>()
  for (const zone of zones) byKey.set(zone.key, zone)
  for (const zone of zones) if (!byKey.has(zone.name)) byKey.set(zone.name, zone)
  return { type, length: zones.at(-1)!.end, zones, byKey }
}

/**
 * Layouts of the records and header segments of the billing file, from `data/zones.csv`: `200`, `300`, `10` to `96`;
 * `300E` and `300S` are the segments 300 of refusals and of receipts, `D` the error detail behind a refused record.
 */
export const layouts: ReadonlyMap<string, Layout> = load()

/** The layout of a record. Throws for a type that does not exist: that is a mistake of the caller. */
export function layoutFor(type: string): Layout {
  const layout = layouts.get(type)
  if (layout === undefined) throw new Error(`There is no record layout '${type}'.`)
  return layout
}

export function zoneOf(type: string, key: string): Zone {
  const zone = layoutFor(type).byKey.get(key)
  if (zone === undefined) throw new Error(`Record ${type} has no zone '${key}'.`)
  return zone
}

/** Characters a record has at least: everything behind them is free for the sender, so blanks. */
export function filledLength(type: string): number {
  const { zones, length } = layoutFor(type)
  const last = zones.at(-1)!
  return last.kind === 'free' ? last.start : length
}
