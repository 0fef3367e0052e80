import type { Origin } from '@ziv/event-store'
import { type Cents, type Clock, type Instant, type IsoDate, type Quarter, type Rejection, uuidV5 } from '@ziv/kernel'
import type { Transaction } from '@ziv/postgres'
import { type Became, recordSlips } from '../commands/record-slips.ts'
import type { WaitingSlip } from '../commands/waiting-store.ts'
import type { Context } from '../context.ts'
import type { AttestStatus } from '../domain/contribution-year.events.ts'
import { refuseSlip } from '../domain/slip-rules.ts'

/** What a social insurance fund attests for one quarter of one person. */
export interface AttestInput {
  readonly ssin: string
  readonly fundNumber: string
  readonly quarter: Quarter
  readonly status: AttestStatus
  readonly amountCents: Cents
}

/** A slip on paper, as a holder hands it in. */
export interface PaperSlipInput {
  readonly ssin: string
  readonly employerNumber: string
  readonly quarter: Quarter
  readonly amountCents: Cents
}

/** When contributions came in. */
export interface CameIn {
  readonly on: IsoDate
  readonly at: Instant
  /** Place in the order of arrival, which a file has as a whole: what its lines say counts from then, whenever they are worked on. */
  readonly arrival: number
}

/** A contribution at its place in what came in: its line of a file, or 1. */
export interface Placed<T> {
  readonly line: number
  readonly item: T
}

/** The place of one contribution that comes in alone, now. */
export async function comesIn(tx: Transaction, clock: Clock): Promise<CameIn> {
  const { rows } = await tx.query<{ arrival: string }>(`select nextval('app_files.arrival_seq') as arrival`)
  return { on: clock.today(), at: clock.now(), arrival: Number(rows[0]!.arrival) }
}

type Part = Omit<WaitingSlip, 'createdAt' | 'arrival' | 'part' | 'commandId'>
type Sent = Pick<AttestInput, 'ssin' | 'quarter' | 'amountCents'>

/** Records contributions of one sort in a transaction, in the order given, and tells what became of each. */
export type Recorder<T> = (
  context: Context,
  tx: Transaction,
  items: readonly Placed<T>[],
  origin: Origin,
  came: CameIn,
) => Promise<readonly Became[]>

/** Attests: the same again changes nothing, another replaces. Those of persons who are not known yet wait. */
export const recordAttests: Recorder<AttestInput> = recorder(({ fundNumber: sender, status }) => ({
  source: 'selfEmployedFund',
  sender,
  status,
}))

/** Paper slips: one replaces what came before by (person, employer, quarter). */
export const recordPaperSlips: Recorder<PaperSlipInput> = recorder(({ employerNumber: sender }) => ({
  source: 'paper',
  sender,
  status: null,
}))

function recorder<T extends Sent>(senderOf: (item: T) => Pick<Part, 'source' | 'sender' | 'status'>): Recorder<T> {
  return async (context, tx, items, origin, { on, at, arrival }) => {
    const { vault, law } = context
    const came = { createdAt: Date.parse(at), arrival, commandId: uuidV5(`arrival:${arrival}`) }
    const parts = items.map(({ line, item }): WaitingSlip | Rejection => {
      const { ssin, quarter, amountCents } = item
      const about = { inszIndex: vault.blindIndex('insz', ssin), quarter, amountCents, ...senderOf(item) }
      const part = { ...about, ...came, part: line }
      return refuseSlip(part, on, law) ?? part
    })
    const good = parts.filter((part) => 'source' in part)
    const became = await recordSlips(context, tx, good, origin)
    const inOrder = became.values()
    return parts.map((part) => ('source' in part ? inOrder.next().value! : part))
  }
}
