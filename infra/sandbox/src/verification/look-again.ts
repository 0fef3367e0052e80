import { setTimeout as sleep } from 'node:timers/promises'
import type { Database, Transaction } from '@ziv/postgres'
import { type Names, namesOf, provingSnapshot } from '@ziv/service'
import type { Movement } from '../running.ts'

/** What carries messages between the databases that are compared. */
export interface Moving extends Pick<Movement, 'relays' | 'consumers'> {
  readonly databases: Readonly<Record<string, Pick<Database, 'query'>>>
}

/** Something that differs, by whom or what it is about. */
export interface Difference {
  readonly key: string
  /** How it is told. */
  readonly what: string
}

/** How a comparison across services looks again. */
interface Looking {
  readonly moving: Moving
  /** The whole comparison once more, as things stand then. */
  readonly again: () => Promise<readonly Difference[]>
  /** How long messages are waited for before each further look, in ms. Default 5,000. */
  readonly waitMs?: number
}

/** Further looks while something differs: at least two, more while messages move. Somebody written about all the time differs at some of them. */
const looks = { least: 2, most: 5 }

/**
 * Of what differed those that still do. Databases are read one after the other, and messages are on their way between them: what differs
 * is looked at again when what was sent by then has arrived, and only what differs at every look is told. A stopped system is not waited
 * for longer than `waitMs` in all.
 */
export async function lasting(
  first: readonly Difference[],
  { moving, again, waitMs = 5_000 }: Looking,
): Promise<readonly Difference[]> {
  let left = first
  for (let look = 1; look <= looks.most && left.length > 0; look += 1) {
    const moved = await arrived(moving, waitMs)
    if (moved === 'standsStill' && look > 1) return left
    const before = new Set(left.map(({ key }) => key))
    left = (await again()).filter(({ key }) => before.has(key))
    if (look >= looks.least && moved === 'nothing') return left
  }
  return left
}

/** Messages that outboxes hold or sent, by service: they only grow. */
async function toldBy({ relays, databases }: Moving): Promise<ReadonlyMap<string, number>> {
  const counts = relays.map(async ({ service }) => {
    const { rows } = await databases[service]!.query<{ told: number }>(
      'select coalesce(sum(sequence), 0)::float8 as told from es.topic_keys',
    )
    return [service, rows[0]!.told] as const
  })
  return new Map(await Promise.all(counts))
}

/** Whether every relay has sent what was told by a moment. Read before what waits, so that it never says so too early. */
async function sentAll(moving: Moving, heads: ReadonlyMap<string, number>): Promise<boolean> {
  const told = await toldBy(moving)
  for (const relay of moving.relays) {
    if (told.get(relay.service)! - (await relay.pending()) < heads.get(relay.service)!) {
      relay.wake()
      return false
    }
  }
  return true
}

const lags = async ({ consumers }: Moving) =>
  (await Promise.all(consumers.map(async (one) => (await one.lag()).map((lag) => ({ ...lag, name: one.name }))))).flat()
type Lags = Awaited<ReturnType<typeof lags>>
const placeOf = ({ name, topic, partition }: Lags[number]): string => `${name} ${topic} ${partition}`

/** Whether every consumer has taken what its topics held at a moment. */
async function takenAll(moving: Moving, heads: Lags): Promise<boolean> {
  const ends = new Map(heads.map((head) => [placeOf(head), BigInt(head.end)]))
  // a partition without a message that waits is at its end, whatever was committed of it
  return (await lags(moving)).every((lag) => lag.lag === 0 || BigInt(lag.committed) >= (ends.get(placeOf(lag)) ?? 0n))
}

/** Waits, not longer than so many ms, until what is told now is sent, and what topics hold then is taken in. */
async function arrived(moving: Moving, waitMs: number): Promise<'nothing' | 'arrived' | 'standsStill'> {
  const deadline = Date.now() + waitMs
  let waited = false
  const until = async (done: () => Promise<boolean>): Promise<boolean> => {
    while (!(await done())) {
      waited = true
      if (Date.now() > deadline) return false
      await sleep(20)
    }
    return true
  }
  const told = await toldBy(moving)
  if (!(await until(() => sentAll(moving, told)))) return 'standsStill'
  const ends = await lags(moving)
  if (!(await until(() => takenAll(moving, ends)))) return 'standsStill'
  return waited ? 'arrived' : 'nothing'
}

interface Compared {
  readonly different: readonly Difference[]
}

/** Compares what lies in several databases in the snapshot of a range, and names what differs at every look; the rest is of the first one. */
export async function comparedAgain<T>(
  tx: Transaction,
  { database, moving }: { readonly database: Pick<Database, 'transaction'>; readonly moving: Moving },
  compare: (tx: Transaction) => Promise<T & Compared>,
): Promise<Omit<T, 'different'> & { readonly different: Names }> {
  const { different, ...rest } = await compare(tx)
  const again = () =>
    // a snapshot of its own: the first one does not see what arrived since
    provingSnapshot(database, async (later) => (await compare(later)).different)
  const left = await lasting(different, { moving, again })
  return { ...(rest as Omit<T, 'different'>), different: namesOf(left.map(({ what }) => what)) }
}
