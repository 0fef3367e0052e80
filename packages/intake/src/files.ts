import { createHash, type Hash } from 'node:crypto'
import { type Clock, uuidV7 } from '@ziv/kernel'
import { conflictOn, type Database } from '@ziv/postgres'
import { onceRunId, type Run, type Runs } from '@ziv/runs'
import type { Logger } from 'pino'
import { type AnyFileKind, clearStaged } from './file-run.ts'
import { dropPages, filesWithLeftPages } from './pages.ts'
import {
  claimDeadUploads,
  closeFile,
  filesAtWork,
  findContent,
  forgetUpload,
  ISSUES_MAX,
  lockArrivals,
  openUpload,
  readFile,
  replaceFile,
  sinceFile,
  takeWhole,
} from './store.ts'
import { type FileHead, type IntakeFile, type Received, type Staged, UploadSwept, type Withdrawn } from './types.ts'
import { Upload } from './upload.ts'
import { withdrawFile } from './withdraw.ts'

export interface FilesOptions {
  readonly database: Database
  readonly clock: Clock
  readonly logger: Logger
  /** The runs of the service, made with `fileRunKind` of every kind. */
  readonly runs: Runs
}

type OnProgress = (run: Run) => void | Promise<void>

/** The files of one service. */
export interface Files {
  /**
   * Reads a file once and stages it. Unreadable: refused, and nothing stays. Sent before: the file of then. Else it is taken in, and
   * `process` or `start` does the rest, unless it is done already.
   */
  receive<F>(kind: string, source: AsyncIterable<Uint8Array>, head: FileHead): Promise<Received<F>>
  /** Both in one: for the command line and the demo. Resolves when everything is stored and in the outbox. */
  import<F>(
    kind: string,
    source: AsyncIterable<Uint8Array>,
    head: FileHead,
    onProgress?: OnProgress,
  ): Promise<Received<F>>
  /** Works a file through to its end, or joins who is at it; tells the run as it goes. */
  process<F>(file: IntakeFile<F>, onProgress?: OnProgress): Promise<IntakeFile<F>>
  /** The same in the background. */
  start(file: IntakeFile): Promise<void>
  /** Ends a file whose work failed without anything of it, and goes on with those that waited for it; see `withdrawFile`. */
  withdraw<F>(kind: string, fileId: string): Promise<Withdrawn<F>>
  /** A file that came in whole, with its counts so far, or null. */
  find<F>(kind: string, fileId: string): Promise<IntakeFile<F> | null>
  /** Sweeps what broke off, and takes up what was left between its two passes. */
  resume(): Promise<void>
}

/** Makes the one door for the files of a service. Kinds of the same names stand in the runs of the service. */
export function createFiles(options: FilesOptions, kinds: readonly AnyFileKind[]): Files {
  const { database, runs } = options
  const byName = new Map(kinds.map((kind) => [kind.kind, kind]))
  const kindOf = (name: string): AnyFileKind => {
    const kind = byName.get(name)
    if (kind === undefined) throw new Error(`there is no kind of file called ${name}`)
    return kind
  }
  const find = async <F>(kind: string, fileId: string): Promise<IntakeFile<F> | null> => {
    const file = await readFile<F>(database, kind, fileId)
    if (file?.state !== 'processing') return file
    return { ...file, counts: (await runs.find(onceRunId(kind, fileId)))?.counts ?? {} }
  }
  const found = async <F>({ kind, fileId }: IntakeFile<F>): Promise<IntakeFile<F>> => (await find<F>(kind, fileId))!
  const start = async (file: IntakeFile): Promise<void> => {
    if (file.state === 'processing') await runs.start(file.kind, { fileId: file.fileId }, file)
  }
  const process = async <F>(file: IntakeFile<F>, onProgress?: OnProgress): Promise<IntakeFile<F>> => {
    if (file.state === 'processing') await runs.run(file.kind, { fileId: file.fileId }, file, onProgress)
    return await found(file)
  }
  return {
    receive: <F>(kind: string, source: AsyncIterable<Uint8Array>, head: FileHead) =>
      receive<F>(options, kindOf(kind), source, head),
    import: async <F>(kind: string, source: AsyncIterable<Uint8Array>, head: FileHead, onProgress?: OnProgress) => {
      const received = await receive<F>(options, kindOf(kind), source, head)
      return received.ok ? { ...received, file: await process(received.file, onProgress) } : received
    },
    process,
    start,
    withdraw: async <F>(name: string, fileId: string) => {
      const withdrawn = await withdrawFile<F>(options, kindOf(name), fileId)
      if (withdrawn.ok) for (const file of await filesAtWork(database, [name])) await start(file)
      return withdrawn
    },
    find,
    resume: async () => {
      await sweep(options, byName)
      for (const { fileId, kind } of await filesWithLeftPages(database)) {
        const known = byName.get(kind ?? '')
        await (known === undefined ? dropPages(database, fileId) : clearStaged(database, known, fileId, 'ended'))
      }
      for (const file of await filesAtWork(database, [...byName.keys()])) await start(file)
    },
  }
}

