import { WrongExpectedVersion } from '@ziv/event-store'
import type { Database, Queryable, Transaction } from '@ziv/postgres'
import type { Dossier } from '../domain/facts.ts'
import { countOutcomes } from '../projections/entitlements.ts'
import { DOSSIER_LIST, type DossierList, dossiersOf } from '../projections/persons.ts'
import { type DecisionContext, type RunContext, recordedNow } from './context.ts'
import { establish } from './establish.ts'
import { decideAlone, type Outcomes, storeRenewals, YearHasDecisions } from './renewal-alone.ts'
import { advanceRun, type Run, type RunStep } from './run-store.ts'

/** A stretch of persons in key order: after one, up to one or, when not known yet, as many as a chunk takes. */
export interface Stretch {
  readonly after: string | null
  /** Set once a first attempt has read the stretch, so that a second attempt takes the same persons and no others. */
  through: string | null
}

/** Persons of a stretch in key order, and the earliest of the years they were decided through. */
interface Candidates {
  readonly dossiers: readonly Dossier[]
  readonly decidedThrough: number
}

const NOBODY = '00000000-0000-0000-0000-000000000000'
const EVERYBODY = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

const CANDIDATES = `select person_id, dossier, decided_through from app.persons
  where person_id > $1 and person_id <= $2 and dependant = $3 and decided_through < $4 and dossier is not null
  order by person_id limit $5`

/** Persons of a phase that the year has not reached yet. */
async function candidates(
  q: Queryable,
  lock: 'locked' | 'free',
  run: Run,
  { after, through }: Stretch,
  most: number,
): Promise<Candidates> {
  const { rows } = await q.query<DossierList & { decided_through: number | null }>({
    name: `rights_renewal_candidates_${lock}`,
    text: `select ${DOSSIER_LIST}, min(decided_through) as decided_through
           from (${CANDIDATES}${lock === 'locked' ? ' for no key update' : ''}) candidates`,
    values: [after ?? NOBODY, through ?? EVERYBODY, run.phase === 2, run.year, most],
  })
  const list = rows[0] as DossierList & { decided_through: number | null }
  return { dossiers: dossiersOf(list), decidedThrough: list.decided_through ?? 0 }
}

/**
 * Decides a few persons of a phase without storing anything, to know what most decisions will share. Outside any
 * transaction, so that nobody waits for it.
 */
export async function recordBases(db: Database, run: Run, persons: number, runContext: RunContext): Promise<void> {
  const context = recordedNow(runContext)
  const { dossiers } = await candidates(db, 'free', run, { after: run.cursor, through: null }, persons)
  await decideAlone(db, context, dossiers, run.year)
  await context.bases.record(db, context)
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
  await establish(tx, context, byId, () => 'renewal', 'read')
  return countOutcomes(tx, [...byId.keys()], year)
}

export interface ChunkRequest {
  readonly context: RunContext
  readonly run: Run
  readonly stretch: Stretch
  readonly personsPerChunk: number
  /** Everybody is decided through the year before: then the year alone can be decided. */
  readonly yearBeforeDone: boolean
  /** Folds everything for everybody, also where the year could be decided alone. */
  readonly byFold: boolean
  /** Told the last person of the chunk (null: nobody left) as soon as its rows are locked. */
  readonly onRead: (last: string | null) => void
  /** Resolves when the chunk before is stored: the cursor never passes work that is not. */
  readonly before: Promise<unknown>
}

/** True when a chunk met somebody who has decisions of the year already: it has to be taken again, by fold. */
export const needsFold = (error: unknown): boolean =>
  error instanceof WrongExpectedVersion || error instanceof YearHasDecisions

/** One chunk of a renewal run in one transaction. Answers with what it did, or null when the phase is over. */
export function renewChunk(db: Database, request: ChunkRequest): Promise<RunStep | null> {
  return db.transaction((tx) => chunk(tx, request))
}

async function chunk(tx: Transaction, request: ChunkRequest): Promise<RunStep | null> {
  const { run, stretch } = request
  const { dossiers, decidedThrough } = await candidates(tx, 'locked', run, stretch, request.personsPerChunk)
  stretch.through ??= dossiers.at(-1)?.personId ?? null
  request.onRead(stretch.through)
  if (stretch.through === null) return null
  const context = recordedNow(request.context)
  const alone = !request.byFold && (request.yearBeforeDone || decidedThrough >= run.year - 1)
  const decided = alone ? await decideAlone(tx, context, dossiers, run.year) : { renewals: [], others: dossiers }
  const outcomes = await storeRenewals(tx, context, decided.renewals)
  const others = await renewByFold(tx, context, decided.others, run.year)
  const step = {
    ...{ phase: run.phase, cursor: stretch.through, examined: dossiers.length, warned: 0 },
    ...{ granted: outcomes.granted + others.granted, refused: outcomes.refused + others.refused },
  }
  await request.before
  await advanceRun(tx, run.runId, step)
  return step
}
