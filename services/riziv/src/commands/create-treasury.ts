import { receiptBooked } from '@ziv/contracts'
import { cents, uuidV5 } from '@ziv/kernel'
import { draft } from '@ziv/messaging'
import type { Context } from '../context.ts'
import { budget } from '../domain/budget.ts'
import { receipt } from '../domain/receipt.ts'
import { book, distributionsOf, saveBudget } from '../projections/ledger.ts'
import { decideOn, envelope, inTreasury, type Work } from './command.ts'
import { payAdvances, settleYear } from './distribute.ts'
import type { ReceiptCommand, Treasury } from './types.ts'

/** Puts the treasury together. */
export function createTreasury(deps: Context): Treasury {
  return {
    book: (command, actor) => inTreasury(deps, actor, (work) => bookReceipt(work, command)),
    setBudget: (year, objectiveCents, actor) =>
      inTreasury(deps, actor, (work) => setBudget(work, year, objectiveCents)),
    advance: (month, actor) => inTreasury(deps, actor, (work) => payAdvances(work, month)),
    settle: (year, actor) => inTreasury(deps, actor, (work) => settleYear(work, year)),
  }
}

async function bookReceipt(work: Work, command: ReceiptCommand): Promise<void> {
  const { receiptId, source, receivedOn } = command
  const data = { receiptId, source, amountCents: cents(command.amountCents), receivedOn }
  const booked = await decideOn(work, receipt, {
    streamId: `receipt-${receiptId}`,
    command: data,
    facts: { today: work.deps.clock.today() },
    correlationId: receiptId,
    eventId: () => receiptId,
    outbox: () => [draft(receiptBooked, { ...envelope(work, receiptId, source), data })],
  })
  if (booked !== null) await book(work.tx, booked.data.entry)
}

async function setBudget(work: Work, year: number, objectiveCents: number): Promise<void> {
  const set = await decideOn(work, budget, {
    streamId: `budget-${year}`,
    command: { year, objectiveCents: cents(objectiveCents) },
    facts: { distributed: (await distributionsOf(work.tx, year)).length > 0 },
    correlationId: uuidV5(`budget/${year}`),
    eventId: (_event, version) => uuidV5(`budget/${year}/${version}`),
  })
  if (set !== null) await saveBudget(work.tx, year, set.data.objectiveCents)
}
