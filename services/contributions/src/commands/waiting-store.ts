import { type Origin, recordOnce } from '@ziv/event-store'
import { type Quarter, uuidV7 } from '@ziv/kernel'
import type { Transaction } from '@ziv/postgres'
import type { Context } from '../context.ts'
import type { AttestStatus } from '../domain/contribution-year.events.ts'
import type { WaitingSlipsMovedData } from '../domain/waiting-slips.events.ts'

/** A contribution of a person who is not known yet, under the keyed hash of the number it came with. */
export interface WaitingSlip {
  readonly inszIndex: string
  readonly source: 'rsz' | 'paper' | 'selfEmployedFund'
  /** Numbers of the employer of a slip (`joinNumbers`), social insurance fund of an attest. */
  readonly sender: string
  readonly quarter: Quarter
  readonly amountCents: number
  readonly status: AttestStatus | null
  /** When the sender made it, in milliseconds; the newest counts, and of two of one moment the last received. */
  readonly createdAt: number
  readonly arrival: number
  readonly part: number
  /** What the ids of the events derive from, together with person, sender and quarter. */
  readonly commandId: string
}

/** Everything a waiting contribution says, and its salt, as SHA-256 in hex. */
export const digestOf = (row: string): string =>
  `encode(sha256(${row}.salt || convert_to(row(${[
    ...['insz_index', 'source', 'sender', 'quarter', 'amount_cents', 'status', 'arrival', 'part', 'command_id'],
    'created_at',
  ]
    .map((column) => `${row}.${column}`)
    .join()})::text, 'UTF8')), 'hex')`

/** What decides which of two holds; the lines of one file by their order, which records of one sending of the RSZ do not have. */
const placeOf = (row: string): string =>
  `(${row}.created_at, ${row}.arrival, case when ${row}.source = 'rsz' then 0 else ${row}.part end)`

/** After an erasure what waited under the numbers of the person goes too. */
export async function dropWaiting(
  context: Context,
  tx: Transaction,
  indexes: readonly string[],
  origin: Origin,
): Promise<void> {
  await takeWaiting(context, tx, indexes, origin)
}

/** Tells the log what came to wait and what waits no longer: nothing else says what a row has to be. */
async function recordMoves(
  { store, clock, law }: Context,
  tx: Transaction,
  data: WaitingSlipsMovedData,
  origin: Origin,
): Promise<void> {
  if (data.came.length + data.went.length === 0) return
  await recordOnce(tx, store, () => clock.now(), {
    streamId: `waitingSlips-${uuidV7(clock)}`,
    event: { type: 'WaitingSlipsMoved', version: 1, data },
    metadata: { ...origin, law: law.version },
  })
}

/** Lets contributions wait; one that was made later replaces. Returns per slip whether it was news, in the order given. */
export async function putWaiting(
  context: Context,
  tx: Transaction,
  slips: readonly WaitingSlip[],
  origin: Origin,
): Promise<boolean[]> {
  const news = new Set<WaitingSlip>()
  for (const round of roundsOf(slips)) {
    for (const slip of await putRound(context, tx, round, origin)) news.add(slip)
  }
  return slips.map((slip) => news.has(slip))
}

type WaitingKey = Pick<WaitingSlip, 'inszIndex' | 'sender' | 'quarter'> & { readonly attest: boolean }

/** A slip and an attest never replace each other, also under one number: an employer may be a social insurance fund. */
const textOf = ({ inszIndex, attest, sender, quarter }: WaitingKey): string =>
  `${inszIndex}|${attest}|${sender}|${quarter}`

const keyOf = (slip: WaitingSlip): string => textOf({ ...slip, attest: slip.source === 'selfEmployedFund' })

/** Where a contribution comes again, each is held to the one before: the first of every key, then the second of each. */
function roundsOf(slips: readonly WaitingSlip[]): WaitingSlip[][] {
  const rounds: WaitingSlip[][] = []
  const seen = new Map<string, number>()
  for (const slip of slips) {
    const key = keyOf(slip)
    const round = seen.get(key) ?? 0
    seen.set(key, round + 1)
    rounds[round] ??= []
    rounds[round].push(slip)
  }
  return rounds
}

