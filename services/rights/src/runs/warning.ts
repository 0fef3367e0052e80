import { renewalWarned } from '@ziv/contracts'
import { type OnlyEvent, recordOnce } from '@ziv/event-store'
import { type Membership, tenantOf } from '@ziv/members'
import { draft } from '@ziv/messaging'
import type { Transaction } from '@ziv/postgres'
import { keysOfParts, type RunKind } from '@ziv/runs'
import type { Context } from '../context.ts'
import type { Dossier } from '../domain/facts.ts'
import { type Warning, warningFor } from '../domain/warning.ts'
import { DOSSIER_LIST, type DossierList, dossiersOf } from '../projections/persons.ts'
import { type DecisionContext, recordedNow } from '../reactors/decision-context.ts'
import { runContext, type YearParams } from './runner.ts'

interface Warned {
  readonly dossier: Dossier
  readonly warning: Warning
}

const NOBODY = '00000000-0000-0000-0000-000000000000'
const EVERYBODY = 'ffffffff-ffff-ffff-ffff-ffffffffffff'
const HOLDERS = 'from app.persons where not dependant and dossier is not null'

/** The warnings of 1 December: every holder who will not be renewed is told once a year what is missing. */
export function warningKind(context: Context): RunKind<YearParams, Dossier> {
  const { personsPerChunk } = context.config
  return {
    kind: 'warning',
    resultOf: (runId) => `/rights/v1/renewalRuns/${runId}`,
    keyOf: ({ year }, businessDate) => `${year}/${businessDate}`,
    once: true,
    chunkSize: personsPerChunk,
    plan: (q) => keysOfParts(q, `select person_id::text as key ${HOLDERS}`, [], personsPerChunk),
    itemKey: ({ personId }) => personId,
    read: async (tx, { after, through, limit }) => {
      const { rows } = await tx.query<DossierList>({
        name: 'rights_warning_candidates',
        text: `select ${DOSSIER_LIST} from (select person_id, dossier ${HOLDERS} and person_id > $1 and person_id <= $2
                 order by person_id limit $3) candidates`,
        values: [after ?? NOBODY, through ?? EVERYBODY, limit],
      })
      const items = dossiersOf(rows[0] as DossierList)
      const last = items.at(-1)?.personId
      return last === undefined ? null : { items, last }
    },
    store: async (tx, { items }, run) => {
      const decision = runContext(context, run)
      const warned: Warned[] = []
      for (const dossier of items) {
        const warning = warningFor(dossier, run.params.year, decision.rules)
        if (warning !== null && dossier.affiliations.length > 0) warned.push({ dossier, warning })
      }
      const fresh = await onlyNew(tx, warned)
      await store(tx, recordedNow(decision), fresh, run.params.year)
      return { examined: items.length, warned: fresh.length }
    },
  }
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

async function store(
  tx: Transaction,
  context: DecisionContext,
  warned: readonly Warned[],
  year: number,
): Promise<void> {
  if (warned.length === 0) return
  await recordOnce(tx, context.store, () => context.recordedAt, ...warned.map((entry) => eventOf(entry, context)))
  await tx.query(
    `insert into app.warnings (person_id, year, reference_year, short_cents, payable_until, warned_on, insurer, ziekenfonds)
     select p, $1, r, s, u, $2, i, z
     from unnest($3::uuid[], $4::int[], $5::bigint[], $6::date[], $7::text[], $8::text[]) as v(p, r, s, u, i, z)`,
    [
      year,
      context.today,
      warned.map(({ dossier }) => dossier.personId),
      warned.map(({ warning }) => warning.referenceYear),
      warned.map(({ warning }) => warning.shortCents),
      warned.map(({ warning }) => warning.payableUntil),
      warned.map(({ dossier }) => tenantOf(dossier, context.today)?.insurer),
      warned.map(({ dossier }) => tenantOf(dossier, context.today)?.ziekenfonds),
    ],
  )
}

function eventOf({ dossier, warning }: Warned, { today, metadata }: DecisionContext): OnlyEvent {
  const { personId } = dossier
  const { insurer, ziekenfonds } = tenantOf(dossier, today) as Membership
  const { year, referenceYear, shortCents, payableUntil } = warning
  const data = { personId, year, referenceYear, shortCents, payableUntil }
  return {
    streamId: `renewalWarning-${personId}-${year}`,
    event: { type: 'RenewalWarned', version: 1, data: { ...data, warnedOn: today, insurer, ziekenfonds } },
    metadata,
    outbox: (id, recordedAt) => [
      draft(renewalWarned, {
        ...{ key: personId, insurer, ziekenfonds, recordedAt, source: '/rights', id },
        ...{ actor: metadata.actor, correlationId: metadata.correlationId },
        data: { ...data, insurer: insurer as '100', ziekenfonds },
      }),
    ],
  }
}
