import { GENESIS_HASH, type StreamAppend, WrongExpectedVersion } from '@ziv/event-store'
import { yearOf } from '@ziv/kernel'
import type { Database, Transaction } from '@ziv/postgres'
import type { RightDecision, RightPeriod } from '../domain/decision.ts'
import { decided, entitlementStream } from '../domain/entitlement.ts'
import type { Dossier } from '../domain/facts.ts'
import { periodsOf, timelineOf } from '../domain/timeline.ts'
import {
  copyDecisions,
  copyPeriods,
  inflate,
  loadDependants,
  loadDossiers,
  loadPeriods,
  lockPersons,
  type StoredDossier,
} from '../projections/persons.ts'
import { type DecisionContext, establish, publicMessage, toNewEvent } from './redecide.ts'
import { advanceRun, type Run } from './run-store.ts'

export const CHUNK = 1000

interface Candidate {
  person_id: string
  dossier: StoredDossier
}

/** Persons of a phase that the year has not reached yet, in key order after the cursor. */
async function candidates(tx: Transaction, run: Run): Promise<readonly Candidate[]> {
  const { rows } = await tx.query<Candidate>({
    name: 'rights_renewal_candidates',
    text: `select person_id, dossier from app.persons
           where person_id > $1 and dependant = $2 and decided_through < $3
           order by person_id limit $4 for no key update`,
    values: [run.cursor ?? '00000000-0000-0000-0000-000000000000', run.phase === 2, run.year, CHUNK],
  })
  return rows.filter((row) => 'personId' in row.dossier)
}

interface Renewal {
  readonly dossier: Dossier
  readonly decisions: readonly RightDecision[]
  readonly periods: readonly RightPeriod[]
}

/** What the year brings to one holder: only the decisions filed under it are new, earlier years stand. */
function renewalsOf(dossier: Dossier, context: DecisionContext, year: number): Renewal {
  const timeline = timelineOf(dossier, { rules: context.rules, decidedThrough: year, holders: new Map() })
  const decisions = timeline.decisions.filter((decision) => decision.year === year)
  return { dossier, decisions, periods: decisions.length === 0 ? [] : periodsOf(dossier, decisions) }
}

/** Fast way: every renewal opens the stream of its year, so nothing is read back and everything is written by COPY. */
async function renewHolders(tx: Transaction, context: DecisionContext, renewals: readonly Renewal[]): Promise<void> {
  const ids = renewals.map(({ dossier }) => dossier.personId)
  const before = await loadPeriods(tx, ids)
  const appends = renewals.map(({ dossier, decisions, periods }): StreamAppend => {
    const known = before.get(dossier.personId) ?? []
    const timeline = { decisions, periods: [...known, ...periods] }
    const message = publicMessage({ dossier, timeline, cause: 'renewal' }, known, context)
    return {
      streamId: entitlementStream(dossier.personId, yearOf(decisions[0]?.from ?? context.today)),
      expected: { version: 0, hash: GENESIS_HASH },
      events: decisions.map((decision, index) => toNewEvent(decided(dossier.personId, decision), index + 1)),
      recordedAt: context.recordedAt,
      metadata: context.metadata,
      ...(message === null ? {} : { outbox: [message] }),
    }
  })
  await context.store.appendMany(tx, appends)
  const flat = renewals.flatMap(({ dossier, decisions }) =>
    decisions.map((decision) => ({ personId: dossier.personId, decision })),
  )
  await copyDecisions(tx, flat)
  await copyPeriods(
    tx,
    renewals.flatMap(({ dossier, periods }) => periods.map((period) => ({ personId: dossier.personId, period }))),
  )
}

/** One chunk of a renewal run in one transaction. Returns the run as it stands after, or null when the phase is over. */
export async function renewChunk(db: Database, context: DecisionContext, run: Run): Promise<Run | null> {
  try {
    return await db.transaction((tx) => chunk(tx, context, run, run.phase === 1))
  } catch (error) {
    // somebody already has a stream for the year: take the general way, which reads what stands
    if (!(error instanceof WrongExpectedVersion)) throw error
    return await db.transaction((tx) => chunk(tx, context, run, false))
  }
}

async function chunk(tx: Transaction, context: DecisionContext, run: Run, fast: boolean): Promise<Run | null> {
  const rows = await candidates(tx, run)
  const last = rows.at(-1)
  if (last === undefined) return null
  const dossiers = rows.map((row) => inflate(row.dossier))
  let counted: readonly RightDecision[]
  if (fast) {
    const renewals = dossiers
      .map((dossier) => renewalsOf(dossier, context, run.year))
      .filter(({ decisions }) => decisions.length > 0)
    if (renewals.length > 0) await renewHolders(tx, context, renewals)
    counted = renewals.flatMap(({ decisions }) => decisions)
  } else {
    await establish(tx, context, new Map(dossiers.map((dossier) => [dossier.personId, dossier])), () => 'renewal')
    counted = await decisionsOfYear(
      tx,
      rows.map((row) => row.person_id),
      run.year,
    )
  }
  const granted = counted.filter(({ outcome }) => outcome === 'granted').length
  const step = {
    phase: run.phase,
    cursor: last.person_id,
    examined: rows.length,
    granted,
    refused: counted.length - granted,
    warned: 0,
  }
  await advanceRun(tx, run.runId, step)
  return {
    ...run,
    cursor: step.cursor,
    examined: run.examined + step.examined,
    granted: run.granted + granted,
    refused: run.refused + step.refused,
  }
}

async function decisionsOfYear(tx: Transaction, personIds: readonly string[], year: number): Promise<RightDecision[]> {
  const { rows } = await tx.query<RightDecision>(
    'select decision_id as "decisionId", outcome from app.decisions where person_id = any($1::uuid[]) and year = $2',
    [personIds, year],
  )
  return rows
}

/** Dependants of persons whose right changed outside a run are decided again with them. */
export async function lockWithDependants(
  tx: Transaction,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, Dossier>> {
  const dependants = await loadDependants(tx, personIds)
  await lockPersons(tx, [...personIds, ...dependants])
  return loadDossiers(tx, dependants)
}
