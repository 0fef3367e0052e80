import type { Clock, Instant, IsoDate } from '@ziv/kernel'
import type { Database, Queryable } from '@ziv/postgres'
import type { FastifyRequest } from 'fastify'

/** One consultation of a person, as the person reads it. */
export interface AccessEntry {
  readonly id: string
  readonly at: Instant
  readonly subject: string
  readonly roles: string[]
  readonly insurer?: string
  readonly ziekenfonds?: string
  readonly operation: string
}

interface Draft {
  readonly personId: string
  readonly at: Instant
  readonly request: FastifyRequest
}

export interface AccessLog {
  /**
   * Records that the caller of this request looked at these persons. Resolves when it is stored: await it before
   * answering (start it first, do the work, then await). Calls of the same moment share one insert.
   */
  record(request: FastifyRequest, ...personIds: readonly string[]): Promise<void>
  /** Consultations of a person, newest first; `before` is the id of the last entry of the page before. */
  entriesOf(personId: string, limit: number, before?: string): Promise<AccessEntry[]>
}

/** Most entries in one insert. */
const batchMax = 1_000

/** The access log of one service database (`httpMigrations`). */
export function createAccessLog({
  database,
  clock,
}: {
  readonly database: Database
  readonly clock: Clock
}): AccessLog {
  let waiting: Draft[] = []
  let flushing: Promise<void> | null = null
  let next: Promise<void> | null = null

  const flush = async (): Promise<void> => {
    const drafts = waiting
    waiting = []
    next = null
    for (let start = 0; start < drafts.length; start += batchMax)
      await insert(database, drafts.slice(start, start + batchMax))
  }

  /** One insert at a time; what arrives meanwhile goes with the next. A failure is told to those who were in it. */
  const schedule = (): Promise<void> => {
    next ??= (flushing ?? Promise.resolve())
      .catch(() => undefined)
      .then(() => {
        flushing = flush()
        return flushing
      })
    return next
  }

  return {
    record(request, ...personIds) {
      const at = clock.now()
      if (personIds.length === 0) return Promise.resolve()
      for (const personId of personIds) waiting.push({ personId, at, request })
      const stored = schedule()
      // it runs beside the work, which may fail first and never come to wait for it: whoever does wait is still told
      stored.catch(() => undefined)
      return stored
    },
    async entriesOf(personId, limit, before) {
      const { rows } = await database.query<AccessRow>({
        name: 'http-access-log-of',
        // the table's own id, not the text of the same name in the answer: text sorts 9 after 10
        text: `select l.id::text, at, subject, roles, insurer, ziekenfonds, operation from app_http.access_log l
                where person_id = $1 and ($2::bigint is null or l.id < $2) order by l.id desc limit $3`,
        values: [personId, before ?? null, limit],
      })
      return rows.map(({ insurer, ziekenfonds, ...row }) => ({
        ...row,
        ...(insurer === null ? {} : { insurer }),
        ...(ziekenfonds === null ? {} : { ziekenfonds }),
      }))
    },
  }
}

/** Removes consultations of before a day, oldest first, looking at no more than `limit` of them; gives how many went. */
export async function purgeAccessLog(q: Queryable, before: IsoDate, limit: number): Promise<number> {
  const gone = await q.query(
    `with oldest as (select id, at from app_http.access_log order by id limit $2)
     delete from app_http.access_log l using oldest o where l.id = o.id and o.at < $1::date`,
    [before, limit],
  )
  return gone.rowCount ?? 0
}

interface AccessRow extends Omit<AccessEntry, 'insurer' | 'ziekenfonds'> {
  readonly insurer: string | null
  readonly ziekenfonds: string | null
}

async function insert(database: Database, drafts: readonly Draft[]): Promise<void> {
  const rows = drafts.map(({ personId, at, request: { caller, trace, routeOptions, method } }) => ({
    person_id: personId,
    at,
    subject: caller.subject,
    roles: caller.roles,
    insurer: caller.insurer ?? null,
    ziekenfonds: caller.ziekenfonds ?? null,
    operation: routeOptions.schema?.operationId ?? `${method} ${routeOptions.url}`,
    trace_id: trace.id,
  }))
  await database.query({
    name: 'http-access-log-insert',
    text: `insert into app_http.access_log (person_id, at, subject, roles, insurer, ziekenfonds, operation, trace_id)
           select * from jsonb_to_recordset($1::jsonb) as r(person_id uuid, at timestamptz, subject text, roles text[],
             insurer text, ziekenfonds text, operation text, trace_id uuid)`,
    values: [JSON.stringify(rows)],
  })
}
