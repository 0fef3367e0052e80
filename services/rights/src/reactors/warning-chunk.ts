import { renewalWarned } from '@ziv/contracts'
import { GENESIS_HASH, type StreamAppend } from '@ziv/event-store'
import { uuidV5 } from '@ziv/kernel'
import { draft } from '@ziv/messaging'
import type { Database, Transaction } from '@ziv/postgres'
import type { Dossier } from '../domain/facts.ts'
import { type Warning, warningFor } from '../domain/warning.ts'
import { DOSSIER_LIST, type DossierList, dossiersOf } from '../projections/persons.ts'
import { type DecisionContext, type RunContext, recordedNow } from './context.ts'
import { advanceRun, type Run, stepped } from './run-store.ts'

interface Warned {
  readonly dossier: Dossier
  readonly warning: Warning
}

/** One chunk of the warnings of 1 December in one transaction; null when everybody has been looked at. */
export async function warnChunk(
  db: Database,
  context: RunContext,
  run: Run,
  personsPerChunk: number,
): Promise<Run | null> {
  return await db.transaction(async (tx) => {
    const { rows } = await tx.query<DossierList>({
      name: 'rights_warning_candidates',
      text: `select ${DOSSIER_LIST} from (
               select person_id, dossier from app.persons
               where person_id > $1 and not dependant and dossier is not null order by person_id limit $2) candidates`,
      values: [run.cursor ?? '00000000-0000-0000-0000-000000000000', personsPerChunk],
    })
    const dossiers = dossiersOf(rows[0] as DossierList)
    const last = dossiers.at(-1)
    if (last === undefined) return null
    const warned: Warned[] = []
    for (const dossier of dossiers) {
      const warning = warningFor(dossier, run.year, context.rules)
      if (warning !== null && dossier.affiliations.length > 0) warned.push({ dossier, warning })
    }
    const fresh = await onlyNew(tx, warned)
    await store(tx, recordedNow(context), fresh, run)
    const step = {
      phase: 1,
      cursor: last.personId,
      examined: dossiers.length,
      granted: 0,
      refused: 0,
      warned: fresh.length,
    }
    await advanceRun(tx, run.runId, step)
    return stepped(run, step)
  })
}

async function onlyNew(tx: Transaction, warned: readonly Warned[]): Promise<readonly Warned[]> {
  if (warned.length === 0) return []
  const { rows } = await tx.query<{ person_id: string }>(
    'select person_id from app.warnings where person_id = any($1::uuid[]) and year = $2',
    [warned.map(({ dossier }) => dossier.personId), warned[0]?.warning.year],
  )
  const known = new Set(rows.map((row) => row.person_id))
  return warned.filter(({ dossier }) => !known.has(dossier.personId))
}

async function store(tx: Transaction, context: DecisionContext, warned: readonly Warned[], run: Run): Promise<void> {
  if (warned.length === 0) return
  await context.store.appendMany(
    tx,
    warned.map((entry) => appendOf(entry, context)),
  )
  await tx.query(
    `insert into app.warnings (person_id, year, reference_year, short_cents, payable_until, warned_on, insurer, ziekenfonds)
     select p, $1, r, s, u, $2, i, z
     from unnest($3::uuid[], $4::int[], $5::bigint[], $6::date[], $7::text[], $8::text[]) as v(p, r, s, u, i, z)`,
    [
      run.year,
      context.today,
      warned.map(({ dossier }) => dossier.personId),
      warned.map(({ warning }) => warning.referenceYear),
      warned.map(({ warning }) => warning.shortCents),
      warned.map(({ warning }) => warning.payableUntil),
      warned.map(({ dossier }) => dossier.affiliations.at(-1)?.insurer),
      warned.map(({ dossier }) => dossier.affiliations.at(-1)?.ziekenfonds),
    ],
  )
}

function appendOf({ dossier, warning }: Warned, context: DecisionContext): StreamAppend {
  const { personId } = dossier
  const affiliation = dossier.affiliations.at(-1) as Dossier['affiliations'][number]
  const eventId = uuidV5(`renewal-warning/${personId}/${warning.year}`)
  const data = {
    personId,
    year: warning.year,
    referenceYear: warning.referenceYear,
    shortCents: warning.shortCents,
    payableUntil: warning.payableUntil,
  }
  return {
    streamId: `renewalWarning-${personId}-${warning.year}`,
    expected: { version: 0, hash: GENESIS_HASH },
    events: [{ eventId, type: 'RenewalWarned', schemaVersion: 1, data }],
    recordedAt: context.recordedAt,
    metadata: context.metadata,
    outbox: [
      draft(renewalWarned, {
        key: personId,
        insurer: affiliation.insurer,
        ziekenfonds: affiliation.ziekenfonds,
        recordedAt: context.recordedAt,
        actor: context.metadata.actor,
        correlationId: context.metadata.correlationId,
        source: '/rights',
        id: eventId,
        data: { ...data, insurer: affiliation.insurer as '100', ziekenfonds: affiliation.ziekenfonds },
      }),
    ],
  }
}
