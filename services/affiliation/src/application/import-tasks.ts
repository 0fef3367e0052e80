import { randomUUID } from 'node:crypto'
import { type Clock, parseJson, utf8Lines, uuidV5 } from '@ziv/kernel'
import type { Transaction } from '@ziv/postgres'
import type { Sealed } from '@ziv/privacy'
import type { Context } from './context.ts'
import { importMembers } from './import-members.ts'
import type { ImportCounts, ImportIssue } from './import-row.ts'

export interface ImportOwner {
  readonly actor: string
  /** Absent: rows of every ziekenfonds are allowed. */
  readonly ziekenfonds?: string | undefined
  readonly insurer?: string | undefined
}

export interface ImportTask {
  readonly importId: string
  /** Key under which its lines rest until they were worked through. */
  readonly keyId: string
  readonly state: 'receiving' | 'running' | 'completed'
  readonly actor: string
  readonly insurer: string | null
  readonly ziekenfonds: string | null
  readonly startedAt: string
  readonly finishedAt: string | null
  readonly lines: number
  readonly handled: number
  readonly imported: number
  readonly repeated: number
  readonly refused: number
}

/** Lines of one batch: they rest sealed until they were worked through, so a stop in between loses nothing. */
const batchLines = 500
const lineBytesMax = 16_384

const sealPlace = (importId: string, batch: number): string => `${importId}/batch/${batch}`

/** A line of the body is not UTF-8: what its names are cannot be known, and the sender has to say. */
export class LineNotUtf8 extends Error {
  readonly line: number
  constructor(line: number) {
    super(`line ${line} is not UTF-8`)
    this.name = 'LineNotUtf8'
    this.line = line
  }
}

/** The lines of a body, one at a time; one that is too long is taken as empty and refused at its place. */
async function* linesOf(body: AsyncIterable<Buffer | string>): AsyncGenerator<string> {
  for await (const line of utf8Lines(body, lineBytesMax)) {
    if (line.text === null && line.fault === 'bytes') throw new LineNotUtf8(line.line)
    yield line.text ?? ''
  }
}

function parseLine(line: string): unknown {
  // not an object, or one key twice: the row schema refuses it at its line
  const parsed = parseJson(line)
  return parsed.ok ? parsed.value : null
}

/** A file without a line is a mistake of its sender: nobody is imported, and no task says that all went well. */
export class EmptyImport extends Error {}

/** Bulk imports as tasks: received and sealed first, then worked through batch by batch, also after a stop. */
export class ImportTasks {
  readonly #context: Context
  readonly #clock: Clock
  readonly #running = new Map<string, Promise<void>>()
  #stopping = false
  constructor(context: Context) {
    this.#context = context
    this.#clock = context.clock
  }

  /** Takes a body in. Resolves when every line rests in the database; the work then goes on by itself. */
  async receive(commandId: string, owner: ImportOwner, body: AsyncIterable<Buffer | string>): Promise<string> {
    const importId = uuidV5(`${commandId}/memberImport`)
    const { database } = this.#context
    const { rows } = await database.query<{ state: string }>(
      'select state from app.member_imports where import_id = $1',
      [importId],
    )
    if (rows[0] && rows[0].state !== 'receiving') return importId
    if (rows[0]) await this.#drop(importId)
    await this.#sweep()
    // a key of this reception: the one of a reception that broke off is destroyed, and the import can be sent again
    const keyId = randomUUID()
    await database.query(
      `insert into app.member_imports (import_id, key_id, state, actor, insurer, ziekenfonds, started_at)
       values ($1, $6, 'receiving', $2, $3, $4, $5) on conflict (import_id) do nothing`,
      [importId, owner.actor, owner.insurer ?? null, owner.ziekenfonds ?? null, this.#clock.now(), keyId],
    )
    try {
      const lines = await this.#spool(importId, keyId, body)
      if (lines === 0) throw new EmptyImport()
      await database.query(`update app.member_imports set state = 'running', lines = $2 where import_id = $1`, [
        importId,
        lines,
      ])
    } catch (error) {
      await this.#drop(importId)
      throw error
    }
    this.#start(importId)
    return importId
  }

  /** An upload that broke off leaves nothing: its sender got no 202 and sends it again. */
  async #drop(importId: string): Promise<void> {
    const { database, vault } = this.#context
    await database.query('delete from app.member_import_batches where import_id = $1', [importId])
    const { rows } = await database.query<{ key_id: string }>(
      'delete from app.member_imports where import_id = $1 returning key_id',
      [importId],
    )
    for (const { key_id: keyId } of rows) await vault.erase(keyId)
  }

