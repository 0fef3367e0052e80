import type { StreamHead } from '@ziv/event-store'
import { copyIn, copyRow, type Queryable, type Transaction } from '@ziv/postgres'
import { initialState, type YearState } from '../domain/contribution-year.ts'
import { type StoredState, stateOf, storedOf } from './stored-state.ts'
import { streamIdOf } from './year-work.ts'

/** A contribution year as the read model keeps it: its state and the head of its stream. */
export interface KnownYear {
  readonly head: StreamHead
  readonly state: YearState
}

export interface YearKey {
  readonly personId: string
  readonly year: number
}

const noHash = Buffer.alloc(32)
const newYear = (): KnownYear => ({ head: { version: 0, hash: noHash }, state: initialState() })

// One row for all: a row of its own costs the driver more than what it holds. Offset 0: by the key, whatever the statistics
// say; other plans read the whole table for every chunk.
const loadSql = `select string_agg(y.person_id::text, ' ') as persons, string_agg(y.year::text, ' ') as years,
       string_agg(y.stream_version::text, ' ') as versions, string_agg(encode(y.stream_hash, 'hex'), ' ') as hashes,
       string_agg(y.state::text, ',') as states
  from unnest(string_to_array($1, ' ')::uuid[], string_to_array($2, ' ')::smallint[]) k (person_id, year)
 cross join lateral (
   select * from app.year_state s where s.person_id = k.person_id and s.year = k.year offset 0) y`

/** States of many years by their stream, in one query; a year without a stream is new. */
export async function loadYears(q: Queryable, keys: readonly YearKey[]): Promise<Map<string, KnownYear>> {
  const years = new Map<string, KnownYear>(keys.map((key) => [streamIdOf(key.personId, key.year), newYear()]))
  if (keys.length === 0) return years
  const { rows } = await q.query<Record<'persons' | 'years' | 'versions' | 'hashes' | 'states', string | null>>({
    name: 'contributions-load-years',
    text: loadSql,
    values: [keys.map((key) => key.personId).join(' '), keys.map((key) => key.year).join(' ')],
  })
  const found = rows[0]!
  if (found.states === null) return years
  const [numbers, versions, hashes] = [found.years, found.versions, found.hashes].map((texts) => texts!.split(' '))
  const states = JSON.parse(`[${found.states}]`) as StoredState[]
  found.persons!.split(' ').forEach((personId, place) => {
    const head = { version: Number(versions![place]), hash: Buffer.from(hashes![place]!, 'hex') }
    years.set(streamIdOf(personId, Number(numbers![place])), { head, state: stateOf(states[place]!) })
  })
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
    years.map(({ personId, year, head, state }) => copyRow([personId, year, head.version, head.hash, storedOf(state)])),
  )
}

// plain updates: an insert that falls back to an update costs half as much again. Values are joined to one text per column:
// an array parameter is quoted and unquoted value by value, which costs more than the update
async function updateKnown(tx: Transaction, years: readonly ChangedYear[]): Promise<void> {
  if (years.length === 0) return
  const { rowCount } = await tx.query({
    name: 'contributions-save-years',
    text: `update app.year_state y set stream_version = n.version, stream_hash = n.hash, state = n.state
             from unnest(string_to_array($1, ' ')::uuid[], string_to_array($2, ' ')::smallint[],
                         string_to_array($3, ' ')::bigint[], string_to_array($4, ' ')::bytea[],
                         string_to_array($5, e'\\n')::jsonb[]) n (person_id, year, version, hash, state)
            where y.person_id = n.person_id and y.year = n.year`,
    values: [
      years.map((year) => year.personId).join(' '),
      years.map((year) => year.year).join(' '),
      years.map((year) => year.head.version).join(' '),
      years.map((year) => `\\x${year.head.hash.toString('hex')}`).join(' '),
      // JSON as it is written here holds no line ends
      years.map((year) => JSON.stringify(storedOf(year.state))).join('\n'),
    ],
  })
  if (rowCount !== years.length) throw new Error(`${years.length - (rowCount ?? 0)} contribution years have no state`)
}
