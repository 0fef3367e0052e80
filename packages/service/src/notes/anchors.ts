import type { KeyObject } from 'node:crypto'
import { EMPTY_LOG, extendDigest } from '@ziv/event-store'
import type { Clock } from '@ziv/kernel'
import type { Database } from '@ziv/postgres'
import type { Logger } from 'pino'
import { type AnchorNote, addNote, readAllNotes } from './anchor-file.ts'
import { readSent, writeSent } from './anchor-sent.ts'
import { type Chain, compareWithTopic, type NotesDriver, publishNotes } from './anchor-topic.ts'
import type { SignedLine } from './signed-file.ts'

/** Notes outside the databases of what the logs hold: whoever may change every row cannot change them. */
export interface Anchors {
  /** Adds a note of what came since the last one, and publishes it. While file and topic do not agree it adds none, and says so. */
  note(): Promise<void>
  /** Sends the notes again that the topic took and holds no more; how many there were. Throws when the two differ in another way. */
  sendAgain(): Promise<number>
}

/** What the notes of an installation rest on. */
export interface Anchored {
  readonly file: string
  readonly key: KeyObject
  readonly databases: Readonly<Record<string, Database>>
  readonly clock: Clock
  readonly driver: NotesDriver
  readonly chain: Chain
  readonly logger: Pick<Logger, 'warn' | 'error'>
}

/** How the files stand to the topic. */
export interface Standing {
  readonly notes: readonly AnchorNote[]
  /** Lines of all files in their order. */
  readonly lines: readonly SignedLine[]
  /** How many of them, from the first on, the topic holds. */
  readonly published: number
  /** How many that the topic took are gone from its end. */
  readonly lost: number
  readonly problem: string | null
}

/** What it takes to look at notes. */
export type Looked = Pick<Anchored, 'driver' | 'chain' | 'file' | 'key'>

/** Compares files and topic, now. A line that the topic took once must be there still. */
export async function standingOf({ driver, chain, file, key }: Looked): Promise<Standing> {
  const { notes, lines, problem } = await readAllNotes(file, key)
  const found = await compareWithTopic({ driver, chain }, lines, key)
  // where nothing says how many were sent: each was sent before the next one was written
  const sent = (await readSent(file, key)) ?? Math.max(0, lines.length - 1)
  const short = `${sent} notes were sent and the files hold ${lines.length}: the end of a file was cut off`
  // a difference from the topic tells which side holds the original
  const differs = found.problem ?? problem ?? (sent > lines.length ? short : null)
  // only where nothing else is wrong is a missing end an end that was cut
  const lost = differs === null ? Math.max(0, sent - found.published) : 0
  const cut = `from note ${found.published + 1} on, ${lost} notes that were sent are not in the topic any more: it was emptied or cut at its end (ziv notes send puts them back)`
  return { notes, lines, published: found.published, lost, problem: differs ?? (lost > 0 ? cut : null) }
}

/** The notes of one installation. One process writes them. */
export function openAnchors({ file, key, databases, clock, driver, chain, logger }: Anchored): Anchors {
  let turn: Promise<unknown> = Promise.resolve()
  /** The last line that this process wrote, and its place among all lines. */
  let mine: { readonly place: number; readonly line: SignedLine } | null = null

  const send = async (lines: readonly SignedLine[], published: number): Promise<void> => {
    await publishNotes(driver, chain, lines.slice(published), published + 1)
    await writeSent(file, key, lines.length)
  }

  const noteNow = async (): Promise<void> => {
    const { notes, lines, published, problem } = await standingOf({ driver, chain, file, key })
    const gone = mine !== null && lines[mine.place - 1]?.signature !== mine.line.signature
    // a broken file or topic is left as it is, and a note behind the break would prove nothing
    if (problem !== null || gone) {
      const why = problem ?? `note ${mine?.place} that this process wrote stands no more in its file`
      logger.error({ problem: why }, 'no note of the logs is made while the file of notes and its topic do not agree')
      return
    }
    if (lines.length > published) {
      logger.warn({ notes: lines.length - published }, 'notes that an earlier run wrote and did not send are sent now')
      await send(lines, published)
    }
    const last = notes.at(-1)?.logs ?? {}
    const grown = await Promise.all(
      Object.entries(databases).map(
        async ([name, database]) => [name, await extendDigest(database, last[name] ?? EMPTY_LOG)] as const,
      ),
    )
    if (notes.length > 0 && grown.every(([name, { events }]) => events === (last[name]?.events ?? 0))) return
    const line = await addNote(file, key, {
      businessDate: clock.today(),
      notedAt: clock.now(),
      logs: Object.fromEntries(grown),
    })
    mine = { place: lines.length + 1, line }
    await send([...lines, line], lines.length)
  }

  const sendAgainNow = async (): Promise<number> => {
    const { lines, published, lost, problem } = await standingOf({ driver, chain, file, key })
    if (problem !== null && lost === 0) throw new Error(`notes are not sent: ${problem}`)
    await send(lines, published)
    return lines.length - published
  }

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = turn.then(work)
    turn = next.catch(() => undefined)
    return next
  }
  return { note: () => inTurn(noteNow), sendAgain: () => inTurn(sendAgainNow) }
}

const NOTE_EVERY_MS = 3_600_000

/** What makes a note. */
export type Noting = Pick<Anchors, 'note'>

/** A note that fails is logged, while a broker is away for one: the next note covers what it missed. */
export async function noteOrLog(anchors: Noting, clock: Clock, logger: Pick<Logger, 'error'>): Promise<void> {
  try {
    await anchors.note()
  } catch (error) {
    logger.error({ err: error, day: clock.today() }, 'no note of the logs was made')
  }
}

/** Notes every hour, and when this is stopped; after a first note, which its caller made. */
export function keepNoting(anchors: Noting, clock: Clock, logger: Logger): () => Promise<void> {
  const timer = setInterval(() => noteOrLog(anchors, clock, logger), NOTE_EVERY_MS).unref()
  return async () => {
    clearInterval(timer)
    await noteOrLog(anchors, clock, logger)
  }
}
