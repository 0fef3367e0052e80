import { advancePaid, type DataOf, receiptBooked, settlementClosed } from '@ziv/contracts'
import {
  createEventStore,
  type EventMetadata,
  type EventStore,
  type JsonObject,
  type OutboxDraft,
} from '@ziv/event-store'
import { rejectionToProblem } from '@ziv/http'
import {
  type Cents,
  type Clock,
  cents,
  firstDayOfYear,
  type IsoDate,
  isoDate,
  lastDayOfYear,
  type Rejection,
  sumCents,
  uuidV5,
} from '@ziv/kernel'
import { advances, budgetShares, type Law, withTexts } from '@ziv/law'
import { draft } from '@ziv/messaging'
import type { Database, Transaction } from '@ziv/postgres'
import { accounts, type LedgerEntry } from './domain/ledger.ts'
import { rejections } from './domain/rejections.ts'
import { advanceEntry, receiptEntry, type SettledShare, settle, settlementEntry } from './domain/treasury.ts'
import {
  actualExpenditure,
  balanceOf,
  book,
  distributionsOf,
  findDistribution,
  type StoredDistribution,
  saveDistribution,
} from './projections/ledger.ts'

export interface TreasuryDeps {
  readonly database: Database
  readonly clock: Clock
  readonly law: Law
  readonly insurers: readonly string[]
}

export interface ReceiptCommand {
  readonly receiptId: string
  readonly source: DataOf<typeof receiptBooked>['source']
  readonly amountCents: number
  readonly receivedOn: IsoDate
}

/** What the RIZIV does with money. Every command is idempotent: the same command again changes nothing. */
export interface Treasury {
  book(command: ReceiptCommand, actor: string): Promise<void>
  setBudget(year: number, objectiveCents: number, actor: string): Promise<void>
  advance(month: string, actor: string): Promise<StoredDistribution>
  settle(year: number, actor: string): Promise<StoredDistribution>
}

const refuse = (rejection: Rejection): never => {
  throw rejectionToProblem(rejections, rejection)
}

interface Recorded {
  readonly streamId: string
  readonly eventId: string
  readonly type: string
  readonly data: object
  readonly outbox: readonly OutboxDraft[]
}

/** Money moves one command at a time: this lock makes "is there enough" and "pay" one step. */
const lockTreasury = (tx: Transaction) => tx.query(`select pg_advisory_xact_lock(hashtext('riziv.treasury'))`)

