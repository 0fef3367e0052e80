import type { Queryable, Transaction } from '@ziv/postgres'
import { type ChunkMode, type Counts, keysOfParts, type Run, type RunKind, type RunRange } from '@ziv/runs'
import type { Context } from '../context.ts'
import type { Dossier } from '../domain/facts.ts'
import { countOutcomes } from '../projections/entitlements.ts'
import { DOSSIER_LIST, type DossierList, dossiersOf } from '../projections/persons.ts'
import { earlierDaysStored } from '../reactors/business-day.ts'
import { type DecisionContext, recordedNow } from '../reactors/decision-context.ts'
import { establish } from '../reactors/establish.ts'
import { batchOf, decideAlone, type Outcomes, storeRenewals } from './renewal-alone.ts'
import { runContext, type YearParams } from './runner.ts'
import { lastYearRenewed } from './years.ts'

type YearRun = Run<YearParams>

/** Persons of a range in key order, and the earliest of the years they were decided through. */
interface Candidates {
  readonly items: readonly Dossier[]
  readonly last: string
  readonly decidedThrough: number
}

const NOBODY = '00000000-0000-0000-0000-000000000000'
const EVERYBODY = 'ffffffff-ffff-ffff-ffff-ffffffffffff'
/** Among so many persons nearly every kind of decision is met. */
const PERSONS_TRIED = 200

/** Persons of a phase that the year has not reached yet. Phase 1: holders; 2: those whose right follows a holder. */
const CANDIDATES = `from app.persons where dependant = $1 and decided_through < $2 and dossier is not null`

async function candidates(
  q: Queryable,
  lock: 'locked' | 'free',
  { params, phase }: YearRun,
  { after, through, limit }: RunRange,
): Promise<Candidates | null> {
  const { rows } = await q.query<DossierList & { decided_through: number | null }>({
    name: `rights_renewal_candidates_${lock}`,
    text: `select ${DOSSIER_LIST}, min(decided_through) as decided_through
           from (select person_id, dossier, decided_through ${CANDIDATES} and person_id > $3 and person_id <= $4
                 order by person_id limit $5${lock === 'locked' ? ' for no key update' : ''}) candidates`,
    values: [phase === 2, params.year, after ?? NOBODY, through ?? EVERYBODY, limit],
  })
  const list = rows[0] as DossierList & { decided_through: number | null }
  const items = dossiersOf(list)
  const last = items.at(-1)?.personId
  return last === undefined ? null : { items, last, decidedThrough: list.decided_through ?? 0 }
}

/**
 * The renewal of 1 January: the year decided for everybody whom it has not reached, holders first. Whose year stands alone
 * gets its decisions added by COPY; in its careful way a chunk folds everything for everybody.
 */
export function renewalKind(context: Context): RunKind<YearParams, Dossier, Candidates> {
  const { database } = context
  const { personsPerChunk } = context.config
  // everybody is decided through the year before: then the year alone can be decided
  const yearBeforeDone = new Map<string, boolean>()
  return {
    kind: 'renewal',
    resultOf: (runId) => `/rights/v1/renewalRuns/${runId}`,
    keyOf: ({ year }, businessDate) => `${year}/${businessDate}`,
    once: true,
    phases: 2,
    chunkSize: personsPerChunk,
    plan: (q, { params }, phase) =>
      keysOfParts(q, `select person_id::text as key ${CANDIDATES}`, [phase === 2, params.year], personsPerChunk),
    itemKey: ({ personId }) => personId,
    prepare: async (run) => {
      await earlierDaysStored(database)
      yearBeforeDone.set(run.runId, ((await lastYearRenewed(database)) ?? 0) >= run.params.year - 1)
      await recordBases(context, run)
    },
    read: (tx, range, run) => candidates(tx, 'locked', run, range),
    store: (tx, read, run, mode) => renewChunk(tx, context, run, read, mode, yearBeforeDone.get(run.runId) ?? false),
    afterCommit: (run) => context.bases.record(database, recordedNow(runContext(context, run))),
  }
}

/**
 * Decides a few persons of a phase without storing anything, to know what most decisions will share. Outside any
 * transaction, so that nobody waits for it.
 */
async function recordBases(deps: Context, run: YearRun): Promise<void> {
  const context = recordedNow(runContext(deps, run))
  const range = { after: null, through: null, limit: PERSONS_TRIED }
  const found = await candidates(deps.database, 'free', run, range)
  const { renewals } = await decideAlone(deps.database, context, found?.items ?? [], run.params.year)
  await batchOf(context, renewals).prepare()
  await context.bases.record(deps.database, context)
}

async function renewChunk(
  tx: Transaction,
  deps: Context,
  run: YearRun,
  { items, decidedThrough }: Candidates,
  mode: ChunkMode,
  yearBeforeDone: boolean,
): Promise<Counts> {
  const { year } = run.params
  // asked once the persons are locked: what was recorded about them before is then stored and earlier
  const context = recordedNow(runContext(deps, run))
  const alone = mode === 'together' && (yearBeforeDone || decidedThrough >= year - 1)
  const decided = alone ? await decideAlone(tx, context, items, year) : { renewals: [], others: items }
  const outcomes = await storeRenewals(tx, context, decided.renewals)
  const others = await renewByFold(tx, context, decided.others, year)
  return {
    examined: items.length,
    granted: outcomes.granted + others.granted,
    refused: outcomes.refused + others.refused,
  }
}

/**
 * General way: folds everything, reads what stands and appends only what differs. Holders are read, not locked: who changes
 * one waits for the dependants in this chunk.
 */
async function renewByFold(
  tx: Transaction,
  context: DecisionContext,
  dossiers: readonly Dossier[],
  year: number,
): Promise<Outcomes> {
  if (dossiers.length === 0) return { granted: 0, refused: 0 }
  const byId = new Map(dossiers.map((dossier) => [dossier.personId, dossier]))
  await establish(tx, context, byId, () => ({ cause: 'renewal', because: [] }), 'read')
  return countOutcomes(tx, [...byId.keys()], year)
}
