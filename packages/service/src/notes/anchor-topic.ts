import type { KeyObject } from 'node:crypto'
import { logsNoted } from '@ziv/contracts'
import { uuidV5 } from '@ziv/kernel'
import { draft, type MessagingDriver, type OutgoingMessage, toMessage } from '@ziv/messaging'
import type { AnchorNote } from './anchor-file.ts'
import { type SignedLine, signatureHolds } from './signed-file.ts'

/** Topics whose messages no outbox holds: notes go from their file to the topic. */
export const notesTopic = logsNoted.topic

/** Whose notes they are. */
export interface Chain {
  /** Key of its messages: every chain has one of its own, and is compared with those alone. */
  readonly key: string
  /** Under whose name the topic is read. */
  readonly group: string
  /** Nobody else notes in the topic: a message under another key is none of it. */
  readonly alone: boolean
}

/** The chain of an installation in one process. */
export const ownChain: Chain = { key: 'anchor', group: 'ziv-anchor', alone: true }

/** What notes need of the messages: to send some, and to read a topic to its end. */
export type NotesDriver = Pick<MessagingDriver, 'producer' | 'read'>

/** What the topic holds of a line: its parts, or null when the message is none of a note. */
type Published = SignedLine | null

/** Publishes lines of the files of notes; `first` is the place of the first one among all lines, from 1. */
export async function publishNotes(
  driver: NotesDriver,
  { key }: Chain,
  lines: readonly SignedLine[],
  first: number,
): Promise<void> {
  if (lines.length === 0) return
  const producer = await driver.producer('anchor')
  try {
    await producer.send(lines.map((line, index) => messageOf(line, key, first + index)))
  } finally {
    await producer.close()
  }
}

function messageOf({ text, signature }: SignedLine, key: string, sequence: number): OutgoingMessage {
  const { notedAt } = JSON.parse(text) as AnchorNote
  const id = uuidV5(`anchor/${signature}`)
  const about = { key, recordedAt: notedAt, actor: key, correlationId: id, source: '/anchor', id }
  const { payload, ...rest } = draft(logsNoted, { ...about, data: { note: text, signature } })
  return toMessage({ ...rest, payload: JSON.stringify(payload), epoch: 1, sequence })
}

async function readPublished(driver: NotesDriver, { key: own, group, alone }: Chain): Promise<readonly Published[]> {
  const published: Published[] = []
  await driver.read({ topic: notesTopic, group }, async (messages) => {
    for (const { key, headers, value } of messages) {
      if (key !== own && !alone) continue
      published.push(headers.ce_type === logsNoted.type && key === own ? lineOf(value) : null)
    }
  })
  return published
}

function lineOf(value: string): Published {
  try {
    const { note, signature } = logsNoted.schema.parse(JSON.parse(value))
    return { text: note, signature }
  } catch {
    return null
  }
}

/** How far the topic agrees with the files, and in which way it does not. */
interface Agreement {
  /** Lines that the topic holds as the files do, from the first on. */
  readonly published: number
  readonly problem: string | null
}

const same = (a: SignedLine | undefined, b: Published): boolean =>
  a !== undefined && b !== null && a.text === b.text && a.signature === b.signature

/** Compares the topic with the lines of all files, in order. A line may come more than once: a send whose end was not heard is repeated. */
export async function compareWithTopic(
  { driver, chain }: { readonly driver: NotesDriver; readonly chain: Chain },
  lines: readonly SignedLine[],
  anchor: KeyObject,
): Promise<Agreement> {
  const known = new Set(lines.map(({ signature }) => signature))
  const before = new Set<string>()
  let published = 0
  for (const message of await readPublished(driver, chain)) {
    const line = lines[published]
    if (same(line, message)) {
      before.add(message!.signature)
      published += 1
    } else if (message === null || !before.has(message.signature) || !known.has(message.signature)) {
      return { published, problem: differenceAt(published + 1, line, message, anchor) }
    }
  }
  return { published, problem: null }
}

/** Which side holds what was signed is the original. */
function differenceAt(place: number, line: SignedLine | undefined, message: Published, anchor: KeyObject): string {
  const signed = message !== null && signatureHolds(message, anchor)
  if (!signed) return `message ${place} of the topic is no note that this installation signed`
  if (line === undefined)
    return `note ${place} of the topic stands in no file, and was signed: the end of a file was cut off`
  return signatureHolds(line, anchor)
    ? `note ${place} of the topic is another one than in the file: notes were taken out of one of them`
    : `note ${place} of the file was changed: the topic holds it as it was signed`
}