/** Contributions of different keys; those that were news. */
async function putRound(
  context: Context,
  tx: Transaction,
  values: readonly WaitingSlip[],
  origin: Origin,
): Promise<WaitingSlip[]> {
  const { rows } = await tx.query<PutRow>({
    name: 'contributions-put-waiting',
    text: `with incoming as (
             select *, source = 'selfEmployedFund' as attest from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::bigint[], $8::int[], $9::text[], $10::bigint[])
               n (insz_index, source, sender, quarter, amount_cents, status, arrival, part, command_id, created_at)
           ), news as (
             select i.insz_index, i.attest, i.sender, i.quarter from incoming i
               left join app.waiting_slips w on w.insz_index = i.insz_index and (w.source = 'selfEmployedFund') = i.attest
                and w.sender = i.sender and w.quarter = i.quarter
              where w.insz_index is null or (${placeOf('w')} < ${placeOf('i')}
                and (w.amount_cents <> i.amount_cents or w.status is distinct from i.status))
           ), stored as (
             insert into app.waiting_slips as w
               (insz_index, source, sender, quarter, amount_cents, status, arrival, part, command_id, created_at)
             select insz_index, source, sender, quarter, amount_cents, status, arrival, part, command_id, created_at from incoming
             on conflict (insz_index, (source = 'selfEmployedFund'), sender, quarter) do update
                set source = excluded.source, amount_cents = excluded.amount_cents, status = excluded.status,
                    arrival = excluded.arrival, part = excluded.part, command_id = excluded.command_id, created_at = excluded.created_at,
                    salt = excluded.salt
              where ${placeOf('w')} < ${placeOf('excluded')}
            returning new.insz_index, new.source = 'selfEmployedFund' as attest, new.sender, new.quarter, ${digestOf('new')} as came,
                      case when old.insz_index is not null then ${digestOf('old')} end as went
           )
           select insz_index, attest, sender, quarter, n.known is not null as news, came, went
             from stored full join (select *, insz_index as known from news) n using (insz_index, attest, sender, quarter)`,
    values: [
      values.map((slip) => slip.inszIndex),
      values.map((slip) => slip.source),
      values.map((slip) => slip.sender),
      values.map((slip) => slip.quarter),
      values.map((slip) => slip.amountCents),
      values.map((slip) => slip.status),
      values.map((slip) => slip.arrival),
      values.map((slip) => slip.part),
      values.map((slip) => slip.commandId),
      values.map((slip) => slip.createdAt),
    ],
  })
  const went = rows.flatMap((row) => row.went ?? [])
  await recordMoves(context, tx, { came: rows.flatMap((row) => row.came ?? []), went }, origin)
  const news = new Set(
    rows.filter((row) => row.news).map(({ insz_index: inszIndex, ...row }) => textOf({ inszIndex, ...row })),
  )
  return values.filter((slip) => news.has(keyOf(slip)))
}

interface PutRow {
  readonly insz_index: string
  readonly attest: boolean
  readonly sender: string
  readonly quarter: Quarter
  readonly news: boolean
  /** Digests of what waits now and of what it replaced. */
  readonly came: string | null
  readonly went: string | null
}

interface WaitingRow {
  readonly digest: string
  readonly insz_index: string
  readonly source: WaitingSlip['source']
  readonly sender: string
  readonly quarter: Quarter
  readonly amount_cents: string
  readonly status: AttestStatus | null
  readonly arrival: string
  readonly part: number
  readonly command_id: string
  readonly created_at: string
}

/** Takes what waits under these indexes out of the table, in order of arrival. */
export async function takeWaiting(
  context: Context,
  tx: Transaction,
  indexes: readonly string[],
  origin: Origin,
): Promise<WaitingSlip[]> {
  if (indexes.length === 0) return []
  const { rows } = await tx.query<WaitingRow>({
    name: 'contributions-take-waiting',
    text: `delete from app.waiting_slips w where insz_index = any ($1::text[]) returning *, ${digestOf('w')} as digest`,
    values: [indexes],
  })
  const went = rows.map((row) => row.digest)
  await recordMoves(context, tx, { came: [], went }, origin)
  return rows
    .map((row) => ({
      inszIndex: row.insz_index,
      source: row.source,
      sender: row.sender,
      quarter: row.quarter,
      amountCents: Number(row.amount_cents),
      status: row.status,
      arrival: Number(row.arrival),
      part: row.part,
      commandId: row.command_id,
      createdAt: Number(row.created_at),
    }))
    .sort((a, b) => a.arrival - b.arrival || a.part - b.part)
}
