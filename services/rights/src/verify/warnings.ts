import type { EventStore } from '@ziv/event-store'
import type { Database, KeyRange, Transaction } from '@ziv/postgres'
import { addTallies, namesOf, naming, type RangedProof, rangedProof, rowsIn, told } from '@ziv/service'

const CHECK = 'rights: warnings equal their events'
const columns = [
  ...(['personId', 'year', 'referenceYear', 'shortCents', 'payableUntil'] as const),
  ...(['warnedOn', 'insurer', 'ziekenfonds'] as const),
]
type Warned = Readonly<Record<(typeof columns)[number], unknown>>

const textOf = (warned: Warned): string => columns.map((column) => warned[column]).join(' ')
const KEY = `(person_id::text || '-' || year)`

/** The warnings of a range, each named by its person and year, against the streams that tell them. */
async function proveRange(tx: Transaction, store: EventStore, range: KeyRange) {
  const { rows } = await tx.query<Warned>(
    `select person_id as "personId", year, reference_year as "referenceYear", short_cents as "shortCents",
            payable_until as "payableUntil", warned_on as "warnedOn", insurer, ziekenfonds
       from app.warnings where ($1::text is null or ${KEY} collate "C" > $1) and ($2::text is null or ${KEY} collate "C" <= $2)`,
    [range.after, range.through],
  )
  const stored = new Map(rows.map((row) => [`${row.personId}-${row.year}`, textOf(row)]))
  const wrong: string[] = []
  let examined = 0
  for await (const { streamId, events } of store.streams(tx, 'renewalWarning', range)) {
    examined += 1
    const key = streamId.slice('renewalWarning-'.length)
    const { data } = events[0]!
    if (stored.get(key) !== textOf(data as Warned)) wrong.push(key)
    stored.delete(key)
  }
  return { examined, wrong: namesOf([...wrong, ...stored.keys()]) }
}

/** Every warning that was sent is listed as its event says, and nobody is listed who was not warned: who is listed is not warned again. */
export const warningsProof = (database: Database, store: EventStore): RangedProof =>
  rangedProof({
    name: CHECK,
    database,
    keys: {
      sql: `select ${KEY} as key from app.warnings union select substr(stream_id, 16) from es.streams
             where stream_id >= 'renewalWarning-' and stream_id < 'renewalWarning.'`,
    },
    there: rowsIn(database, 'app.warnings'),
    prove: (tx, range) => proveRange(tx, store, range),
    conclude: (results) => {
      const { examined, wrong } = addTallies(results)
      const ok = wrong.count === 0
      const detail = ok ? `${examined} warnings` : `differ: ${told(wrong)}`
      return [{ check: CHECK, ok, examined, detail, ...naming(wrong) }]
    },
  })
