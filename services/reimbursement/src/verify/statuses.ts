import { type EventStore, type StoredEvent, toDomainEvent } from '@ziv/event-store'
import { type Database, type KeyRange, streamBatches, type Transaction } from '@ziv/postgres'
import { addTallies, namesOf, naming, type RangedProof, rangedProof, rowsIn, told } from '@ziv/service'
import { patientStatus, type StatusEvent } from '../domain/patient-status.ts'

const CHECK = 'reimbursement: statuses equal their events'

/** The rows of one stream, as text: what the price follows, what it rests on and since when it is known. */
function rowsOf(events: readonly StoredEvent[]): readonly string[] {
  const beside = new Map<string, { personId: string; evidence: string; recordedAt: string }>()
  let periods = patientStatus.initialState()
  for (const stored of events) {
    const event = toDomainEvent<StatusEvent>(stored)
    periods = patientStatus.evolve(periods, event)
    const { personId, statusId } = event.data
    const evidence = event.type === 'StatusGranted' ? event.data.evidence : (beside.get(statusId)?.evidence ?? '')
    beside.set(statusId, { personId, evidence, recordedAt: stored.recordedAt })
  }
  return periods.map((period) => textOf({ ...period, ...beside.get(period.statusId)! }))
}

interface Row {
  readonly personId: string
  readonly statusId: string
  readonly kind: string
  readonly from: string
  readonly to: string | null
  readonly evidence: string
  readonly recordedAt: string
}

const textOf = ({ personId, statusId, kind, from, to, evidence, recordedAt }: Row): string =>
  [personId, statusId, kind, from, to, recordedAt, evidence].join()

const personOf = (row: string): string => row.slice(0, row.indexOf(','))

/** The statuses of a range of persons against the streams they are the fold of, and the members who have to have none. */
async function proveRange(tx: Transaction, store: EventStore, range: KeyRange) {
  const wanted = new Set<string>()
  for await (const { events } of store.streams(tx, 'patientStatus', range)) {
    for (const row of rowsOf(events)) wanted.add(row)
  }
  const own = '($1::uuid is null or person_id > $1) and ($2::uuid is null or person_id <= $2)'
  const statuses = wanted.size
  const wrong = new Set<string>()
  const stored = streamBatches<Row>(
    tx,
    `select person_id as "personId", status_id as "statusId", kind, valid_from as "from", valid_to as "to", evidence,
            recorded_at as "recordedAt" from app.statuses where ${own}`,
    [range.after, range.through],
  )
  for await (const batch of stored) {
    for (const row of batch.map(textOf)) if (!wanted.delete(row)) wrong.add(personOf(row))
  }
  for (const row of wanted) wrong.add(personOf(row))
  const { rows } = await tx.query<{ n: number }>(`select count(*)::int as n from app_members.persons where ${own}`, [
    range.after,
    range.through,
  ])
  return { members: rows[0]!.n, statuses, wrong: namesOf([...wrong]) }
}

/** Every status that a price follows is the one that the stream of its person says, and no member has another one. */
export const statusesProof = (database: Database, store: EventStore): RangedProof =>
  rangedProof({
    name: CHECK,
    database,
    keys: {
      sql: `select person_id::text as key from app_members.persons
            union select substr(stream_id, 15) from es.streams
             where stream_id >= 'patientStatus-' and stream_id < 'patientStatus.'`,
    },
    perRange: 20_000,
    there: rowsIn(database, 'app_members.persons', 'app.statuses'),
    prove: (tx, range) => proveRange(tx, store, range),
    conclude: (results) => {
      const { members, statuses, wrong } = addTallies(results)
      const ok = wrong.count === 0
      const detail = `${statuses} statuses of ${members} members`
      const said = ok ? detail : `differ: ${told(wrong)}`
      return [{ check: CHECK, ok, examined: members, detail: said, ...naming(wrong) }]
    },
  })
