import {
  claimSettled,
  insurabilityChanged,
  referenceYearAssessed,
  referenceYearSettled,
  slipRecorded,
} from '@ziv/contracts'
import type { IncomingMessage, MessagingDriver, TopicSpec } from '@ziv/messaging'
import type { Database, KeyRange } from '@ziv/postgres'
import { addTallies, type RangedProof, rangedProof, rowsIn, told, within } from '@ziv/service'
import type { ServiceName } from './services.ts'
import { comparedAgain, type Difference, type Moving } from './verification/look-again.ts'

/** What a service keeps of messages of others, one row a message or the newest of a person. */
interface Copy {
  readonly service: ServiceName
  readonly table: string
  /** The messages, of the topics `ziv.<insurer>.<context>.v1`. */
  readonly context: 'contributions' | 'rights' | 'reimbursement'
  readonly types: readonly string[]
  readonly newestOnly?: boolean
  /** What is compared of a row as one text, in SQL, and of a message. */
  readonly row: string
  readonly message: (message: IncomingMessage) => string
}

const MOMENT = `to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
const place = ({ headers: { ce_id, ce_time, ce_sequence } }: IncomingMessage): string =>
  [ce_id, ce_time, ce_sequence].join(' ')
const PLACE_ROW = `concat_ws(' ', event_id, ${MOMENT}, sequence)`

/** Rows of the landsbonden, and the amount that stands in them. */
const ofLandsbond = (amount: string | null) => ({
  row: `concat_ws(' ', insurer, partition, "offset", event_id, ${MOMENT}, ziekenfonds${amount === null ? '' : `, ${amount}`})`,
  message: ({ topic, partition, offset, headers, value }: IncomingMessage): string => {
    const name = amount?.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase())
    const found = name === undefined ? [] : [(JSON.parse(value) as Readonly<Record<string, unknown>>)[name]]
    return [
      topic.split('.')[1],
      partition,
      offset,
      headers.ce_id,
      headers.ce_time,
      headers.ce_ziekenfonds,
      ...found,
    ].join(' ')
  },
})

const copies: readonly Copy[] = [
  {
    ...{ service: 'rights', table: 'app.facts', context: 'contributions', row: PLACE_ROW, message: place },
    types: [slipRecorded.type, referenceYearAssessed.type, referenceYearSettled.type],
  },
  {
    ...{ service: 'reimbursement', table: 'app.insurability', context: 'rights', row: PLACE_ROW, message: place },
    ...{ types: [insurabilityChanged.type], newestOnly: true },
  },
  {
    ...{ service: 'landsbond', table: 'app.right_facts', context: 'rights', types: [insurabilityChanged.type] },
    ...ofLandsbond(null),
  },
  {
    ...{ service: 'landsbond', table: 'app.slip_facts', context: 'contributions', types: [slipRecorded.type] },
    ...ofLandsbond('amount_cents'),
  },
  {
    ...{ service: 'landsbond', table: 'app.claim_facts', context: 'reimbursement', types: [claimSettled.type] },
    ...ofLandsbond('intervention_cents'),
  },
]

/** The texts that have to be kept of each person, by copy. */
class Wanted {
  readonly #ids = new Set<string>()
  readonly #texts = new Map<string, string[]>()
  readonly #newest = new Map<string, IncomingMessage>()
  readonly #copy: Copy

  constructor(copy: Copy) {
    this.#copy = copy
  }

  take(message: IncomingMessage): void {
    const { key, headers } = message
    // a relay sends again what nobody confirmed: it counts once, where it came first
    if (!this.#copy.types.includes(headers.ce_type ?? '') || this.#ids.has(headers.ce_id ?? '')) return
    this.#ids.add(headers.ce_id ?? '')
    if (this.#copy.newestOnly !== true) {
      this.#texts.set(key, [...(this.#texts.get(key) ?? []), this.#copy.message(message)])
      return
    }
    const known = this.#newest.get(key)
    if (known === undefined || isNewer(message, known)) this.#newest.set(key, message)
  }

  of(): Map<string, readonly string[]> {
    const newest = [...this.#newest].map(([key, message]) => [key, [this.#copy.message(message)]] as const)
    return new Map<string, readonly string[]>([...this.#texts, ...newest])
  }
}

function isNewer({ headers: a }: IncomingMessage, { headers: b }: IncomingMessage): boolean {
  if (a.ce_time !== b.ce_time) return a.ce_time! > b.ce_time!
  const [mine, other] = [Number(a.ce_sequence), Number(b.ce_sequence)]
  return mine === other ? a.ce_id! > b.ce_id! : mine > other
}

/** Persons of a range of whom a message was set aside, or stands still: what is kept of them is not what was sent. */
const ASIDE = `select key from es.unparked where action <> 'release' union select key from es.parked`

async function compare(
  { databases, topics, driver }: Pick<SentParts, 'databases' | 'topics' | 'driver'>,
  range: KeyRange,
): Promise<{ readonly examined: number; readonly different: readonly Difference[] }> {
  const wanted = copies.map((copy) => new Wanted(copy))
  const contexts = new Set(copies.map(({ context }) => context))
  for (const { name } of topics) {
    const context = /^ziv\.\d{3}\.(\w+)\.v1$/.exec(name)?.[1]
    if (!contexts.has(context as Copy['context'])) continue
    const readers = wanted.filter((_, at) => copies[at]!.context === context)
    await driver.read({ topic: name, group: 'ziv-verify' }, async (messages) => {
      for (const message of messages) if (within(message.key, range)) for (const reader of readers) reader.take(message)
    })
  }
  let examined = 0
  const different: Difference[] = []
  for (const [at, { service, table, row }] of copies.entries()) {
    const due = wanted[at]!.of()
    const differs = (id: string): void => {
      const what = `${id} in ${table} of ${service}`
      different.push({ key: what, what })
    }
    const { rows: aside } = await databases[service].query<{ key: string }>(ASIDE)
    for (const { key } of aside) due.delete(key)
    const skipped = new Set(aside.map(({ key }) => key))
    const { rows } = await databases[service].query<{ person_id: string; texts: readonly string[] }>(
      `select person_id, array_agg(${row}) as texts from ${table}
        where ($1::uuid is null or person_id > $1) and ($2::uuid is null or person_id <= $2) group by person_id`,
      [range.after, range.through],
    )
    for (const { person_id: id, texts } of rows) {
      if (skipped.has(id)) continue
      examined += texts.length
      if (texts.toSorted().join() !== (due.get(id) ?? []).toSorted().join()) differs(id)
      due.delete(id)
    }
    for (const id of due.keys()) differs(id)
  }
  return { examined, different: different.sort((a, b) => (a.what < b.what ? -1 : 1)) }
}

interface SentParts extends Pick<Moving, 'relays' | 'consumers'> {
  readonly databases: Readonly<Record<ServiceName, Database>>
  readonly topics: readonly TopicSpec[]
  readonly driver: Pick<MessagingDriver, 'read'>
}

/** Of one range: the topics are read once for it, and what they say of its persons lies in memory. */
const PERSONS = 100_000

/**
 * Whether what services keep of the messages of others is in its place: every message that was sent about days, years and amounts has
 * its row and no row has none. Topics are held to the log of their owner, so that a copy is too, whatever upkeep removed.
 */
export const sentCopiesProof = (parts: SentParts): RangedProof =>
  rangedProof({
    name: 'copies of messages',
    database: parts.databases.rights,
    keys: { sql: 'select person_id::text as key from app.persons' },
    perRange: PERSONS,
    there: async () => {
      const counts = copies.map(({ service, table }) => rowsIn(parts.databases[service], table)())
      return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0)
    },
    prove: (tx, range) =>
      comparedAgain(tx, { database: parts.databases.rights, moving: parts }, () => compare(parts, range)),
    conclude: (results) => {
      const { examined, different } = addTallies(results)
      const ok = different.count === 0
      const detail = ok
        ? `${examined} rows are the messages that told them`
        : `${different.count} differ: ${told(different, 3)}`
      return [{ check: 'copies of days, years and amounts are the messages that told them', ok, examined, detail }]
    },
  })