  /** Uploads that a stop of their process broke off: after a day nobody is still sending them. */
  async #sweep(): Promise<void> {
    const { rows } = await this.#context.database.query<{ import_id: string }>(
      `select import_id from app.member_imports where state = 'receiving' and started_at < $1::timestamptz - interval '1 day'`,
      [this.#clock.now()],
    )
    for (const { import_id: importId } of rows) await this.#drop(importId)
  }

  async #spool(importId: string, keyId: string, body: AsyncIterable<Buffer | string>): Promise<number> {
    let batch = 0
    let lines = 0
    let kept: string[] = []
    const store = async (): Promise<void> => {
      const plaintext = kept.join('\n')
      const [sealed] = await this.#context.vault.seal([
        { subjectId: keyId, context: sealPlace(importId, batch), plaintext },
      ])
      await this.#context.database.query(
        'insert into app.member_import_batches (import_id, batch, first_line, content) values ($1, $2, $3, $4)',
        [importId, batch, lines - kept.length + 1, (sealed as Sealed).$sealed],
      )
      batch += 1
      kept = []
    }
    for await (const line of linesOf(body)) {
      kept.push(line)
      lines += 1
      if (kept.length === batchLines) await store()
    }
    if (kept.length > 0) await store()
    return lines
  }

  #start(importId: string): void {
    if (this.#running.has(importId) || this.#stopping) return
    const work = this.#work(importId)
      .catch((error: unknown) =>
        this.#context.logger.error({ error, importId }, 'an import stopped; it goes on at the next start'),
      )
      .finally(() => this.#running.delete(importId))
    this.#running.set(importId, work)
  }

  async #work(importId: string): Promise<void> {
    const { database, vault } = this.#context
    const task = await this.find(importId)
    if (!task) throw new Error(`import ${importId} does not exist`)
    while (!this.#stopping) {
      const { rows } = await database.query<{ batch: number; first_line: string; content: string }>(
        'select batch, first_line, content from app.member_import_batches where import_id = $1 order by batch limit 1',
        [importId],
      )
      const next = rows[0]
      if (!next) break
      const place = sealPlace(importId, next.batch)
      const [text] = await vault.open([{ subjectId: task.keyId, context: place, sealed: { $sealed: next.content } }])
      if (typeof text !== 'string') throw new Error(`the key of import ${importId} is gone: send the file again`)
      await this.#importBatch(task, next.batch, Number(next.first_line), text)
    }
    if (this.#stopping) return
    await database.query(`update app.member_imports set state = 'completed', finished_at = $2 where import_id = $1`, [
      importId,
      this.#clock.now(),
    ])
    await vault.erase(task.keyId)
  }

  async #importBatch(task: ImportTask, batch: number, firstLine: number, text: string): Promise<void> {
    const { importId, actor, ziekenfonds } = task
    const rows = (async function* () {
      for (const line of text.split('\n')) yield parseLine(line)
    })()
    // one batch is one chunk: its rows and its counts are stored together, so that a stop in between counts nothing twice
    const book = async (tx: Transaction, chunk: ImportCounts, found: readonly ImportIssue[]): Promise<void> => {
      const gone = await tx.query('delete from app.member_import_batches where import_id = $1 and batch = $2', [
        importId,
        batch,
      ])
      // another process worked through this batch at the same moment: its counts stand
      if (gone.rowCount === 0) return
      await tx.query(
        `insert into app.member_import_issues (import_id, line, code, params)
         select $1, line, code, params from jsonb_to_recordset($2::jsonb) as i (line bigint, code text, params jsonb)
         on conflict do nothing`,
        [importId, JSON.stringify(found)],
      )
      await tx.query(
        `update app.member_imports set handled = handled + $2, imported = imported + $3, repeated = repeated + $4,
           refused = refused + $5 where import_id = $1`,
        [importId, chunk.handled, chunk.imported, chunk.repeated, chunk.refused],
      )
    }
    await importMembers(this.#context, rows, {
      ...{ actor, correlationId: importId, firstLine, chunkSize: batchLines, inTransaction: book },
      ...(ziekenfonds === null ? {} : { owner: ziekenfonds }),
    })
  }

  async find(importId: string): Promise<ImportTask | null> {
    const { rows } = await this.#context.database.query<Record<string, string | null>>(
      'select * from app.member_imports where import_id = $1',
      [importId],
    )
    const row = rows[0]
    if (!row) return null
    return {
      importId,
      keyId: row.key_id as string,
      state: row.state as ImportTask['state'],
      actor: row.actor as string,
      insurer: row.insurer ?? null,
      ziekenfonds: row.ziekenfonds ?? null,
      startedAt: row.started_at as string,
      finishedAt: row.finished_at ?? null,
      lines: Number(row.lines),
      handled: Number(row.handled),
      imported: Number(row.imported),
      repeated: Number(row.repeated),
      refused: Number(row.refused),
    }
  }

  /** Issues after a line, in order. */
  async issues(importId: string, afterLine: number, limit: number): Promise<readonly ImportIssue[]> {
    const { rows } = await this.#context.database.query<{ line: string; code: string; params: ImportIssue['params'] }>(
      'select line, code, params from app.member_import_issues where import_id = $1 and line > $2 order by line limit $3',
      [importId, afterLine, limit],
    )
    return rows.map(({ line, code, params }) => ({ line: Number(line), code, params }))
  }

  /** Takes up imports that a stop interrupted; a body that never came in whole is dropped: its sender saw no 202. */
  async resume(): Promise<void> {
    await this.#sweep()
    const { database } = this.#context
    const { rows } = await database.query<{ import_id: string }>(
      `select import_id from app.member_imports where state = 'running'`,
    )
    for (const { import_id: importId } of rows) this.#start(importId)
  }

  /** Waits until no import is at work in this process. */
  async settled(): Promise<void> {
    await Promise.all(this.#running.values())
  }

  async stop(): Promise<void> {
    this.#stopping = true
    await this.settled()
  }
}
