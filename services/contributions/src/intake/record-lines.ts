import { type Cents, chunksOf, type Quarter, type Rejection, uuidV5 } from '@ziv/kernel'
import type { Transaction } from '@ziv/postgres'
import type { Vault } from '@ziv/privacy'
import { recordSlips } from '../commands/record-slips.ts'
import type { WaitingSlip } from '../commands/waiting-store.ts'
import type { Origin, YearContext } from '../commands/year-context.ts'
import type { AttestStatus } from '../domain/contribution-year.events.ts'
import { refuseSlip } from '../domain/slip-rules.ts'
import { type BulkResult, BulkTally, InvalidItem } from './line-types.ts'

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

export interface BulkContext extends YearContext {
  readonly vault: Vault
  /** Persons per transaction. */
  readonly personsPerChunk: number
}

/** Items as they come in; a line that could not be read stands in its place. */
export type Many<T> = AsyncIterable<T | InvalidItem> | Iterable<T | InvalidItem>

type Part = Omit<WaitingSlip, 'createdAt' | 'arrival' | 'part' | 'commandId'>
type Sent = Pick<AttestInput, 'ssin' | 'quarter' | 'amountCents'>

/** Records attests in the order given, in chunks; the same attest again changes nothing. Unknown persons' attests wait. */
export function recordAttests(context: BulkContext, attests: Many<AttestInput>, origin: Origin): Promise<BulkResult> {
  return recordAll(context, attests, origin, ({ fundNumber: sender, status }) => ({
    source: 'selfEmployedFund',
    sender,
    status,
  }))
}

/** Records paper slips in the order given, in chunks; one replaces what came before by (person, employer, quarter). */
export function recordPaperSlips(
  context: BulkContext,
  slips: Many<PaperSlipInput>,
  origin: Origin,
): Promise<BulkResult> {
  return recordAll(context, slips, origin, ({ employerNumber: sender }) => ({ source: 'paper', sender, status: null }))
}

async function recordAll<T extends Sent>(
  context: BulkContext,
  items: Many<T>,
  origin: Origin,
  senderOf: (item: T) => Pick<Part, 'source' | 'sender' | 'status'>,
): Promise<BulkResult> {
  const { clock, vault, database, law } = context
  const tally = new BulkTally()
  const read = (item: T | InvalidItem): Part | Rejection => {
    if (item instanceof InvalidItem) return item.rejection
    const { ssin, quarter, amountCents } = item
    const part = { inszIndex: vault.blindIndex('insz', ssin), quarter, amountCents, ...senderOf(item) }
    return refuseSlip(part, clock.today(), law) ?? part
  }
  for await (const chunk of chunksOf(items, context.personsPerChunk)) {
    const parts = chunk.map(read)
    const good = parts.filter((part) => 'source' in part)
    const became = await database.transaction(async (tx) =>
      recordSlips(context, tx, await withArrivals(tx, good, Date.parse(clock.now())), origin),
    )
    const inOrder = became.values()
    for (const part of parts) tally.add('source' in part ? inOrder.next().value! : part)
  }
  return tally.result()
}

/** Gives every contribution its place in the order of arrival, which decides what replaces what. */
async function withArrivals(tx: Transaction, parts: readonly Part[], createdAt: number): Promise<WaitingSlip[]> {
  const { rows } = await tx.query<{ arrival: string }>(
    `select nextval('app_files.arrival_seq') as arrival from generate_series(1, $1) order by 1`,
    [parts.length],
  )
  return parts.map((part, index) => {
    const arrival = Number(rows[index]!.arrival)
    return { ...part, createdAt, arrival, part: 1, commandId: uuidV5(`arrival:${arrival}`) }
  })
}
