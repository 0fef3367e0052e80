import type { EventStore } from '@ziv/event-store'
import type { Finding } from '@ziv/http'
import type { Clock } from '@ziv/kernel'
import type { Law } from '@ziv/law'
import { type Database, streamBatches } from '@ziv/postgres'
import { dossierOf } from './domain/facts.ts'
import { loadFacts } from './projections/facts.ts'
import { deflate, loadDecisionIds, loadPeriods } from './projections/persons.ts'
import { timelinesOf } from './reactors/redecide.ts'

interface VerifyDeps {
  readonly database: Database
  readonly store: EventStore
  readonly clock: Clock
  readonly law: Law
}

/** The proofs of this service: chains unbroken, and every stored answer equal to the fold of the facts. */
export async function* verifyRights(deps: VerifyDeps): AsyncIterable<Finding> {
  const { rows } = await deps.database.query<{ n: string }>('select count(*) as n from es.events')
  const broken: string[] = []
  for await (const finding of deps.store.verify(deps.database)) {
    if (broken.length < 5) broken.push(`${finding.streamId}@${finding.version} ${finding.problem}`)
  }
  const events = Number(rows[0]?.n ?? 0)
  yield {
    check: 'rights: hash chains',
    ok: broken.length === 0 && events > 0,
    examined: events,
    detail: broken.length === 0 ? 'every chain holds' : broken.join('; '),
  }
  yield await refold(deps)
}

/** Folds the facts of everybody again and compares with what is stored, batch by batch. */
async function refold(deps: VerifyDeps): Promise<Finding> {
  let examined = 0
  const wrong: string[] = []
  const persons = streamBatches<{ person_id: string }>(
    deps.database,
    'select person_id from app.persons order by person_id',
    [],
    {
      batchSize: 500,
    },
  )
  for await (const rows of persons) {
    const ids = rows.map((row) => row.person_id)
    examined += ids.length
    await deps.database.transaction(async (tx) => {
      const facts = await loadFacts(tx, ids)
      const dossiers = new Map(ids.map((id) => [id, dossierOf(id, facts.get(id) ?? [])]))
      const timelines = await timelinesOf(tx, dossiers, { rules: { law: deps.law }, today: deps.clock.today() })
      const decisions = await loadDecisionIds(tx, ids)
      const periods = await loadPeriods(tx, ids)
      const stored = await tx.query<{ person_id: string; dossier: object }>(
        'select person_id, dossier from app.persons where person_id = any($1::uuid[])',
        [ids],
      )
      const dossierText = new Map(stored.rows.map((row) => [row.person_id, canonical(row.dossier)]))
      for (const id of ids) {
        const timeline = timelines.get(id)
        const same =
          timeline !== undefined &&
          canonical(timeline.decisions.map((decision) => decision.decisionId).sort()) ===
            canonical([...(decisions.get(id)?.keys() ?? [])].sort()) &&
          canonical(timeline.periods) === canonical(periods.get(id) ?? []) &&
          dossierText.get(id) === canonical(JSON.parse(deflate(dossiers.get(id) as never)))
        if (!same) wrong.push(id)
      }
    })
  }
  return {
    check: 'rights: stored timelines equal the fold of the facts',
    ok: wrong.length === 0 && examined > 0,
    examined,
    detail:
      wrong.length === 0
        ? 'every timeline recomputed to the same days and decisions'
        : `${wrong.length} differ: ${wrong.slice(0, 5).join(', ')}`,
  }
}

/** JSON with sorted members: jsonb keeps no order. Assessments are a set, sorted by year. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner) => {
    if (Array.isArray(inner)) {
      return inner.every((item) => typeof item === 'object' && item !== null && 'referenceYear' in item)
        ? inner.toSorted((a, b) => a.referenceYear - b.referenceYear)
        : inner
    }
    if (typeof inner !== 'object' || inner === null) return inner
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
}
