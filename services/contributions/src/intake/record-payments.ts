import type { Origin } from '@ziv/event-store'
import { type Cents, type IsoDate, type Quarter, type Rejection, uuidV5, yearOfQuarter } from '@ziv/kernel'
import { isAssessable } from '@ziv/law'
import { tenantOf } from '@ziv/members'
import { loadMembers } from '@ziv/members/store'
import type { Transaction } from '@ziv/postgres'
import { applyCommands, type YearCommand } from '../commands/apply-commands.ts'
import { type Became, becameOf } from '../commands/record-slips.ts'
import type { Context } from '../context.ts'
import type { PayContribution } from '../domain/contribution-year.commands.ts'
import { bookedPayments, bookPayments, cutAtRepeats, type PaymentBooking } from './booked-payments.ts'
import { type Target, targetsOfOgms, unknownOgm } from './payment-references.ts'
import type { Recorder } from './record-lines.ts'

interface PaymentContent {
  /** Reference of the bank line: one reference counts once. */
  readonly paymentId: string
  readonly amountCents: Cents
  readonly receivedOn: IsoDate
}

/** A personal contribution or a complement: for a person and a quarter, or by the structured communication handed out. */
export type PaymentInput = PaymentContent &
  ({ readonly personId: string; readonly quarter: Quarter } | { readonly ogm: string })

/**
 * Payments: a bank line sent again changes nothing; under the reference of a line that was booked for another person or year nothing
 * is booked.
 */
export const recordPayments: Recorder<PaymentInput> = async (context, tx, placed, origin) => {
  const payments = placed.map(({ item }) => item)
  const became: Became[] = []
  for (const part of cutAtRepeats(payments)) became.push(...(await recordPart(context, tx, part, origin)))
  return became
}

async function recordPart(
  context: Context,
  tx: Transaction,
  payments: readonly PaymentInput[],
  origin: Origin,
): Promise<Became[]> {
  const targets = await targetsOf(tx, payments)
  const persons = await loadMembers(tx, [
    ...new Set(targets.flatMap((target) => ('code' in target ? [] : target.personId))),
  ])
  const booked = await bookedPayments(tx, payments)
  const commands: YearCommand[] = []
  const bookings: PaymentBooking[] = []
  const refusals = payments.map((payment, index): Rejection | undefined => {
    const target = targets[index]!
    if ('code' in target) return target
    const year = yearOfQuarter(target.quarter)
    if (!isAssessable(context.law, year)) return { code: 'yearUnknownToLaw', params: { year } }
    const person = persons.get(target.personId)
    // an affiliation that was withdrawn keeps what is owed, and somebody to tell it to
    if (!person?.birthDate || tenantOf(person, context.clock.today()) === undefined) return { code: 'personNotFound' }
    const { paymentId } = payment
    const before = booked.get(paymentId)
    if (before !== undefined && (before.personId !== target.personId || before.year !== year)) {
      return { code: 'paymentDiffers', params: { paymentId } }
    }
    bookings.push({ paymentId, personId: target.personId, year })
    commands.push({ person, year, command: commandOf(payment, target) })
    return undefined
  })
  const outcomes = await applyCommands(context, tx, commands, origin)
  await bookPayments(
    tx,
    bookings.filter((_, place) => outcomes[place]!.kind === 'changed'),
  )
  const inOrder = outcomes.values()
  return refusals.map((refusal) => refusal ?? becameOf(inOrder.next().value!))
}

function commandOf({ paymentId, amountCents, receivedOn }: PaymentContent, target: Target): PayContribution {
  const { personId, quarter } = target
  const commandId = `payment:${personId}:${paymentId}:${quarter}`
  const contributionId = uuidV5(commandId)
  return { type: 'PayContribution', commandId, contributionId, paymentId, quarter, amountCents, receivedOn }
}

/** Who and which quarter each payment is for; the refusal when the communication leads to nobody. */
async function targetsOf(tx: Transaction, payments: readonly PaymentInput[]): Promise<(Target | Rejection)[]> {
  const targetOf = await targetsOfOgms(
    tx,
    payments.flatMap((payment) => ('ogm' in payment ? [payment.ogm] : [])),
  )
  return payments.map((payment) => {
    if ('ogm' in payment) return targetOf(payment.ogm) ?? unknownOgm(payment.ogm)
    return { personId: payment.personId, quarter: payment.quarter }
  })
}
