import { type CommandOutcome, type EventMetadata, type EventStore, handleCommands } from '@ziv/event-store'
import type { Clock, Rejection } from '@ziv/kernel'
import { type IsoDate, uuidV5 } from '@ziv/kernel'
import type { Law } from '@ziv/law'
import { loadZiekenfondsen } from '@ziv/law'
import type { Database, Transaction } from '@ziv/postgres'
import { daysOfMonth, returnStreamId } from '../domain/month.ts'
import type { ReturnCommand, ReturnFacts, SubmitReturn } from '../domain/return.commands.ts'
import { returnDecider } from '../domain/return.decide.ts'
import type { ReturnEvent } from '../domain/return.events.ts'
import type { RejectionCode } from '../domain/return.rejections.ts'
import type { ReturnState } from '../domain/return.ts'
import { returnMessages } from '../integration/return-messages.ts'
import { foldFigures } from '../projections/figures.ts'
import { capturePositions } from '../projections/positions.ts'
import { newestReturns, type StoredReturn, saveReturns } from '../projections/returns.ts'
import { MEMBERS_CONSUMER } from '../reactors/members-consumer.ts'

export interface ReturnDeskDeps {
  readonly database: Database
  readonly store: EventStore
  readonly clock: Clock
  readonly law: Law
  readonly insurers: readonly string[]
}

/** Who asks, and the id that a repetition of the request brings again. */
export interface Origin {
  readonly actor: string
  readonly correlationId: string
  readonly commandId: string
}

export type ReturnOutcome = CommandOutcome<ReturnState, ReturnEvent, Rejection<RejectionCode>>

/** What a bulk step did: changed now, had been done before, or was refused. */
export interface MonthResult {
  readonly month: string
  readonly done: number
  readonly unchanged: number
  readonly refused: readonly { readonly ziekenfonds: string; readonly rejection: Rejection }[]
}

/** Makes, accepts and refuses returns. Everything can be repeated without a second effect. */
export interface ReturnDesk {
  /** Folds the facts and submits the return; the outcome has the event or the reason of the refusal. */
  submit(
    request: { readonly ziekenfonds: string; readonly month: string },
    origin: Origin,
  ): Promise<ReturnOutcome | Rejection<RejectionCode>>
  accept(about: StoredReturn, origin: Origin): Promise<ReturnOutcome>
  refuse(about: StoredReturn, reason: string, origin: Origin): Promise<ReturnOutcome>
  submitMonth(month: string, actor?: string): Promise<MonthResult>
  acceptMonth(month: string, actor?: string): Promise<MonthResult>
}

interface Work {
  readonly command: ReturnCommand
  readonly streamId: string
  readonly commandId: string
  readonly facts: ReturnFacts
}