/** Puts the treasury together. */
export function createTreasury(deps: TreasuryDeps, store: EventStore = createEventStore()): Treasury {
  const metadata = (actor: string, correlationId: string): EventMetadata => ({
    actor,
    correlationId,
    law: deps.law.version,
  })

  const record = async (tx: Transaction, actor: string, event: Recorded): Promise<boolean> => {
    const { head } = await store.load(tx, event.streamId)
    const result = await store.append(tx, {
      streamId: event.streamId,
      expected: head,
      events: [{ eventId: event.eventId, type: event.type, schemaVersion: 1, data: event.data as JsonObject }],
      recordedAt: deps.clock.now(),
      metadata: metadata(actor, event.eventId),
      outbox: event.outbox,
    })
    return !result.repeated
  }

  const envelope = (actor: string, id: string, key: string) => ({
    key,
    recordedAt: deps.clock.now(),
    actor,
    correlationId: id,
    source: '/riziv',
    id: uuidV5(`${id}/${key}`),
  })

  return {
    book: (command, actor) =>
      deps.database.transaction(async (tx) => {
        await lockTreasury(tx)
        const amountCents = cents(command.amountCents)
        const entry = receiptEntry({ ...command, amountCents })
        const outbox = [draft(receiptBooked, { ...envelope(actor, command.receiptId, command.source), data: command })]
        const event = { streamId: `receipt-${command.receiptId}`, eventId: command.receiptId, type: 'ReceiptBooked' }
        if (await record(tx, actor, { ...event, data: { ...command, entry }, outbox })) await book(tx, entry)
      }),

    setBudget: (year, objectiveCents, actor) =>
      deps.database.transaction(async (tx) => {
        await lockTreasury(tx)
        const { rows } = await tx.query<{ objective: string }>(
          'select objective_cents::text as objective from app.budgets where year = $1',
          [year],
        )
        if (rows[0] !== undefined && Number(rows[0].objective) === objectiveCents) return
        if (rows[0] !== undefined && (await distributionsOf(tx, year)).length > 0)
          refuse({ code: 'RIZ-0004', params: { year } })
        const eventId = uuidV5(`budget/${year}/${objectiveCents}/${rows[0]?.objective ?? ''}`)
        const event = {
          streamId: `budget-${year}`,
          eventId,
          type: 'BudgetSet',
          data: { year, objectiveCents },
          outbox: [],
        }
        await record(tx, actor, event)
        await tx.query(
          'insert into app.budgets values ($1, $2) on conflict (year) do update set objective_cents = excluded.objective_cents',
          [year, objectiveCents],
        )
      }),

    advance: (month, actor) => deps.database.transaction((tx) => advance(tx, month, actor)),
    settle: (year, actor) => deps.database.transaction((tx) => settleYear(tx, year, actor)),
  }

  async function sharesOf(tx: Transaction, year: number, basis: ReadonlyMap<string, Cents>) {
    const { rows } = await tx.query<{ objective: string }>(
      'select objective_cents::text as objective from app.budgets where year = $1',
      [year],
    )
    if (rows[0] === undefined) return refuse({ code: 'RIZ-0001', params: { year } })
    const objectiveCents = cents(Number(rows[0].objective))
    const insurers = deps.insurers.map((insurer) => ({ insurer, actualCents: basis.get(insurer) ?? cents(0) }))
    return { objectiveCents, decision: withTexts(budgetShares({ year, objectiveCents, insurers }, deps.law)) }
  }

  /** A twelfth of the part of each insurer, the part by the expenditure of the year before: known on 1 January. */
  async function advance(tx: Transaction, month: string, actor: string): Promise<StoredDistribution> {
    await lockTreasury(tx)
    const distributionId = uuidV5(`advance/${month}`)
    const known = await findDistribution(tx, distributionId)
    if (known !== null) return known
    const [year, number] = month.split('-').map(Number) as [number, number]
    const { decision } = await sharesOf(tx, year, await basisOf(tx, year))
    const shares = decision.result.shares.map((share) => {
      const { amounts } = advances({ year, budgetCents: share.budgetCents }, deps.law).result
      return { insurer: share.insurer, amountCents: amounts[number - 1] ?? cents(0) }
    })
    const total = sumCents(shares.map((share) => share.amountCents))
    const available = await balanceOf(tx, accounts.bank)
    if (available < total) refuse({ code: 'RIZ-0002', params: { availableCents: available, neededCents: total } })
    const paidOn = deps.clock.today()
    const entry = advanceEntry({ distributionId, month, paidOn, shares })
    const outbox = shares.map(({ insurer, amountCents }) =>
      draft(advancePaid, {
        ...envelope(actor, distributionId, insurer),
        data: { distributionId, insurer: insurer as '100', month, amountCents, paidOn },
      }),
    )
    await record(tx, actor, {
      streamId: `advance-${month}`,
      eventId: distributionId,
      type: 'AdvancesPaid',
      data: { distributionId, month, paidOn, shares, entry },
      outbox,
    })
    return keep(tx, entry, {
      distributionId,
      kind: 'advance',
      year,
      month,
      decidedOn: paidOn,
      totalCents: total,
      shares: shares as never,
      grounds: decision.grounds,
    })
  }

  /** The basis of a year stays what it was when its first advance was paid: twelve advances are one budget, to the cent. */
  async function basisOf(tx: Transaction, year: number): Promise<ReadonlyMap<string, Cents>> {
    const { rows } = await tx.query<{ basis: Record<string, number> }>(
      `select data->'basis' as basis from es.events where stream_id = $1 and type = 'BasisFixed'`,
      [`basis-${year}`],
    )
    if (rows[0] !== undefined)
      return new Map(Object.entries(rows[0].basis).map(([insurer, amount]) => [insurer, cents(amount)]))
    const basis = await actualExpenditure(tx, year - 1)
    const event = { streamId: `basis-${year}`, eventId: uuidV5(`basis/${year}`), type: 'BasisFixed' }
    await record(tx, 'riziv', { ...event, data: { year, basis: Object.fromEntries(basis) }, outbox: [] })
    return basis
  }

  async function settleYear(tx: Transaction, year: number, actor: string): Promise<StoredDistribution> {
    await lockTreasury(tx)
    const settledOn = deps.clock.today()
    if (settledOn <= lastDayOfYear(year)) refuse({ code: 'RIZ-0003', params: { year } })
    const { objectiveCents, decision } = await sharesOf(tx, year, await actualExpenditure(tx, year))
    const shares = settle(decision.result.shares, await advancedFor(tx, year))
    const earlier = (await distributionsOf(tx, year, 'settlement')).at(-1)
    if (earlier !== undefined && sameShares(earlier.shares as unknown as SettledShare[], shares)) return earlier
    const number = (await distributionsOf(tx, year, 'settlement')).length + 1
    const distributionId = uuidV5(`settlement/${year}/${number}`)
    const before = (earlier?.shares ?? []) as unknown as SettledShare[]
    const entry = settlementEntry({ distributionId, year, settledOn, shares, before })
    const outbox = shares.map((share) => {
      const { insurer, budgetCents, actualCents, resultCents, borneCents, advancesCents, balanceCents } = share
      const amounts = { budgetCents, actualCents, resultCents, borneCents, advancesCents, balanceCents }
      return draft(settlementClosed, {
        ...envelope(actor, distributionId, insurer),
        data: { distributionId, insurer: insurer as '100', year, objectiveCents, ...amounts, settledOn },
      })
    })
    const data = { distributionId, year, number, settledOn, objectiveCents, shares, entry }
    await record(tx, actor, {
      streamId: `settlement-${year}`,
      eventId: distributionId,
      type: 'YearSettled',
      data,
      outbox,
    })
    const totalCents = sumCents(shares.map((share) => share.dueCents))
    return keep(tx, entry, {
      distributionId,
      kind: 'settlement',
      year,
      month: null,
      decidedOn: settledOn,
      totalCents,
      shares: shares as never,
      grounds: decision.grounds,
    })
  }

  async function advancedFor(tx: Transaction, year: number): Promise<ReadonlyMap<string, Cents>> {
    const paid = new Map<string, Cents>()
    for (const distribution of await distributionsOf(tx, year, 'advance')) {
      for (const share of distribution.shares as unknown as { insurer: string; amountCents: number }[]) {
        paid.set(share.insurer, cents((paid.get(share.insurer) ?? 0) + share.amountCents))
      }
    }
    return paid
  }

  async function keep(
    tx: Transaction,
    entry: LedgerEntry,
    distribution: StoredDistribution,
  ): Promise<StoredDistribution> {
    await book(tx, entry)
    await saveDistribution(tx, distribution)
    return (await findDistribution(tx, distribution.distributionId)) as StoredDistribution
  }
}

const sameShares = (a: readonly SettledShare[], b: readonly SettledShare[]): boolean =>
  a.length === b.length &&
  a.every((share, index) => {
    const other = b[index] as SettledShare
    return (
      share.insurer === other.insurer &&
      share.dueCents === other.dueCents &&
      share.budgetCents === other.budgetCents &&
      share.advancesCents === other.advancesCents
    )
  })

/** First day on which a year can be settled. */
export const settleableFrom = (year: number): IsoDate => firstDayOfYear(year + 1)

/** Checks a month written YYYY-MM. */
export const isMonth = (text: string): boolean =>
  /^\d{4}-(0[1-9]|1[0-2])$/.test(text) && isoDate(`${text}-01`) !== undefined
