import {
  type Cents,
  type IsoDate,
  makeOgm,
  type Ogm,
  parseOgm,
  type Quarter,
  type Rejection,
  uuidV5,
  yearOfQuarter,
} from '@ziv/kernel'
import { loadMembers } from '@ziv/members/store'
import type { Queryable, Transaction } from '@ziv/postgres'
import { isAssessable } from '../domain/assessable-year.ts'
import { applyCommands, type YearCommand } from '../year/apply-commands.ts'
import { withRetry } from '../year/with-retry.ts'
import type { Origin } from '../year/year-context.ts'
import { chunksOf } from './chunks.ts'
import { type BulkContext, type Many, tallyOf } from './record-slips.ts'
import { type BulkResult, BulkTally, InvalidItem } from './types.ts'

interface PaymentContent {
  /** Reference of the bank line: one reference counts once. */
  readonly paymentId: string
  readonly amountCents: Cents
  readonly receivedOn: IsoDate
}

/** A personal contribution or a complement: for a person and a quarter, or by the structured communication handed out. */
export type PaymentInput = PaymentContent &
  ({ readonly personId: string; readonly quarter: Quarter } | { readonly ogm: string })

interface Target {
  readonly personId: string
  readonly quarter: Quarter
}

/** Numbers of our communications start with an 8, then comes the number of the reference. */
const purposeBase = 8_000_000_000
const referencesMax = 1_999_999_999

/** Hands out the structured communication for a quarter of a person; the same one when asked again. */
export async function paymentReference(tx: Queryable, personId: string, quarter: Quarter): Promise<Ogm> {
  const { rows } = await tx.query<{ number: string }>(
    `with added as (
       insert into app.payment_references (person_id, quarter) values ($1, $2) on conflict do nothing returning number)
     select number from added union all select number from app.payment_references where person_id = $1 and quarter = $2 limit 1`,
    [personId, quarter],
  )
  if (rows[0] === undefined) return await paymentReference(tx, personId, quarter)
  return makeOgm(purposeBase + Number(rows[0].number))
}

/** Records payments in the order given, in chunks; a bank line sent again changes nothing. */
export async function recordPayments(
  context: BulkContext,
  payments: Many<PaymentInput>,
  origin: Origin,
): Promise<BulkResult> {
  const tally = new BulkTally()
  for await (const chunk of chunksOf(payments, context.personsPerChunk)) {
    const outcomes = await withRetry(context.database, (tx) => recordChunk(context, tx, chunk, origin))
    for (const outcome of outcomes) tally.add(outcome)
  }
  return tally.result()
}

async function recordChunk(
  context: BulkContext,
  tx: Transaction,
  payments: readonly (PaymentInput | InvalidItem)[],
  origin: Origin,
): Promise<('recorded' | 'unchanged' | 'waiting' | Rejection)[]> {
  const today = context.clock.today()
  const targets = await targetsOf(tx, payments)
  const persons = await loadMembers(tx, [...new Set(targets.flatMap((target) => target?.personId ?? []))])
  const commands = new Map<number, YearCommand>()
  payments.forEach((payment, index) => {
    // what a bank received has happened
    if (payment instanceof InvalidItem || payment.receivedOn > today) return
    const target = targets[index]
    const person = target === undefined ? undefined : persons.get(target.personId)
    if (target === undefined || !isAssessable(context.law, yearOfQuarter(target.quarter))) return
    if (person === undefined || person.affiliations.length === 0) return
    const { paymentId, amountCents, receivedOn } = payment
    const commandId = `payment:${target.personId}:${paymentId}:${target.quarter}`
    const contributionId = uuidV5(commandId)
    commands.set(index, {
      person,
      year: yearOfQuarter(target.quarter),
      command: {
        type: 'PayContribution',
        commandId,
        contributionId,
        paymentId,
        quarter: target.quarter,
        amountCents,
        receivedOn,
      },
    })
  })
  const outcomes = await applyCommands(context, tx, [...commands.values()], origin)
  const byIndex = new Map([...commands.keys()].map((index, place) => [index, outcomes[place]!]))
  return payments.map((payment, index) => {
    if (payment instanceof InvalidItem) return payment.rejection
    if (payment.receivedOn > today) return new InvalidItem('receivedOn').rejection
    const target = targets[index]
    const year = target === undefined ? undefined : yearOfQuarter(target.quarter)
    if (year !== undefined && !isAssessable(context.law, year)) return { code: 'CTR-0010', params: { year } }
    const outcome = byIndex.get(index)
    return outcome === undefined ? { code: 'CTR-0006' } : tallyOf(outcome)
  })
}

/** Who and which quarter each payment is for; undefined when the communication is not one of ours. */
async function targetsOf(
  tx: Transaction,
  payments: readonly (PaymentInput | InvalidItem)[],
): Promise<(Target | undefined)[]> {
  const numbers = payments.map((payment) => ('ogm' in payment ? numberOfOgm(payment.ogm) : undefined))
  const wanted = numbers.filter((number) => number !== undefined)
  const { rows } = await tx.query<{ number: string; person_id: string; quarter: Quarter }>(
    'select number, person_id, quarter from app.payment_references where number = any ($1::bigint[])',
    [wanted],
  )
  const found = new Map(rows.map((row) => [Number(row.number), { personId: row.person_id, quarter: row.quarter }]))
  return payments.map((payment, index) => {
    if (payment instanceof InvalidItem) return undefined
    if (!('ogm' in payment)) return { personId: payment.personId, quarter: payment.quarter }
    const number = numbers[index]
    return number === undefined ? undefined : found.get(number)
  })
}

function numberOfOgm(text: string): number | undefined {
  const parsed = parseOgm(text)
  if (!parsed.ok) return undefined
  const number = Number(parsed.value.slice(0, 10)) - purposeBase
  return number > 0 && number <= referencesMax ? number : undefined
}
