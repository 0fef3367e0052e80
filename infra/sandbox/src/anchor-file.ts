import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto'
import { mkdir, open, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
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

/** The notes that hold, and where the first one stands that does not. */
export interface ReadNotes {
  readonly notes: readonly AnchorNote[]
  readonly problem: string | null
}

const hashOf = (line: string): string => createHash('sha256').update(line).digest('hex')
const FIRST = hashOf('')

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

/** Whole lines of the file; the rest of a line that a crash cut off is no note. */
async function linesOf(file: string): Promise<readonly string[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  return text.split('\n').slice(0, -1)
}

/** Reads the notes and checks signatures and chain. */
export async function readNotes(file: string, key: KeyObject): Promise<ReadNotes> {
  const publicKey = createPublicKey(key)
  const notes: AnchorNote[] = []
  let previous = FIRST
  for (const line of await linesOf(file)) {
    const [text = '', signature = ''] = line.split('\t')
    const number = notes.length + 1
    if (!verify(null, Buffer.from(text), publicKey, Buffer.from(signature, 'base64'))) {
      return { notes, problem: `note ${number} has not the signature of this installation` }
    }
    const note = JSON.parse(text) as AnchorNote
    if (note.number !== number || note.previous !== previous) {
      return { notes, problem: `note ${number} does not follow the one before it` }
    }
    notes.push(note)
    previous = hashOf(line)
  }
  return { notes, problem: null }
}

/** Signs a note and adds it to the file, on the disk before this returns. */
export async function addNote(
  file: string,
  key: KeyObject,
  content: Pick<AnchorNote, 'businessDate' | 'notedAt' | 'logs'>,
): Promise<void> {
  const lines = await linesOf(file)
  const last = lines.at(-1)
  const note: AnchorNote = { number: lines.length + 1, previous: last === undefined ? FIRST : hashOf(last), ...content }
  const text = JSON.stringify(note)
  const handle = await open(file, 'a', 0o600)
  try {
    const whole = lines.reduce((bytes, line) => bytes + Buffer.byteLength(line) + 1, 0)
    await handle.truncate(whole)
    await handle.appendFile(`${text}\t${sign(null, Buffer.from(text), key).toString('base64')}\n`)
    await handle.datasync()
  } finally {
    await handle.close()
  }
}
