import { type EventStore, toDomainEvent } from '@ziv/event-store'
import type { Law } from '@ziv/law'
import { foldMember } from '@ziv/members'
import { streamBatches, type Transaction } from '@ziv/postgres'
import { keysOfParts, type Run, type RunKind, type RunRange } from '@ziv/runs'
import { CountChanges } from '../domain/count-changes.ts'
import { segmentsOf } from '../domain/membership.ts'
import type { ReturnEvent } from '../domain/return.events.ts'
import { loadInsuredDays, loadMemberFacts, personKey } from '../projections/facts.ts'
import { applyChanges, holdBusinessDay, lockPartitions } from '../projections/member-counts.ts'
import { restoreMonthAmounts } from '../projections/month-amounts.ts'
import { deleteReturnsOfStream, saveReturns } from '../projections/returns.ts'

/** The figures of one partition of an insurer; `figuresKey` is its key. */
export interface Place {
  readonly insurer: string
  readonly partition: number
}

/** The place of a key of `FIGURES`. */
export const placeOf = (key: string): Place => {
  const [insurer = '', partition] = key.split('/')
  return { insurer, partition: Number(partition) }
}

const figuresKey = `insurer || '/' || lpad(partition::text, 5, '0')`

// what was taken in, and what may stand in the tables although nothing was
export const FIGURES = `select distinct ${figuresKey} as key from (
  select split_part(topic, '.', 2) as insurer, partition from app.positions where topic like 'ziv.%.%.v1'
  union select insurer, partition from app.member_counts
  union select insurer, partition from app.member_changes_to_come
  union select insurer, partition from app.month_amounts) places`

const RETURNS = `select stream_id as key from es.streams where stream_id > 'return-' and stream_id < 'return.'
  union select 'return-' || ziekenfonds || '-' || month from app.returns`

const phases = [FIGURES, RETURNS]

/**
 * Makes counts and amounts per partition again from the facts, then the returns from their events. A key is thrown away and
 * made again in one transaction, under the locks of whoever else writes it: readers see the old figures of a partition or the
 * new ones, and a rebuild that was stopped may go on while events are taken in. Memory holds sums per ziekenfonds and day.
 */
export function rebuildKind(store: EventStore, law: Law): RunKind<object, string> {
  return {
    kind: 'rebuild',
    keyOf: () => 'all',
    phases: phases.length,
    // a partition of a large insurer is work of seconds: one more on its way would only wait with its locks held
    chunkSize: 1,
    inFlight: 1,
    plan: (q, _run, phase) => keysOfParts(q, keysOf(phase), [], 1),
    itemKey: (key) => key,
    read: async (tx, range, { phase }) => {
      const keys = await nextKeys(tx, phase, range)
      const last = keys.at(-1)
      return last === undefined ? null : { items: keys, last }
    },
    store: async (tx, { items }, run) => {
      let persons = 0
      for (const key of items) {
        if (run.phase === 1) persons += await restoreFigures(tx, law, placeOf(key), run)
        else await restoreReturns(tx, store, key)
      }
      return { persons }
    },
  }
}

const keysOf = (phase: number): string => phases[phase - 1]!

async function nextKeys(tx: Transaction, phase: number, { after, through, limit }: RunRange): Promise<string[]> {
  const { rows } = await tx.query<{ key: string }>(
    `select key from (${keysOf(phase)}) keys
      where ($1::text is null or key collate "C" > $1) and ($2::text is null or key collate "C" <= $2)
      order by key collate "C" limit $3`,
    [after, through, limit],
  )
  return rows.map(({ key }) => key)
}

async function restoreFigures(tx: Transaction, law: Law, place: Place, { businessDate }: Run): Promise<number> {
  await lockPartitions(tx, [place.partition])
  const { changes, persons } = await foldPlace(tx, law, place)
  // only now the day is held: until here no reader who finds the clock ahead waits
  const day = await holdBusinessDay(tx, businessDate, false)
  const here = [place.insurer, place.partition]
  await tx.query('delete from app.member_counts where insurer = $1 and partition = $2', here)
  await tx.query('delete from app.member_changes_to_come where insurer = $1 and partition = $2', here)
  const list = changes.list()
  for (let start = 0; start < list.length; start += 5_000) {
    await applyChanges(tx, list.slice(start, start + 5_000), day)
  }
  await restoreMonthAmounts(tx, place)
  return persons
}

/** Every change of the counts of a place, by the facts of its persons, whatever the counts say. */
export async function foldPlace(
  tx: Transaction,
  law: Law,
  place: Place,
): Promise<{ changes: CountChanges; persons: number }> {
  const changes = new CountChanges()
  let persons = 0
  const batches = streamBatches<{ person_id: string }>(
    tx,
    `select distinct person_id from app.member_facts where insurer = $1 and partition = $2 order by person_id`,
    [place.insurer, place.partition],
    { batchSize: 1_000 },
  )
  for await (const rows of batches) {
    const ids = rows.map((row) => row.person_id)
    const facts = await loadMemberFacts(tx, ids)
    const insured = await loadInsuredDays(
      tx,
      ids.map((personId) => ({ insurer: place.insurer, personId })),
    )
    for (const personId of ids) {
      const key = personKey(place.insurer, personId)
      const member = foldMember(personId, facts.get(key) ?? [])
      changes.replace(place, [], segmentsOf(member, insured.get(key) ?? [], law))
    }
    persons += ids.length
  }
  return { changes, persons }
}

async function restoreReturns(tx: Transaction, store: EventStore, streamId: string): Promise<void> {
  // whoever decides on a return of this stream comes before or after
  await tx.query('select from es.streams where stream_id = $1 for update', [streamId])
  await deleteReturnsOfStream(tx, streamId)
  const { events } = await store.load(tx, streamId)
  await saveReturns(
    tx,
    events.map((stored) => ({ event: toDomainEvent<ReturnEvent>(stored), streamVersion: stored.version })),
  )
}
