import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto'
import { mkdir, open, readdir, readFile, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { LogDigest } from '@ziv/event-store'
import type { Instant, IsoDate } from '@ziv/kernel'

/** What every log held at a moment. Each note names the hash of the line before it, so that none can be taken out. */
export interface AnchorNote {
  readonly number: number
  readonly previous: string
  readonly businessDate: IsoDate
  readonly notedAt: Instant
  readonly logs: Readonly<Record<string, LogDigest>>
}

/** A line of the file: a text and the signature over it. */
export interface SignedLine {
  readonly text: string
  readonly signature: string
}

/** The notes that hold, where the first one stands that does not, and every line as it stands. */
export interface ReadNotes {
  readonly notes: readonly AnchorNote[]
  readonly problem: string | null
  readonly lines: readonly SignedLine[]
}

const hashOf = (line: string): string => createHash('sha256').update(line).digest('hex')
const FIRST = hashOf('')
const textOf = ({ text, signature }: SignedLine): string => `${text}\t${signature}`

/** Reads or makes the Ed25519 key of an installation, mode 0600, outside every database. */
export async function anchorKey(file: string): Promise<KeyObject> {
  const known = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (known !== null) return createPrivateKey(known)
  const { privateKey } = generateKeyPairSync('ed25519')
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' })
  return privateKey
}

/** Whether the installation of this key signed the line. */
export const signatureHolds = ({ text, signature }: SignedLine, key: KeyObject): boolean =>
  verify(null, Buffer.from(text), createPublicKey(key), Buffer.from(signature, 'base64'))

/** Whole lines of the file; the rest of a line that a crash cut off is no note. */
async function linesOf(file: string): Promise<readonly SignedLine[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const end = line.indexOf('\t')
      return end < 0 ? { text: line, signature: '' } : { text: line.slice(0, end), signature: line.slice(end + 1) }
    })
}

/** Lines of files that were set aside after a restore (`anchors-<anything>.jsonl` beside `anchors.jsonl`), by name. */
export async function linesSetAside(file: string): Promise<readonly SignedLine[]> {
  const [start, end] = [`${basename(file, '.jsonl')}-`, '.jsonl']
  const names = (await readdir(dirname(file))).filter((name) => name.startsWith(start) && name.endsWith(end))
  const lines: SignedLine[] = []
  for (const name of names.sort()) lines.push(...(await linesOf(join(dirname(file), name))))
  return lines
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
    previous = hashOf(textOf(line))
  }
  return { notes, lines, problem: null }
}

/** Signs a note and adds it to the file, on the disk before this returns. */
export async function addNote(
  file: string,
  key: KeyObject,
  content: Pick<AnchorNote, 'businessDate' | 'notedAt' | 'logs'>,
): Promise<SignedLine> {
  const lines = (await linesOf(file)).map(textOf)
  const last = lines.at(-1)
  const note: AnchorNote = { number: lines.length + 1, previous: last === undefined ? FIRST : hashOf(last), ...content }
  const text = JSON.stringify(note)
  const line: SignedLine = { text, signature: sign(null, Buffer.from(text), key).toString('base64') }
  const handle = await open(file, 'a', 0o600)
  try {
    const whole = lines.reduce((bytes, known) => bytes + Buffer.byteLength(known) + 1, 0)
    await handle.truncate(whole)
    await handle.appendFile(`${textOf(line)}\n`)
    await handle.datasync()
  } finally {
    await handle.close()
  }
  return line
}
