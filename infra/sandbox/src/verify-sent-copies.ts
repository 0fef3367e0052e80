import { catalog } from '@ziv/contracts'
import type { Instant } from '@ziv/kernel'
import { type FactPlace, isNewer } from '@ziv/members'
import { type MessagingDriver, type ReceivedEvent, readEvent, type TopicSpec } from '@ziv/messaging'
import type { Database, KeyRange } from '@ziv/postgres'
import {
  addTallies,
  type MessageCopy,
  naming,
  type RangedProof,
  rangedProof,
  rowsIn,
  type ServiceModule,
  told,
  within,
} from '@ziv/service'
import { type HostedModules, type ServiceName, serviceNames } from './services.ts'
import { comparedAgain, type Difference, type Moving } from './verification/look-again.ts'

interface Copy extends MessageCopy {
  readonly service: ServiceName
}

/** What every service keeps of the messages of others. */
const copiesOf = (modules: HostedModules): readonly Copy[] =>
  serviceNames.flatMap((service) => {
    const { messageCopies = [] } = modules[service] as Pick<ServiceModule, 'messageCopies'>
    return messageCopies.map((copy) => ({ ...copy, service }))
  })

const placeOf = ({ id, recordedAt, sequence }: ReceivedEvent): FactPlace => ({
  ...{ id, recordedAt: recordedAt as Instant, sequence },
})

/** The texts that have to be kept of each person, by copy. */
class Wanted {
  readonly #ids = new Set<string>()
  readonly #texts = new Map<string, string[]>()
  readonly #newest = new Map<string, { readonly event: ReceivedEvent; readonly text: string }>()
  readonly #copy: MessageCopy

  constructor(copy: MessageCopy) {
    this.#copy = copy
  }

  take(event: ReceivedEvent): void {
    const { key, id } = event
    // a relay sends again what nobody confirmed: it counts once, where it came first
    const text = this.#ids.has(id) ? null : this.#copy.wanted(event)
    if (text === null) return
    this.#ids.add(id)
    if (this.#copy.newestOnly !== true) {
      const own = this.#texts.get(key)
      if (own === undefined) this.#texts.set(key, [text])
      else own.push(text)
      return
    }
    const known = this.#newest.get(key)
    if (known === undefined || isNewer(placeOf(event), placeOf(known.event))) this.#newest.set(key, { event, text })
  }

  of(): Map<string, readonly string[]> {
    const newest = [...this.#newest].map(([key, { text }]) => [key, [text]] as const)
    return new Map<string, readonly string[]>([...this.#texts, ...newest])
  }
}

/** Persons of a range of whom a message was set aside, or stands still: what is kept of them is not what was sent. */
const ASIDE = `select key from es.unparked where action <> 'release' union select key from es.parked`

async function compare(
  { databases, topics, driver, modules }: Pick<SentParts, 'databases' | 'topics' | 'driver' | 'modules'>,
  range: KeyRange,
): Promise<{ readonly examined: number; readonly different: readonly Difference[] }> {
  const copies = copiesOf(modules)
  const wanted = copies.map((copy) => new Wanted(copy))
  const contexts = new Set<string | undefined>(copies.map(({ context }) => context))
  for (const { name } of topics) {
    const context = /^ziv\.\d{3}\.(\w+)\.v1$/.exec(name)?.[1]
    if (!contexts.has(context)) continue
    const readers = wanted.filter((_, at) => copies[at]!.context === context)
    await driver.read({ topic: name, group: 'ziv-verify' }, async (messages) => {
      for (const message of messages) {
        const event = within(message.key, range) ? readEvent(message, catalog) : null
        if (event !== null) for (const reader of readers) reader.take(event)
      }
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
  readonly modules: HostedModules
}

/** Of one range: the topics are read once for it, and what they say of its persons lies in memory. */
const PERSONS = 100_000

/**
 * Whether what services keep of the messages of others is what those say: every message that was sent about days, years and amounts has
 * its row, with what its consumer makes of it, and no row has none. Rows that newer ones replaced are held too: they answer for an
 * earlier moment. Topics are held to the log of their owner, so that a copy is too, whatever upkeep removed.
 */
export const sentCopiesProof = (parts: SentParts): RangedProof =>
  rangedProof({
    name: 'copies of messages',
    database: parts.databases.rights,
    keys: { sql: 'select person_id::text as key from app.persons' },
    perRange: PERSONS,
    there: async () => {
      const counts = copiesOf(parts.modules).map(({ service, table }) => rowsIn(parts.databases[service], table)())
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
      return [
        {
          check: 'copies of days, years and amounts are the messages that told them',
          ok,
          examined,
          detail,
          ...naming(different),
        },
      ]
    },
  })