/** Puts the desk together. */
export function createReturnDesk(deps: ReturnDeskDeps): ReturnDesk {
  const { database, store, clock, law, insurers } = deps
  const register = loadZiekenfondsen()

  const inTransaction = async (tx: Transaction, outcomes: readonly ReturnOutcome[]): Promise<void> => {
    await saveReturns(
      tx,
      outcomes.flatMap((outcome) =>
        outcome.ok && !outcome.repeated
          ? outcome.events.map((event) => ({ event, streamVersion: outcome.head.version }))
          : [],
      ),
    )
  }

  const handle = (work: readonly Work[], origin: Omit<Origin, 'commandId'>): Promise<readonly ReturnOutcome[]> => {
    const metadata: EventMetadata = {
      actor: origin.actor,
      correlationId: origin.correlationId,
      law: law.version,
    }
    const recordedAt = clock.now()
    return handleCommands<ReturnState, ReturnCommand, ReturnEvent, Rejection<RejectionCode>, ReturnFacts>(
      database,
      store,
      { decider: returnDecider, toOutbox: returnMessages, inTransaction },
      work.map((item) => ({ ...item, recordedAt, metadata })),
    )
  }

  /** Insurer of a ziekenfonds in this cell: by the register on that day, or because it has members here. */
  const insurerOf = async (ziekenfonds: string, day: IsoDate): Promise<string | null> => {
    const registered = register.insurerOf(ziekenfonds, day)
    if (registered !== null) return insurers.includes(registered) ? registered : null
    const { rows } = await database.query<{ insurer: string }>(
      'select insurer from app.member_counts where ziekenfonds = $1 and members > 0 limit 1',
      [ziekenfonds],
    )
    return rows[0]?.insurer ?? null
  }

  /** Everybody who has to report: those that exist on the day and those that have members, per insurer. */
  const reporters = async (day: IsoDate): Promise<ReadonlyMap<string, readonly string[]>> => {
    const codes = new Map<string, Set<string>>(insurers.map((insurer) => [insurer, new Set()]))
    for (const fund of register.on(day)) codes.get(fund.insurer)?.add(fund.code)
    for (const insurer of register.insurers)
      if (insurer.kind !== 'landsbond') codes.get(insurer.code)?.add(insurer.code)
    const { rows } = await database.query<{ insurer: string; ziekenfonds: string }>(
      'select distinct insurer, ziekenfonds from app.member_counts where members > 0',
    )
    for (const row of rows) codes.get(row.insurer)?.add(row.ziekenfonds)
    return new Map(Array.from(codes, ([insurer, funds]) => [insurer, [...funds].sort()]))
  }

  /** The submissions of some ziekenfondsen of one insurer, all from the same positions. */
  const submissions = async (
    request: { readonly insurer: string; readonly ziekenfondsen: readonly string[]; readonly month: string },
    commandIdOf: (ziekenfonds: string) => string,
  ): Promise<readonly Work[]> => {
    const { insurer, ziekenfondsen, month } = request
    const { positions, parked } = await capturePositions(database, MEMBERS_CONSUMER, insurer)
    const figures = await foldFigures(database, { insurer, ziekenfondsen, month, positions })
    return ziekenfondsen.map((ziekenfonds) => {
      const streamId = returnStreamId(ziekenfonds, month)
      const commandId = commandIdOf(ziekenfonds)
      const command: SubmitReturn = {
        kind: 'submit',
        returnId: uuidV5(`${streamId}/${commandId}`),
        insurer,
        ziekenfonds,
        month,
        figures: figures.get(ziekenfonds)!,
        positions,
      }
      return { command, streamId, commandId, facts: { today: clock.today(), parked } }
    })
  }

  const settle = async (about: StoredReturn, command: ReturnCommand, origin: Origin): Promise<ReturnOutcome> => {
    const work: Work = {
      command,
      streamId: returnStreamId(about.ziekenfonds, about.month),
      commandId: origin.commandId,
      facts: { today: clock.today(), parked: 0 },
    }
    return (await handle([work], origin))[0]!
  }

  return {
    async submit({ ziekenfonds, month }, origin) {
      const { last } = daysOfMonth(month)
      const insurer = await insurerOf(ziekenfonds, last)
      if (insurer === null) return { code: 'LBD-0007', params: { ziekenfonds, day: last } }
      const work = await submissions({ insurer, ziekenfondsen: [ziekenfonds], month }, () => origin.commandId)
      return (await handle(work, origin))[0]!
    },
    accept: (about, origin) => settle(about, { kind: 'accept', returnId: about.returnId }, origin),
    refuse: (about, reason, origin) => settle(about, { kind: 'refuse', returnId: about.returnId, reason }, origin),
    submitMonth: (month, actor = 'landsbond') => submitMonth(month, actor),
    acceptMonth: (month, actor = 'landsbond') => acceptMonth(month, actor),
  }

  async function submitMonth(month: string, actor: string): Promise<MonthResult> {
    const standing = new Map((await newestReturns(database, month)).map((found) => [found.ziekenfonds, found]))
    const result = new Tally(month)
    for (const [insurer, funds] of await reporters(daysOfMonth(month).last)) {
      const open = funds.filter((fund) => (standing.get(fund)?.state ?? 'refused') === 'refused')
      result.unchanged += funds.length - open.length
      if (open.length === 0) continue
      const attemptOf = (fund: string): number => (standing.get(fund)?.attempt ?? 0) + 1
      const work = await submissions({ insurer, ziekenfondsen: open, month }, (fund) => `month/${attemptOf(fund)}`)
      result.add(open, await handle(work, { actor, correlationId: uuidV5(`submitMonth/${insurer}/${month}`) }))
    }
    return result.toResult()
  }

  async function acceptMonth(month: string, actor: string): Promise<MonthResult> {
    const result = new Tally(month)
    const waiting = (await newestReturns(database, month)).filter((found) => insurers.includes(found.insurer))
    const submitted = waiting.filter((found) => found.state === 'submitted')
    result.unchanged += waiting.length - submitted.length
    const work = submitted.map((found) => ({
      command: { kind: 'accept' as const, returnId: found.returnId },
      streamId: returnStreamId(found.ziekenfonds, month),
      commandId: `accept/${found.returnId}`,
      facts: { today: clock.today(), parked: 0 },
    }))
    const origin = { actor, correlationId: uuidV5(`acceptMonth/${month}`) }
    result.add(
      submitted.map((found) => found.ziekenfonds),
      await handle(work, origin),
    )
    return result.toResult()
  }
}

class Tally {
  readonly #month: string
  readonly #refused: { ziekenfonds: string; rejection: Rejection }[] = []
  #done = 0
  unchanged = 0

  constructor(month: string) {
    this.#month = month
  }

  add(ziekenfondsen: readonly string[], outcomes: readonly ReturnOutcome[]): void {
    for (const [index, outcome] of outcomes.entries()) {
      if (!outcome.ok) this.#refused.push({ ziekenfonds: ziekenfondsen[index]!, rejection: outcome.rejection })
      else if (outcome.repeated || outcome.events.length === 0) this.unchanged += 1
      else this.#done += 1
    }
  }

  toResult(): MonthResult {
    return { month: this.#month, done: this.#done, unchanged: this.unchanged, refused: this.#refused }
  }
}
