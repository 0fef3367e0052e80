import type { KeyObject } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { FIRST, linesOf, linkOf, type SignedLine, signatureHolds, signed, textOf } from '../notes/signed-file.ts'
import type { ProofPlan } from './plan.ts'

/** What a run says of itself at its begin: results of earlier ranges hold for a run that would say the same. */
export interface Begun {
  readonly begunAt: string
  readonly businessDate: string
  readonly fingerprint: string
  readonly plans: readonly ProofPlan[]
}

type Line = { readonly previous: string } & (
  | { readonly begun: Begun }
  | { readonly range: string; readonly result: unknown }
  | { readonly ended: string }
)

/** What a file of an earlier run gives. */
export interface Earlier {
  readonly begun: Begun
  /** Results of ranges by the name of the range. */
  readonly results: ReadonlyMap<string, unknown>
  readonly ended: boolean
  /** The lines that hold; what comes after them is taken off. */
  readonly lines: readonly SignedLine[]
  /** The first line that does not hold. */
  readonly problem: string | null
}

/** Reads what an earlier run left, as far as its lines were signed here and follow one another. Null: there is none. */
export async function readEarlier(file: string, key: KeyObject): Promise<Earlier | null> {
  const lines: SignedLine[] = []
  const results = new Map<string, unknown>()
  let begun: Begun | undefined
  let ended = false
  let problem: string | null = null
  for (const line of await linesOf(file)) {
    const content = signatureHolds(line, key) ? (JSON.parse(line.text) as Line) : null
    if (content === null || content.previous !== linkOf(lines.at(-1)) || (begun === undefined) !== 'begun' in content) {
      const what = content === null ? 'has not the signature of this installation' : 'does not follow the one before it'
      problem = `line ${lines.length + 1} of ${file} ${what}: what it and the lines after it say is proved again`
      break
    }
    lines.push(line)
    if ('begun' in content) begun = content.begun
    else if ('range' in content) results.set(content.range, content.result)
    else ended = true
  }
  return begun === undefined ? null : { begun, results, ended, lines, problem }
}

const DAY_MS = 86_400_000

/** Why results of an earlier run do not hold for this one; null: they do. */
export function refusal(earlier: Begun & { readonly ended: boolean }, now: Omit<Begun, 'plans'>): string | null {
  if (earlier.ended) return 'the run before it went to its end'
  if (earlier.fingerprint !== now.fingerprint) return 'the run before it made other proofs'
  if (earlier.businessDate !== now.businessDate) return `the run before it was of business date ${earlier.businessDate}`
  const age = Date.parse(now.begunAt) - Date.parse(earlier.begunAt)
  if (age < 0) return 'the run before it begins later than now'
  return age > DAY_MS ? 'the run before it began more than a day ago' : null
}

/** Results of finished ranges, in a file and in no database: signed, each line naming the hash of the one before. */
export class Journal {
  readonly #handle: FileHandle
  readonly #key: KeyObject
  #last: SignedLine | undefined
  #writing: Promise<void> = Promise.resolve()

  private constructor(handle: FileHandle, key: KeyObject, last: SignedLine | undefined) {
    this.#handle = handle
    this.#key = key
    this.#last = last
  }

  /** Begins a file, in the place of the one that is there. */
  static async begin(file: string, key: KeyObject, begun: Begun): Promise<Journal> {
    const journal = new Journal(await open(file, 'w', 0o600), key, undefined)
    await journal.#add({ begun })
    return journal
  }

  /** Goes on behind the lines of an earlier run that hold. */
  static async goOn(file: string, key: KeyObject, { lines }: Pick<Earlier, 'lines'>): Promise<Journal> {
    const handle = await open(file, 'r+', 0o600)
    await handle.truncate(lines.reduce((bytes, line) => bytes + Buffer.byteLength(textOf(line)) + 1, 0))
    await handle.close()
    return new Journal(await open(file, 'a', 0o600), key, lines.at(-1))
  }

  /** On the disk before this resolves. */
  done(range: string, result: unknown): Promise<void> {
    return this.#add({ range, result })
  }

  /** Nothing is left: the next run begins anew. */
  ended(at: string): Promise<void> {
    return this.#add({ ended: at })
  }

  async close(): Promise<void> {
    await this.#writing.catch(() => undefined)
    await this.#handle.close()
  }

  #add(content: object): Promise<void> {
    this.#writing = this.#writing.then(async () => {
      const previous = this.#last === undefined ? FIRST : linkOf(this.#last)
      const line = signed(JSON.stringify({ previous, ...content }), this.#key)
      await this.#handle.appendFile(`${textOf(line)}\n`)
      await this.#handle.datasync()
      this.#last = line
    })
    return this.#writing
  }
}
