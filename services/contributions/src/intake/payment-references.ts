import { type Origin, recordOnce } from '@ziv/event-store'
import { makeOgm, type Ogm, parseOgm, type Quarter, type Rejection } from '@ziv/kernel'
import type { Queryable } from '@ziv/postgres'
import type { Context } from '../context.ts'

/** For whom and for which quarter a structured communication was handed out. */
export interface Target {
  readonly personId: string
  readonly quarter: Quarter
}

/** Numbers of our communications start with an 8, then comes the number of the reference. */
const purposeBase = 8_000_000_000
const referencesMax = 1_999_999_999

/**
 * Hands out the structured communication for a quarter of a person; the same one when asked again. The log keeps which number it
 * was: a payment is booked for whoever the number leads to.
 */
export async function paymentReference(
  { database, store, clock, law }: Context,
  { personId, quarter }: Target,
  origin: Origin,
): Promise<Ogm> {
  const number = await database.transaction(async (tx) => {
    const { rows } = await tx.query<{ number: string }>(
      'insert into app.payment_references (person_id, quarter) values ($1, $2) on conflict do nothing returning number',
      [personId, quarter],
    )
    if (rows[0] === undefined) return await numberOf(tx, { personId, quarter })
    const given = Number(rows[0].number)
    await recordOnce(tx, store, () => clock.now(), {
      streamId: `paymentReference-${personId}-${quarter}`,
      event: { type: 'PaymentReferenceGiven', version: 1, data: { number: given } },
      metadata: { ...origin, law: law.version },
    })
    return given
  })
  return makeOgm(purposeBase + number)
}

async function numberOf(q: Queryable, { personId, quarter }: Target): Promise<number> {
  const { rows } = await q.query<{ number: string }>(
    'select number from app.payment_references where person_id = $1 and quarter = $2',
    [personId, quarter],
  )
  return Number(rows[0]!.number)
}

/** Who and which quarter some communications are for; those that are not ours are left out. */
export async function targetsOfOgms(
  q: Queryable,
  ogms: readonly string[],
): Promise<(ogm: string) => Target | undefined> {
  const numbers = ogms.map(numberOfOgm).filter((number) => number !== undefined)
  const { rows } = await q.query<{ number: string; person_id: string; quarter: Quarter }>(
    'select number, person_id, quarter from app.payment_references where number = any ($1::bigint[])',
    [numbers],
  )
  const found = new Map(rows.map((row) => [Number(row.number), { personId: row.person_id, quarter: row.quarter }]))
  return (ogm) => found.get(numberOfOgm(ogm) ?? 0)
}

/** Why a communication leads to nobody: it is mistyped, or not one of ours. */
export const unknownOgm = (ogm: string): Rejection => ({ code: parseOgm(ogm).ok ? 'ogmUnknown' : 'ogmInvalid' })

function numberOfOgm(text: string): number | undefined {
  const parsed = parseOgm(text)
  if (!parsed.ok) return undefined
  const number = Number(parsed.value.slice(0, 10)) - purposeBase
  return number > 0 && number <= referencesMax ? number : undefined
}
