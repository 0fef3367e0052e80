import type { Rejection } from '@ziv/kernel'
import type { Transaction } from '@ziv/postgres'
import type { Context } from '../context.ts'
import { daysOfMonth, returnStreamId } from '../domain/month.ts'
import type { ReturnCommand } from '../domain/return.commands.ts'
import type { RejectionCode } from '../domain/return.rejections.ts'
import { roomToFold } from '../projections/figures.ts'
import type { StoredReturn } from '../projections/returns.ts'
import { type CommandOrigin, handleReturns, type ReturnOutcome } from './handle-returns.ts'
import { insurerOfReporter } from './reporters.ts'
import { submissionsOf } from './submissions.ts'

/** Makes, accepts and refuses single returns. Everything can be repeated without a second effect. */
export interface ReturnHandler {
  /** Folds the facts and submits the return; the outcome has the event or the reason of the refusal. */
  submit(
    request: { readonly ziekenfonds: string; readonly month: string },
    origin: CommandOrigin,
  ): Promise<ReturnOutcome | Rejection<RejectionCode>>
  accept(about: StoredReturn, origin: CommandOrigin): Promise<ReturnOutcome>
  refuse(about: StoredReturn, reason: string, origin: CommandOrigin): Promise<ReturnOutcome>
}

/** Puts the handler together. */
export function createReturnHandler(deps: Context): ReturnHandler {
  const { database, clock, insurers } = deps

  const settle = async (about: StoredReturn, command: ReturnCommand, origin: CommandOrigin): Promise<ReturnOutcome> => {
    const streamId = returnStreamId(about.ziekenfonds, about.month)
    const facts = { today: clock.today(), parked: 0 }
    const work = { command, streamId, commandId: origin.commandId, facts }
    const outcomes = await handleReturns(database, deps, { streamIds: [streamId], workOf: async () => [work] }, origin)
    return outcomes[0]!
  }

  return {
    async submit({ ziekenfonds, month }, origin) {
      const day = daysOfMonth(month).last
      const insurer = await insurerOfReporter(database, insurers, ziekenfonds, day)
      if (insurer === null) return { code: 'ziekenfondsUnknown', params: { ziekenfonds, day } }
      const commandIdOf = () => origin.commandId
      const request = { insurer, ziekenfondsen: [ziekenfonds], month, today: clock.today(), commandIdOf }
      const workOf = async (tx: Transaction) => {
        await roomToFold(tx)
        return await submissionsOf(tx, deps.law, request)
      }
      const streamIds = [returnStreamId(ziekenfonds, month)]
      return (await handleReturns(database, deps, { streamIds, workOf }, origin))[0]!
    },
    accept: (about, origin) => settle(about, { kind: 'accept', returnId: about.returnId }, origin),
    refuse: (about, reason, origin) => settle(about, { kind: 'refuse', returnId: about.returnId, reason }, origin),
  }
}
