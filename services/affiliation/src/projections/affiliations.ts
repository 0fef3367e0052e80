import type { Queryable } from '@ziv/postgres'
import type { Change } from '../commands/person-work.ts'

interface Row {
  readonly affiliationId: string
  readonly personId: string
  readonly insurer: string
  readonly ziekenfonds: string
  readonly from: string
}

function openedIn(changes: readonly Change[]): readonly Row[] {
  return changes.flatMap(({ event, personId }) => {
    if (event.type !== 'AffiliationOpened') return []
    const { affiliationId, insurer, ziekenfonds, from } = event.data
    return [{ affiliationId, personId, insurer, ziekenfonds, from }]
  })
}

/** Keeps the affiliations per person equal to the log, in the transaction of the append. */
export async function projectAffiliations(q: Queryable, changes: readonly Change[]): Promise<void> {
  const rows = openedIn(changes)
  if (rows.length > 0) {
    await q.query({
      name: 'open_affiliations',
      text: `insert into app.affiliations (affiliation_id, person_id, insurer, ziekenfonds, valid_from)
        select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::date[])`,
      values: [
        rows.map((row) => row.affiliationId),
        rows.map((row) => row.personId),
        rows.map((row) => row.insurer),
        rows.map((row) => row.ziekenfonds),
        rows.map((row) => row.from),
      ],
    })
  }
  for (const { event } of changes) await changeAffiliation(q, event)
}

async function changeAffiliation(q: Queryable, event: Change['event']): Promise<void> {
  switch (event.type) {
    case 'AffiliationClosed':
    case 'AffiliationCorrected': {
      const { affiliationId, to, reason } = event.data
      const from = 'from' in event.data ? event.data.from : null
      await q.query(
        `update app.affiliations set valid_from = coalesce($2, valid_from), valid_to = $3, reason = $4
        where affiliation_id = $1`,
        [affiliationId, from, to, reason],
      )
      break
    }
    case 'AffiliationWithdrawn':
      await q.query('delete from app.affiliations where affiliation_id = $1', [event.data.affiliationId])
  }
}
