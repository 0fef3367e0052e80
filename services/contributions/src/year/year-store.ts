import type { StreamHead } from '@ziv/event-store'
import { copyIn, copyRow, type Queryable, type Transaction } from '@ziv/postgres'
import { initialState, type YearState } from '../domain/contribution-year.ts'

/** A contribution year as the read model keeps it: its state and the head of its stream. */
export interface KnownYear {
  readonly head: StreamHead
  readonly state: YearState
}

export interface YearKey {
  readonly personId: string
  readonly year: number
}

interface YearRow {
  readonly person_id: string
  readonly year: number
  readonly stream_version: string
  readonly stream_hash: Buffer
  readonly state: YearState
}

export const yearKeyText = (personId: string, year: number): string => `${personId}|${year}`

const noHash = Buffer.alloc(32)
const newYear = (): KnownYear => ({ head: { version: 0, hash: noHash }, state: initialState() })

/** States of many years in one query; a year without a stream is new. */
export async function loadYears(q: Queryable, keys: readonly YearKey[]): Promise<Map<string, KnownYear>> {
  const years = new Map<string, KnownYear>(keys.map((key) => [yearKeyText(key.personId, key.year), newYear()]))
  if (keys.length === 0) return years
  const { rows } = await q.query<YearRow>({
    name: 'contributions-load-years',
    text: `select y.person_id, y.year, y.stream_version, y.stream_hash, y.state
             from unnest($1::uuid[], $2::smallint[]) k (person_id, year)
             join app.year_state y using (person_id, year)`,
    values: [keys.map((key) => key.personId), keys.map((key) => key.year)],
  })
  for (const row of rows) {
    const head = { version: Number(row.stream_version), hash: row.stream_hash }
    years.set(yearKeyText(row.person_id, row.year), { head, state: row.state })
  }
  return years
}

export interface ChangedYear extends YearKey, KnownYear {
  /** The stream began with this change: there is no row yet. */
  readonly opened: boolean
}

/** Keeps the new states beside their streams, in the transaction that appended the events. */
export async function saveYears(tx: Transaction, years: readonly ChangedYear[]): Promise<void> {
  // whoever opened a stream is the only one to write its first row: the stream's own key sees to that
  await copyOpened(
    tx,
    years.filter((year) => year.opened),
  )
  await updateKnown(
    tx,
    years.filter((year) => !year.opened),
  )
}

async function copyOpened(tx: Transaction, years: readonly ChangedYear[]): Promise<void> {
  if (years.length === 0) return
  await copyIn(
    tx,
    'copy app.year_state (person_id, year, stream_version, stream_hash, state) from stdin (format text)',
    years.map(({ personId, year, head, state }) => copyRow([personId, year, head.version, head.hash, state])),
  )
}

// plain updates: an insert that falls back to an update costs half as much again
async function updateKnown(tx: Transaction, years: readonly ChangedYear[]): Promise<void> {
  if (years.length === 0) return
  const { rowCount } = await tx.query({
    name: 'contributions-save-years',
    text: `update app.year_state y set stream_version = n.version, stream_hash = n.hash, state = n.state
             from unnest($1::uuid[], $2::smallint[], $3::bigint[], $4::bytea[], $5::jsonb[]) n (person_id, year, version, hash, state)
            where y.person_id = n.person_id and y.year = n.year`,
    values: [
      years.map((year) => year.personId),
      years.map((year) => year.year),
      years.map((year) => year.head.version),
      years.map((year) => `\\x${year.head.hash.toString('hex')}`),
      years.map((year) => JSON.stringify(year.state)),
    ],
  })
  if (rowCount !== years.length) throw new Error(`${years.length - (rowCount ?? 0)} contribution years have no state`)
}
