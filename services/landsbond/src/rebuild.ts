import { type EventStore, toDomainEvent } from '@ziv/event-store'
import { foldMember } from '@ziv/members'
import { type Database, streamBatches, type Transaction } from '@ziv/postgres'
import { CountChanges } from './domain/count-changes.ts'
import { segmentsOf } from './domain/membership.ts'
import type { ReturnEvent } from './domain/return.events.ts'
import { loadInsuredDays, loadMemberFacts, personKey } from './projections/facts.ts'
import { applyChanges, businessDay } from './projections/member-counts.ts'
import { type ReturnChange, saveReturns } from './projections/returns.ts'

/** Told now and then how many persons were folded. */
export type Progress = (done: number) => void

/**
 * Makes counts, amounts per month and the list of returns again from facts and events, in one transaction: a reader sees the
 * old tables or the new ones. The consumer must not run. Memory holds sums per ziekenfonds and day, never persons.
 */
export async function rebuildLandsbond(
  { database, store }: { readonly database: Database; readonly store: EventStore },
  onProgress: Progress = () => {},
): Promise<{ rebuilt: number }> {
  return await database.transaction(async (tx) => {
    const { changes, persons } = await foldEverybody(tx, onProgress)
    // only now something is written: until here no reader of the cluster is held back
    await tx.query('delete from app.member_counts')
    await tx.query('delete from app.member_changes_to_come')
    const day = await businessDay(tx)
    const list = changes.list()
    for (let start = 0; start < list.length; start += 5_000) {
      await applyChanges(tx, list.slice(start, start + 5_000), day)
    }
    await rebuildAmounts(tx)
    await rebuildReturns(tx, store)
    return { rebuilt: persons }
  })
}

async function foldEverybody(
  tx: Transaction,
  onProgress: Progress,
): Promise<{ changes: CountChanges; persons: number }> {
  const changes = new CountChanges()
  let persons = 0
  const ids = streamBatches<{ person_id: string; places: { insurer: string; partition: number }[] }>(
    tx,
    `select person_id, jsonb_agg(distinct jsonb_build_object('insurer', insurer, 'partition', partition)) as places
     from app.member_facts group by person_id order by person_id`,
    [],
    { batchSize: 1_000 },
  )
  for await (const rows of ids) {
    const facts = await loadMemberFacts(
      tx,
      rows.map((row) => row.person_id),
    )
    const places = rows.flatMap((row) => row.places.map((place) => ({ ...place, personId: row.person_id })))
    const insured = await loadInsuredDays(tx, places)
    for (const place of places) {
      const key = personKey(place.insurer, place.personId)
      const member = foldMember(place.personId, facts.get(key) ?? [])
      changes.replace(place, [], segmentsOf(member, insured.get(key) ?? []))
    }
    persons += rows.length
    onProgress(persons)
  }
  return { changes, persons }
}

async function rebuildAmounts(tx: Transaction): Promise<void> {
  await tx.query('delete from app.month_amounts')
  await tx.query(
    `insert into app.month_amounts (insurer, ziekenfonds, month, partition, slips, claims, intervention_cents,
                                    patient_share_cents, supplement_cents)
     select insurer, ziekenfonds, month, partition, sum(slips), sum(claims), sum(i), sum(p), sum(s) from (
       select insurer, ziekenfonds, to_char(day, 'YYYY-MM') as month, partition, 1 as slips, 0 as claims, 0 as i, 0 as p, 0 as s
       from app.slip_facts
       union all
       select insurer, ziekenfonds, to_char(day, 'YYYY-MM'), partition, 0, 1, intervention_cents, patient_share_cents,
              supplement_cents
       from app.claim_facts) f
     group by insurer, ziekenfonds, month, partition`,
  )
}

async function rebuildReturns(tx: Transaction, store: EventStore): Promise<void> {
  await tx.query('delete from app.returns')
  for await (const { events } of store.streams(tx, 'return')) {
    const changes = events.map(
      (stored): ReturnChange => ({ event: toDomainEvent<ReturnEvent>(stored), streamVersion: stored.version }),
    )
    await saveReturns(tx, changes)
  }
}
