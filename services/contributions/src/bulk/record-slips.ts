import type { Cents, Quarter, Rejection } from '@ziv/kernel'
import { type IsoDate, quarterOf, uuidV5, yearOfQuarter } from '@ziv/kernel'
import type { Law } from '@ziv/law'
import type { Transaction } from '@ziv/postgres'
import type { Vault } from '@ziv/privacy'
import { isAssessable } from '../domain/assessable-year.ts'
import type { AttestStatus } from '../domain/contribution-year.events.ts'
import { recordSlips } from '../intake/process-intake.ts'
import type { CommandOutcome } from '../year/apply-commands.ts'
import type { WaitingSlip } from '../year/waiting-store.ts'
import type { Origin, YearContext } from '../year/year-context.ts'
import { chunksOf } from './chunks.ts'
import { type BulkResult, BulkTally, InvalidItem } from './types.ts'

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
  readonly personsPerChunk: number
}

/** Items as they come in; a line that could not be read stands in its place. */
export type Many<T> = AsyncIterable<T | InvalidItem> | Iterable<T | InvalidItem>

type Part = Pick<WaitingSlip, 'inszIndex' | 'source' | 'sender' | 'quarter' | 'amountCents' | 'status'>

const attestPart =
  (vault: Vault) =>
  (input: AttestInput): Part => ({
    inszIndex: vault.blindIndex('insz', input.ssin),
    source: 'selfEmployedFund',
    sender: input.fundNumber,
    quarter: input.quarter,
    amountCents: input.amountCents,
    status: input.status,
  })

const paperPart =
  (vault: Vault) =>
  (input: PaperSlipInput): Part => ({
    inszIndex: vault.blindIndex('insz', input.ssin),
    source: 'paper',
    sender: input.employerNumber,
    quarter: input.quarter,
    amountCents: input.amountCents,
    status: null,
  })

/** Records attests in the order given, in chunks; the same attest again changes nothing. Unknown persons' attests wait. */
export function recordAttests(context: BulkContext, attests: Many<AttestInput>, origin: Origin): Promise<BulkResult> {
  return recordAll(context, attests, attestPart(context.vault), origin)
}

/** Records paper slips in the order given, in chunks; one replaces what came before by (person, employer, quarter). */
export function recordPaperSlips(
  context: BulkContext,
  slips: Many<PaperSlipInput>,
  origin: Origin,
): Promise<BulkResult> {
  return recordAll(context, slips, paperPart(context.vault), origin)
}

async function recordAll<T extends { readonly quarter: Quarter; readonly amountCents: number }>(
  context: BulkContext,
  items: Many<T>,
  partOf: (item: T) => Part,
  origin: Origin,
): Promise<BulkResult> {
  const tally = new BulkTally()
  for await (const chunk of chunksOf(items, context.personsPerChunk)) {
    const problems = chunk.map((item) => checkContent(item, context.clock.today(), context.law))
    const good = chunk.flatMap((item, index) =>
      item instanceof InvalidItem || problems[index] !== undefined ? [] : [partOf(item)],
    )
    const outcomes = await context.database.transaction(async (tx) => {
      const slips = await withArrivals(tx, good, Date.parse(context.clock.now()))
      return (await recordSlips(context, tx, slips, origin)).outcomes
    })
    let next = 0
    for (const problem of problems) tally.add(problem ?? tallyOf(outcomes[next++]!))
  }
  return tally.result()
}

/** A quarter is attested or declared after it ended; an amount is never negative. */
function checkContent(
  item: { quarter: Quarter; amountCents: number } | InvalidItem,
  today: IsoDate,
  law: Law,
): Rejection | undefined {
  if (item instanceof InvalidItem) return item.rejection
  if (item.quarter >= quarterOf(today)) return { code: 'CTR-0008', params: { quarter: item.quarter } }
  const year = yearOfQuarter(item.quarter)
  if (!isAssessable(law, year)) return { code: 'CTR-0010', params: { year } }
  if (item.amountCents < 0) return { code: 'CTR-0001', params: { amountCents: item.amountCents } }
  return undefined
}

/** Gives every contribution its place in the order of arrival, which decides what replaces what. */
async function withArrivals(tx: Transaction, parts: readonly Part[], createdAt: number): Promise<WaitingSlip[]> {
  const { rows } = await tx.query<{ arrival: string }>(
    `select nextval('app.arrival_seq') as arrival from generate_series(1, $1) order by 1`,
    [parts.length],
  )
  return parts.map((part, index) => {
    const arrival = Number(rows[index]!.arrival)
    return { ...part, createdAt, arrival, part: 1, commandId: uuidV5(`arrival:${arrival}`) }
  })
}

export function tallyOf(outcome: CommandOutcome | 'waiting' | 'waitingAlready') {
  if (outcome === 'waiting') return 'waiting'
  if (outcome === 'waitingAlready' || outcome.kind === 'unchanged') return 'unchanged'
  return outcome.kind === 'changed' ? 'recorded' : outcome.rejection
}
