import { GENESIS_HASH, type StreamAppend, WrongExpectedVersion } from '@ziv/event-store'
import type { IsoDate } from '@ziv/kernel'
import type { Database, Transaction } from '@ziv/postgres'
import { decided, entitlementStream } from '../domain/entitlement.ts'
import type { Dossier } from '../domain/facts.ts'
import { decisionsOfYear, ownSpells } from '../domain/own-right.ts'
import { periodsOf } from '../domain/periods.ts'
import { insurabilityMessage } from '../integration/insurability-message.ts'
import {
  copyDecisions,
  copyPeriods,
  countOutcomes,
  type Entitlement,
  loadPeriods,
} from '../projections/entitlements.ts'
import { inflate, type StoredDossier } from '../projections/persons.ts'
import { toNewEvent } from './appends.ts'
import type { DecisionContext } from './context.ts'
import { establish } from './establish.ts'
import { advanceRun, type Run, type RunStep } from './run-store.ts'

/** A stretch of persons in key order: after one, up to one or, when not known yet, as many as a chunk takes. */
export interface Stretch {
  readonly after: string | null
  /** Set once a first attempt has read the stretch, so that a second attempt takes the same persons and no others. */
  through: string | null
}

interface Candidate {
  person_id: string
  dossier: StoredDossier
  decided_through: number
}

const NOBODY = '00000000-0000-0000-0000-000000000000'
const EVERYBODY = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

/** Persons of a phase that the year has not reached yet. */
async function candidates(
  tx: Transaction,
  { run, stretch: { after, through }, personsPerChunk }: ChunkRequest,
): Promise<readonly Candidate[]> {
  const { rows } = await tx.query<Candidate>({
    name: 'rights_renewal_candidates',
    text: `select person_id, dossier, decided_through from app.persons
           where person_id > $1 and person_id <= $2 and dependant = $3 and decided_through < $4 and dossier ? 'personId'
           order by person_id limit $5 for no key update`,
    values: [after ?? NOBODY, through ?? EVERYBODY, run.phase === 2, run.year, personsPerChunk],
  })
  return rows
}

/** Somebody already has a stream for the year: the general way reads what stands. */
class YearHasDecisions extends Error {}

interface Renewal extends Entitlement {
  readonly dossier: Dossier
}

/** What the year brings to holders: only the decisions filed under it are new, earlier years stand. */
function renewalsOf(dossiers: readonly Dossier[], context: DecisionContext, year: number): Renewal[] {
  const renewals: Renewal[] = []
  for (const dossier of dossiers) {
    const decisions = decisionsOfYear(dossier, ownSpells(dossier), year, context.rules)
    if (decisions.length === 0) continue
    renewals.push({ personId: dossier.personId, dossier, decisions, periods: periodsOf(dossier, decisions) })
  }
  return renewals
}

/** Fast way: every renewal opens the stream of its year, so nothing is read back and everything is written by COPY. */
async function renewHolders(
  tx: Transaction,
  context: DecisionContext,
  renewals: readonly Renewal[],
  year: number,
): Promise<void> {
  if (renewals.length === 0) return
  const before = await loadPeriods(
    tx,
    renewals.map(({ personId }) => personId),
  )
  const appends = renewals.map(({ personId, dossier, decisions, periods }): StreamAppend => {
    const [first] = periods
    const known = before.get(personId) ?? []
    const changedFrom = first?.from as IsoDate
    const all = known.length === 0 ? periods : [...known, ...periods]
    const message =
      first === undefined
        ? null
        : insurabilityMessage({ dossier, periods: all, changedFrom, cause: 'renewal' }, context)
    return {
      streamId: entitlementStream(personId, year),
      expected: { version: 0, hash: GENESIS_HASH },
      events: decisions.map((decision, index) => toNewEvent(decided(personId, decision), index + 1)),
      recordedAt: context.recordedAt,
      metadata: context.metadata,
      ...(message === null ? {} : { outbox: [message] }),
    }
  })
  const appended = await context.store.appendMany(tx, appends)
  if (appended.some(({ repeated }) => repeated)) throw new YearHasDecisions()
  await copyDecisions(tx, renewals)
  await copyPeriods(tx, renewals)
}

/** General way: reads what stands, and appends only what differs. */
async function renewAnybody(
  tx: Transaction,
  context: DecisionContext,
  dossiers: readonly Dossier[],
  year: number,
): Promise<{ granted: number; refused: number }> {
  const byId = new Map(dossiers.map((dossier) => [dossier.personId, dossier]))
  await establish(tx, context, byId, () => 'renewal')
  return countOutcomes(tx, [...byId.keys()], year)
}

export interface ChunkRequest {
  readonly context: DecisionContext
  readonly run: Run
  readonly stretch: Stretch
  readonly personsPerChunk: number
  /** Everybody is decided through the year before: then the year alone can be decided. */
  readonly yearBeforeDone: boolean
  /** Told the last person of the chunk (null: nobody left) as soon as its rows are locked. */
  readonly onRead: (last: string | null) => void
  /** Resolves when the chunk before is stored: the cursor never passes work that is not. */
  readonly before: Promise<unknown>
}

/** One chunk of a renewal run in one transaction. Answers with what it did, or null when the phase is over. */
export async function renewChunk(db: Database, request: ChunkRequest): Promise<RunStep | null> {
  try {
    return await db.transaction((tx) => chunk(tx, request, request.run.phase === 1))
  } catch (error) {
    if (!(error instanceof WrongExpectedVersion || error instanceof YearHasDecisions)) throw error
    return await db.transaction((tx) => chunk(tx, request, false))
  }
}

async function chunk(tx: Transaction, request: ChunkRequest, mayBeFast: boolean): Promise<RunStep | null> {
  const { context, run, stretch } = request
  const rows = await candidates(tx, request)
  stretch.through ??= rows.at(-1)?.person_id ?? null
  request.onRead(stretch.through)
  if (stretch.through === null) return null
  const dossiers = rows.map((row) => inflate(row.dossier))
  const fast =
    mayBeFast && (request.yearBeforeDone || rows.every(({ decided_through: through }) => through >= run.year - 1))
  let outcomes: { granted: number; refused: number }
  if (fast) {
    const renewals = renewalsOf(dossiers, context, run.year)
    await renewHolders(tx, context, renewals, run.year)
    const decisions = renewals.flatMap((renewal) => renewal.decisions)
    const granted = decisions.filter(({ outcome }) => outcome === 'granted').length
    outcomes = { granted, refused: decisions.length - granted }
  } else outcomes = await renewAnybody(tx, context, dossiers, run.year)
  const step = { phase: run.phase, cursor: stretch.through, examined: rows.length, ...outcomes, warned: 0 }
  await request.before
  await advanceRun(tx, run.runId, step)
  return step
}
