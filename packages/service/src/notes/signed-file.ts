import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomUUID,
  sign,
  verify,
} from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/** A line of a signed file: a text and the signature over it. Texts name the hash of the line before them. */
export interface SignedLine {
  readonly text: string
  readonly signature: string
}

const hashOf = (line: string): string => createHash('sha256').update(line).digest('hex')

/** What a line says that has none before it. */
export const FIRST = hashOf('')

/** The line as it stands in the file, without its end. */
export const textOf = ({ text, signature }: SignedLine): string => `${text}\t${signature}`

/** What the line after this one names. */
export const linkOf = (line: SignedLine | undefined): string => (line === undefined ? FIRST : hashOf(textOf(line)))

/** Reads or makes the Ed25519 key of an installation, mode 0600, outside every database. */
export async function anchorKey(file: string): Promise<KeyObject> {
  const known = await textOrNone(file)
  if (known !== null) return createPrivateKey(known)
  const { privateKey } = generateKeyPairSync('ed25519')
  await mkdir(dirname(file), { recursive: true })
  const made = `${file}.${process.pid}-${randomUUID()}`
  await writeFile(made, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' })
  // whole or not at all, and of two processes that make one the first has it
  await link(made, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  await rm(made)
  return createPrivateKey(await readFile(file, 'utf8'))
}

/** Signs a text with the key of the installation. */
export const signed = (text: string, key: KeyObject): SignedLine => ({
  text,
  signature: sign(null, Buffer.from(text), key).toString('base64'),
})

/** Whether the installation of this key signed the line. */
export const signatureHolds = ({ text, signature }: SignedLine, key: KeyObject): boolean =>
  verify(null, Buffer.from(text), createPublicKey(key), Buffer.from(signature, 'base64'))

/** Whole lines of a file, none when it is not there; the rest of a line that a crash cut off is no line. */
export async function linesOf(file: string): Promise<readonly SignedLine[]> {
  const text = (await textOrNone(file)) ?? ''
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const end = line.indexOf('\t')
      return end < 0 ? { text: line, signature: '' } : { text: line.slice(0, end), signature: line.slice(end + 1) }
    })
}

const textOrNone = (file: string): Promise<string | null> =>
  readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
