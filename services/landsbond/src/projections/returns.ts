import type { Queryable, Transaction } from '@ziv/postgres'
import type { Figures } from '../domain/figures.ts'
import type { Places } from '../domain/membership.ts'
import type { ReturnEvent } from '../domain/return.events.ts'
import type { Positions } from './positions.ts'

/** A return as it stands. */
export interface StoredReturn {
  readonly returnId: string
  readonly insurer: string
  readonly ziekenfonds: string
  readonly month: string
  readonly attempt: number
  readonly state: 'submitted' | 'accepted' | 'refused'
  readonly submittedOn: string
  readonly decidedOn: string | null
  readonly reason: string | null
  readonly figures: Figures
  readonly positions: Positions
  readonly places: Places
  readonly streamVersion: number
}

export const RETURN_COLUMNS = `return_id as "returnId", insurer, ziekenfonds, month, attempt, state,
  submitted_on as "submittedOn", decided_on as "decidedOn", reason, figures, positions, places, stream_version as "streamVersion"`

/** One event with the version its stream has after it. */
export interface ReturnChange {
  readonly event: ReturnEvent
  readonly streamVersion: number
}

/** Brings the read model along, in the transaction that stores the events. */
export async function saveReturns(tx: Transaction, changes: readonly ReturnChange[]): Promise<void> {
  if (changes.length === 0) return
  const rows = changes.map(({ event, streamVersion }) => ({ ...event.data, type: event.type, streamVersion }))
  await tx.query({
    name: 'landsbond_save_submitted',
    text: `insert into app.returns (return_id, insurer, ziekenfonds, month, attempt, state, submitted_on, figures, positions,
                                    places, stream_version)
           select "returnId", insurer, ziekenfonds, month, attempt, 'submitted', "submittedOn", figures, positions,
                  places, "streamVersion"
           from jsonb_to_recordset($1::jsonb) as r(type text, "returnId" uuid, insurer text, ziekenfonds text, month text,
                attempt int, "submittedOn" date, figures jsonb, positions jsonb, places jsonb, "streamVersion" int)
           where type = 'ReturnSubmitted'`,
    values: [JSON.stringify(rows)],
  })
  await tx.query({
    name: 'landsbond_save_decided',
    text: `update app.returns t set state = case r.type when 'ReturnAccepted' then 'accepted' else 'refused' end,
                  decided_on = coalesce(r."acceptedOn", r."refusedOn"), reason = r.reason,
                  stream_version = r."streamVersion", changed_tx = pg_current_xact_id()
           from jsonb_to_recordset($1::jsonb) as r(type text, "returnId" uuid, "acceptedOn" date, "refusedOn" date,
                reason text, "streamVersion" int)
           where r.type <> 'ReturnSubmitted' and t.return_id = r."returnId"`,
    values: [JSON.stringify(rows)],
  })
}

/** Takes the returns of one stream (one ziekenfonds and month) out of the read model. */
export async function deleteReturnsOfStream(tx: Transaction, streamId: string): Promise<void> {
  await tx.query(
    `delete from app.returns where ziekenfonds = split_part($1, '-', 2)
       and month = split_part($1, '-', 3) || '-' || split_part($1, '-', 4)`,
    [streamId],
  )
}

export async function findReturn(q: Queryable, returnId: string): Promise<StoredReturn | null> {
  const { rows } = await q.query<StoredReturn>({
    name: 'landsbond_return',
    text: `select ${RETURN_COLUMNS} from app.returns where return_id = $1`,
    values: [returnId],
  })
  return rows[0] ?? null
}

/** The newest return per ziekenfonds about a month. */
export async function newestReturns(q: Queryable, month: string): Promise<readonly StoredReturn[]> {
  const { rows } = await q.query<StoredReturn>({
    name: 'landsbond_newest_returns',
    text: `select distinct on (ziekenfonds) ${RETURN_COLUMNS} from app.returns where month = $1
           order by ziekenfonds, attempt desc`,
    values: [month],
  })
  return rows
}

export interface ReturnFilter {
  readonly insurer?: string | undefined
  readonly ziekenfonds?: string | undefined
  readonly month?: string | undefined
  readonly state?: string | undefined
}

/** Place of a return in the list: newest month first. */
export interface ReturnPlace {
  readonly month: string
  readonly ziekenfonds: string
  readonly attempt: number
}

/** One page of returns, newest month first, then by ziekenfonds, newest attempt first. */
export async function listReturns(
  q: Queryable,
  filter: ReturnFilter,
  after: ReturnPlace | null,
  limit: number,
): Promise<readonly StoredReturn[]> {
  const { rows } = await q.query<StoredReturn>({
    name: 'landsbond_list_returns',
    text: `select ${RETURN_COLUMNS} from app.returns
           where ($1::text is null or insurer = $1) and ($2::text is null or ziekenfonds = $2)
             and ($3::text is null or month = $3) and ($4::text is null or state = $4)
             and ($5::text is null or month < $5 or (month = $5 and ziekenfonds > $6)
                  or (month = $5 and ziekenfonds = $6 and attempt < $7))
           order by month desc, ziekenfonds, attempt desc limit $8`,
    values: [
      filter.insurer ?? null,
      filter.ziekenfonds ?? null,
      filter.month ?? null,
      filter.state ?? null,
      after?.month ?? null,
      after?.ziekenfonds ?? null,
      after?.attempt ?? null,
      limit,
    ],
  })
  return rows
}
