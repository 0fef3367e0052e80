import type { KeyObject } from 'node:crypto'
import { EMPTY_LOG, extendDigest } from '@ziv/event-store'
import type { Clock } from '@ziv/kernel'
import type { MessagingDriver } from '@ziv/messaging'
import type { Database } from '@ziv/postgres'
import type { Logger } from 'pino'
import { addNote, linesSetAside, readNotes } from './anchor-file.ts'
import { compareWithTopic, publishNotes } from './anchor-topic.ts'
import type { SandboxClock } from './sandbox-clock.ts'

/** Notes outside the databases of what the logs hold: whoever may change every row cannot change them. */
export interface Anchors {
  /** Adds a note of what came since the last one, and publishes what the topic has not got yet. */
  note(): Promise<void>
}

/** What the notes of an installation rest on. */
export interface Anchored {
  readonly file: string
  readonly key: KeyObject
  readonly databases: Readonly<Record<string, Database>>
  readonly clock: Clock
  readonly driver: MessagingDriver
}

/** The notes of one installation. One process writes them. */
export function openAnchors({ file, key, databases, clock, driver }: Anchored): Anchors {
  let turn: Promise<unknown> = Promise.resolve()
  /** The last line that the topic holds, and its place; null: not looked yet, or not known since a send failed. */
  let published: { readonly place: number; readonly signature: string | undefined } | null = null

  /** Sends the lines that the topic has not got. A topic that says something else is left as it is. */
  const publish = async (): Promise<boolean> => {
    const lines = [...(await linesSetAside(file)), ...(await readNotes(file, key)).lines]
    let from = published?.place ?? 0
    // the file is not the one of the last time: it is compared whole
    if (published === null || lines[from - 1]?.signature !== published.signature) {
      const found = await compareWithTopic(driver, lines, key)
      if (found.problem !== null) return false
      from = found.published
    }
    published = null
    await publishNotes(driver, lines.slice(from), from + 1)
    published = { place: lines.length, signature: lines.at(-1)?.signature }
    return true
  }

  const noteNow = async (): Promise<void> => {
    const { notes, problem } = await readNotes(file, key)
    // a broken file or topic is left as it is: verify tells it, and a note behind the break would prove nothing
    if (problem !== null || !(await publish())) return
    const last = notes.at(-1)?.logs ?? {}
    const grown = await Promise.all(
      Object.entries(databases).map(
        async ([name, database]) => [name, await extendDigest(database, last[name] ?? EMPTY_LOG)] as const,
      ),
    )
    if (notes.length > 0 && grown.every(([name, { events }]) => events === (last[name]?.events ?? 0))) return
    await addNote(file, key, {
      businessDate: clock.today(),
      notedAt: clock.now(),
      logs: Object.fromEntries(grown),
    })
    await publish()
  }

  return {
    note: () => {
      const mine = turn.then(noteNow)
      turn = mine.catch(() => undefined)
      return mine
    },
  }
}

const NOTE_EVERY_MS = 3_600_000

/** Notes now and every hour, and when this is stopped. A note that fails is logged: the next one covers what it missed. */
export async function startNoting(anchors: Anchors, clock: Clock, logger: Logger): Promise<() => Promise<void>> {
  const noteOrLog = (): Promise<void> =>
    anchors
      .note()
      .catch((error: unknown) => logger.error({ err: error, day: clock.today() }, 'no note of the logs was made'))
  await anchors.note()
  const timer = setInterval(noteOrLog, NOTE_EVERY_MS).unref()
  return async () => {
    clearInterval(timer)
    await noteOrLog()
  }
}

/** The clock, with a note when a business month begins. */
export const notingClock = (clock: SandboxClock, anchors: Pick<Anchors, 'note'>): SandboxClock => ({
  ...clock,
  moveTo: async (date) => {
    const month = clock.today().slice(0, 7)
    await clock.moveTo(date)
    if (date.slice(0, 7) > month) await anchors.note()
  },
})