/** Removes uploads whose process died: at the start of a service and before each new file. */
async function sweep({ database }: FilesOptions, kinds: ReadonlyMap<string, AnyFileKind>): Promise<void> {
  for (const { file_id: fileId, kind } of await claimDeadUploads(database, [...kinds.keys()])) {
    await drop(database, kinds.get(kind)!, fileId)
  }
}

/** Nothing stays of a file that was refused or broke off. */
async function drop(database: Database, kind: AnyFileKind, fileId: string): Promise<void> {
  await clearStaged(database, kind, fileId, 'gone')
  await forgetUpload(database, fileId)
}

async function receive<F>(
  options: FilesOptions,
  kind: AnyFileKind,
  source: AsyncIterable<Uint8Array>,
  head: FileHead,
): Promise<Received<F>> {
  const { database, clock } = options
  await sweep(options, new Map([[kind.kind, kind]]))
  const fileId = uuidV7(clock)
  const [today, receivedAt] = [clock.today(), clock.now()]
  await openUpload(database, { fileId, kind: kind.kind, head, today, receivedAt })
  const limits = { database, issuesMax: kind.issuesMax ?? ISSUES_MAX }
  const upload = new Upload(limits, { fileId, head, today, receivedAt })
  try {
    const bytes = new CountedBytes(source)
    const staged = await stageWhole<F>(kind, upload, bytes)
    if (staged === null) {
      await drop(database, kind, fileId)
      return { ok: false, issues: upload.fatal }
    }
    const hash = bytes.hash.digest()
    return await takeIn<F>(options, kind, upload, { staged, hash, sizeBytes: bytes.size })
  } catch (error) {
    await drop(database, kind, fileId)
    throw error
  }
}

/** What the first pass found; null when it noted something fatal. */
async function stageWhole<F>(kind: AnyFileKind, upload: Upload, bytes: CountedBytes): Promise<Staged<F> | null> {
  try {
    const staged = await kind.stage(upload, bytes)
    if (upload.fatal.length > 0) return null
    if (staged === null) throw new Error(`reading a ${kind.kind} ended without saying why`)
    await upload.store()
    return staged
  } finally {
    await upload.settle()
  }
}

/** The bytes of a file, hashed and counted as they pass. */
class CountedBytes implements AsyncIterable<Uint8Array> {
  readonly hash: Hash = createHash('sha256')
  size = 0
  readonly #source: AsyncIterable<Uint8Array>
  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for await (const piece of this.#source) {
      this.hash.update(piece)
      this.size += piece.byteLength
      yield piece
    }
  }
}

async function isSameFile(q: Database, kind: AnyFileKind, known: IntakeFile): Promise<boolean> {
  return kind.isSame === undefined || kind.isSame(known, await sinceFile(q, known))
}

interface Whole<F> {
  readonly staged: Staged<F>
  readonly hash: Buffer
  readonly sizeBytes: number
}

async function takeIn<F>(
  options: FilesOptions,
  kind: AnyFileKind,
  { fileId, head }: Upload,
  whole: Whole<F>,
): Promise<Received<F>> {
  const { database, clock } = options
  const { hash, sizeBytes, staged } = whole
  const sender = staged.sender ?? head.sender ?? ''
  let missed = false
  for (;;) {
    const known = await findContent<F>(database, kind.kind, sender, hash)
    if (known !== null && (await isSameFile(database, kind, known))) {
      await drop(database, kind, fileId)
      return { ok: true, file: known, alreadyKnown: true }
    }
    const taken = await database.transaction(async (tx) => {
      await lockArrivals(tx, kind.kind)
      if (known !== null) await replaceFile(tx, known.fileId)
      // the same file at the same moment: run again, this one finds the other
      const came = { today: clock.today(), receivedAt: clock.now() }
      const content = { hash, sizeBytes, facts: staged.facts, sender, ...came }
      if (!(await conflictOn(['files_content'], () => takeWhole(tx, fileId, content)))) return false
      const file = (await readFile<F>(tx, kind.kind, fileId))!
      await kind.booked?.(tx, file)
      if (staged.end === undefined) return true
      const completedAt = clock.now()
      await closeFile(tx, fileId, staged.end, completedAt)
      await kind.end?.(tx, file, staged.end, completedAt)
      return true
    })
    if (taken) break
    // neither taken nor found: another process swept it
    if (known === null && missed) throw new UploadSwept(fileId)
    missed = true
  }
  if (staged.end !== undefined) await clearStaged(database, kind, fileId, 'ended')
  return { ok: true, file: (await readFile<F>(database, kind.kind, fileId))!, alreadyKnown: false }
}
