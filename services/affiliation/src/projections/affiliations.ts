import type { Queryable } from '@ziv/postgres'
import type { Change } from '../commands/person-work.ts'

/** What a batch makes of an affiliation: opened in it, moved (a day that is absent stays), or withdrawn. */
interface Outcome {
  readonly opened?: Extract<Change['event'], { type: 'AffiliationOpened' }>['data'] & { readonly personId: string }
  readonly withdrawn?: true
  readonly from?: string
  readonly to?: string | null
  readonly reason?: string | null
}

/** What is left of every affiliation after a batch: of one that was moved twice the last counts. */
function outcomesOf(changes: readonly Change[]): ReadonlyMap<string, Outcome> {
  const outcomes = new Map<string, Outcome>()
  for (const { event, personId } of changes) {
    switch (event.type) {
      case 'AffiliationOpened':
        outcomes.set(event.data.affiliationId, { opened: { ...event.data, personId } })
        break
      case 'AffiliationClosed':
      case 'AffiliationCorrected': {
        const { affiliationId, to, reason } = event.data
        const from = 'from' in event.data ? { from: event.data.from } : {}
        outcomes.set(affiliationId, { ...outcomes.get(affiliationId), ...from, to, reason })
        break
      }
      case 'AffiliationWithdrawn':
        outcomes.set(event.data.affiliationId, { withdrawn: true })
    }
  }
  return outcomes
}

/**
 * Keeps the affiliations per person equal to the log, in the transaction of the append. Only one of a person may be open, so those that
 * end come first, then those that run on, then the new.
 */
export async function projectAffiliations(q: Queryable, changes: readonly Change[]): Promise<void> {
  const outcomes = [...outcomesOf(changes)]
  const gone = outcomes.flatMap(([id, { withdrawn }]) => (withdrawn ? [id] : []))
  if (gone.length > 0) await q.query('delete from app.affiliations where affiliation_id = any($1::uuid[])', [gone])
  const moved = outcomes.filter(([, { opened, withdrawn }]) => opened === undefined && !withdrawn)
  for (const runsOn of [false, true]) {
    for (const [id, { from, to, reason }] of moved) {
      if ((to == null) !== runsOn) continue
      await q.query(
        'update app.affiliations set valid_from = coalesce($2, valid_from), valid_to = $3, reason = $4 where affiliation_id = $1',
        [id, from ?? null, to, reason],
      )
    }
  }
  await insertOpened(
    q,
    outcomes.filter(([, { opened }]) => opened !== undefined),
  )
}

async function insertOpened(q: Queryable, rows: readonly (readonly [string, Outcome])[]): Promise<void> {
  if (rows.length === 0) return
  await q.query({
    name: 'open_affiliations',
    text: `insert into app.affiliations (affiliation_id, person_id, insurer, ziekenfonds, valid_from, valid_to, reason)
      select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::date[], $6::date[], $7::text[])`,
    values: [
      rows.map(([id]) => id),
      rows.map(([, { opened }]) => opened!.personId),
      rows.map(([, { opened }]) => opened!.insurer),
      rows.map(([, { opened }]) => opened!.ziekenfonds),
      rows.map(([, { opened, from }]) => from ?? opened!.from),
      rows.map(([, { to }]) => to ?? null),
      rows.map(([, { reason }]) => reason ?? null),
    ],
  })
}
