import type { KeyObject } from 'node:crypto'
import { open, readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { LogDigest } from '@ziv/event-store'
import type { Instant, IsoDate } from '@ziv/kernel'
import { FIRST, linesOf, linkOf, type SignedLine, signatureHolds, signed, textOf } from './signed-file.ts'

/** What every log held at a moment. Each note names the hash of the line before it, so that none can be taken out. */
export interface AnchorNote {
  readonly number: number
  readonly previous: string
  readonly businessDate: IsoDate
  readonly notedAt: Instant
  readonly logs: Readonly<Record<string, LogDigest>>
}

/** The notes that hold, where the first one stands that does not, and every line as it stands. */
export interface ReadNotes {
  readonly notes: readonly AnchorNote[]
  readonly problem: string | null
  readonly lines: readonly SignedLine[]
}

/** Reads the notes and checks signatures and chain. */
export async function readNotes(file: string, key: KeyObject): Promise<ReadNotes> {
  const notes: AnchorNote[] = []
  let previous = FIRST
  const lines = await linesOf(file)
  for (const line of lines) {
    const number = notes.length + 1
    if (!signatureHolds(line, key)) {
      return { notes, lines, problem: `note ${number} has not the signature of this installation` }
    }
    const note = JSON.parse(line.text) as AnchorNote
    if (note.number !== number || note.previous !== previous) {
      return { notes, lines, problem: `note ${number} does not follow the one before it` }
    }
    notes.push(note)
    previous = linkOf(line)
  }
  return { notes, lines, problem: null }
}

/** Files that were set aside after a restore (`anchors-<anything>.jsonl` beside `anchors.jsonl`), in the order of their names. */
async function filesSetAside(file: string): Promise<readonly string[]> {
  const [start, end] = [`${basename(file, '.jsonl')}-`, '.jsonl']
  const names = (await readdir(dirname(file))).filter((name) => name.startsWith(start) && name.endsWith(end))
  return names.sort().map((name) => join(dirname(file), name))
}

/** The notes in use, and the lines of all files in their order; what does not hold in any of them is the problem. */
export async function readAllNotes(file: string, key: KeyObject): Promise<ReadNotes> {
  const lines: SignedLine[] = []
  let problem: string | null = null
  for (const aside of await filesSetAside(file)) {
    const read = await readNotes(aside, key)
    lines.push(...read.lines)
    if (read.problem !== null) problem ??= `${basename(aside)}: ${read.problem}`
  }
  const own = await readNotes(file, key)
  return { notes: own.notes, lines: [...lines, ...own.lines], problem: own.problem ?? problem }
}

/** Signs a note and adds it to the file, on the disk before this returns. */
export async function addNote(
  file: string,
  key: KeyObject,
  content: Pick<AnchorNote, 'businessDate' | 'notedAt' | 'logs'>,
): Promise<SignedLine> {
  const lines = await linesOf(file)
  const note: AnchorNote = { number: lines.length + 1, previous: linkOf(lines.at(-1)), ...content }
  const line = signed(JSON.stringify(note), key)
  const handle = await open(file, 'a', 0o600)
  try {
    const whole = lines.reduce((bytes, known) => bytes + Buffer.byteLength(textOf(known)) + 1, 0)
    await handle.truncate(whole)
    await handle.appendFile(`${textOf(line)}\n`)
    await handle.datasync()
  } finally {
    await handle.close()
  }
  return line
}
