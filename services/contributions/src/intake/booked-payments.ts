import { Conflict, type Queryable, type Transaction } from '@ziv/postgres'

/** A bank line and the one contribution year it was booked for. */
export interface PaymentBooking {
  readonly paymentId: string
  readonly personId: string
  readonly year: number
}

type Line = { readonly paymentId: string }

/** Cuts a chunk where a reference comes again, so that each part is decided with what the part before has booked. */
export function* cutAtRepeats<T extends Line>(lines: readonly T[]): Generator<T[]> {
  let part: T[] = []
  let seen = new Set<string>()
  for (const line of lines) {
    if (seen.has(line.paymentId)) {
      yield part
      part = []
      seen = new Set()
    }
    seen.add(line.paymentId)
    part.push(line)
  }
  if (part.length > 0) yield part
}

/** Which of these bank lines are booked, and for whom, over all persons and years. */
export async function bookedPayments(q: Queryable, lines: readonly Line[]): Promise<Map<string, PaymentBooking>> {
  const { rows } = await q.query<{ payment_id: string; person_id: string; year: number }>({
    name: 'contributions-booked-payments',
    text: `select b.payment_id, b.person_id, b.year from unnest($1::text[]) k (payment_id)
            cross join lateral (select * from app.booked_payments p where p.payment_id = k.payment_id offset 0) b`,
    values: [lines.map((line) => line.paymentId)],
  })
  return new Map(
    rows.map((row) => [row.payment_id, { paymentId: row.payment_id, personId: row.person_id, year: row.year }]),
  )
}

/**
 * Books bank lines in the transaction that records them, in the order of their references so that two writers never wait
 * for each other for ever. Throws `Conflict` when another writer booked one meanwhile.
 */
export async function bookPayments(tx: Transaction, bookings: readonly PaymentBooking[]): Promise<void> {
  if (bookings.length === 0) return
  const sorted = bookings.toSorted((a, b) => (a.paymentId < b.paymentId ? -1 : 1))
  const { rowCount } = await tx.query({
    name: 'contributions-book-payments',
    text: `insert into app.booked_payments (payment_id, person_id, year)
           select * from unnest($1::text[], $2::uuid[], $3::smallint[]) on conflict do nothing`,
    values: [sorted.map((at) => at.paymentId), sorted.map((at) => at.personId), sorted.map((at) => at.year)],
  })
  if (rowCount !== bookings.length) throw new Conflict('another writer booked one of these payments')
}
