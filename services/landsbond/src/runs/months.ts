import { renderRejection } from '@ziv/kernel'
import type { Queryable, Transaction } from '@ziv/postgres'
import type { Counts, Read, Run, RunKind, RunRange, Runs } from '@ziv/runs'
import { handleReturns, type ReturnOutcome, type ReturnWork } from '../commands/handle-returns.ts'
import { reportersOn } from '../commands/reporters.ts'
import { submissionsOf } from '../commands/submissions.ts'
import type { Context } from '../context.ts'
import { daysOfMonth, returnStreamId } from '../domain/month.ts'
import { rejections } from '../domain/return.rejections.ts'
import { roomToFold } from '../projections/figures.ts'
import { newestReturns, type StoredReturn } from '../projections/returns.ts'

/** Names of the two steps of a month: of their runs and of their tasks too. */
const SUBMISSION = 'monthSubmission'
const ACCEPTANCE = 'monthAcceptance'
type MonthStep = typeof SUBMISSION | typeof ACCEPTANCE

export interface MonthParams {
  /** `2024-03`. */
  readonly month: string
}

/** What a step did: changed in this run, had been done before, or was refused. */
export interface MonthResult {
  readonly month: string
  readonly done: number
  readonly unchanged: number
  readonly refused: readonly { readonly ziekenfonds: string; readonly code: string; readonly detail: string }[]
}

/** A ziekenfonds of the month, with its newest return. */
interface Reporter {
  readonly insurer: string
  readonly ziekenfonds: string
  readonly newest: StoredReturn | undefined
}

const keyOf = ({ insurer, ziekenfonds }: Pick<Reporter, 'insurer' | 'ziekenfonds'>): string =>
  `${insurer}/${ziekenfonds}`

/** Why a ziekenfonds has no return: the engine tries it alone, leaves it out and writes this down. */
class NotReported extends Error {
  constructor({ rejection }: ReturnOutcome & { readonly ok: false }) {
    super(renderRejection(rejections, rejection, 'en'))
    this.name = rejection.code
  }
}

/** The next ziekenfondsen in the order of their keys; of one insurer when they are folded, which is one transaction each. */
function nextOf(
  reporters: readonly Reporter[],
  { after, through, limit }: RunRange,
  ofOneInsurer: boolean,
): Read<Reporter> | null {
  const left = reporters
    .filter((one) => (after === null || keyOf(one) > after) && (through === null || keyOf(one) <= through))
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  const items = left.filter(({ insurer }) => !ofOneInsurer || insurer === left[0]?.insurer).slice(0, limit)
  const last = items.at(-1)
  return last === undefined ? null : { items, last: keyOf(last) }
}

/** Counts what was changed and what had been; throws when a ziekenfonds was refused. */
function countsOf(items: readonly Reporter[], outcomes: readonly ReturnOutcome[]): Counts {
  for (const outcome of outcomes) if (!outcome.ok) throw new NotReported(outcome)
  const done = outcomes.filter((outcome) => outcome.ok && !outcome.repeated && outcome.events.length > 0).length
  return { done, unchanged: items.length - done }
}

interface Step {
  readonly kind: MonthStep
  /** Whether figures are folded: for the ziekenfondsen of one insurer at a time. */
  readonly folds: boolean
  readonly reporters: (q: Queryable, month: string) => Promise<readonly Reporter[]>
  /** What is to be done for these; nobody of them may be left out who has to. */
  readonly workOf: (
    tx: Transaction,
    items: readonly Reporter[],
    run: Run<MonthParams>,
  ) => Promise<readonly ReturnWork[]>
}

/** A step of a month as a run, chunk by chunk. */
const stepKind = (context: Context, { kind, folds, reporters, workOf }: Step): RunKind<MonthParams, Reporter> => ({
  kind,
  keyOf: ({ month }) => month,
  // no insurer has 32 ziekenfondsen; when one is refused, halves lead to it in a few steps
  chunkSize: folds ? 32 : 16,
  plan: async (q, { params }) => ({ bounds: [], total: (await reporters(q, params.month)).length }),
  itemKey: keyOf,
  read: async (tx, range, { params }) => nextOf(await reporters(tx, params.month), range, folds),
  store: async (tx, { items }, run, _mode, turn) => {
    // also whoever has nothing to fold waits for the fold before
    if (folds) await roomToFold(tx)
    const { actor, correlationId, params } = run
    const streamIds = items.map(({ ziekenfonds }) => returnStreamId(ziekenfonds, params.month))
    const inTurn = async (): Promise<readonly ReturnWork[]> => {
      const work = await workOf(tx, items, run)
      // folding is work of the database and goes on side by side; streams are locked one chunk after the other
      await turn()
      return work
    }
    return countsOf(items, await handleReturns(tx, context, { streamIds, workOf: inTurn }, { actor, correlationId }))
  },
})

/**
 * Submits for everybody who has to report and has no return submitted or accepted: those that exist on the last day of the month or
 * have members.
 */
const submissionKind = (context: Context): RunKind<MonthParams, Reporter> =>
  stepKind(context, {
    kind: SUBMISSION,
    folds: true,
    reporters: async (q, month) => {
      const standing = new Map((await newestReturns(q, month)).map((found) => [found.ziekenfonds, found]))
      const funds = await reportersOn(q, context.insurers, daysOfMonth(month).last)
      return [...funds].flatMap(([insurer, codes]) =>
        codes.map((ziekenfonds) => ({ insurer, ziekenfonds, newest: standing.get(ziekenfonds) })),
      )
    },
    workOf: async (tx, items, { params: { month }, businessDate: today }) => {
      const open = items.filter(({ newest }) => newest === undefined || newest.state === 'refused')
      if (open.length === 0) return []
      const attempts = new Map(open.map(({ ziekenfonds, newest }) => [ziekenfonds, (newest?.attempt ?? 0) + 1]))
      return await submissionsOf(tx, context.law, {
        ...{ insurer: open[0]!.insurer, ziekenfondsen: [...attempts.keys()], month, today },
        commandIdOf: (ziekenfonds) => `month/${attempts.get(ziekenfonds)}`,
      })
    },
  })

/** Accepts every return of the month that waits for a landsbond of this cell. */
const acceptanceKind = (context: Context): RunKind<MonthParams, Reporter> =>
  stepKind(context, {
    kind: ACCEPTANCE,
    folds: false,
    reporters: async (q, month) =>
      (await newestReturns(q, month))
        .filter(({ insurer }) => context.insurers.includes(insurer))
        .map((newest) => ({ insurer: newest.insurer, ziekenfonds: newest.ziekenfonds, newest })),
    workOf: async (_tx, items, { params: { month }, businessDate: today }) =>
      items.flatMap(({ ziekenfonds, newest }) => {
        if (newest?.state !== 'submitted') return []
        const command = { kind: 'accept' as const, returnId: newest.returnId }
        const facts = { today, parked: 0 }
        return [
          { command, facts, streamId: returnStreamId(ziekenfonds, month), commandId: `accept/${newest.returnId}` },
        ]
      }),
  })

/** The two steps of a month, each a kind of run. */
export const monthKinds = (context: Context) => [submissionKind(context), acceptanceKind(context)]

/** Takes a step of a month to its end, or goes on where it stopped. Throws when the run failed as a whole. */
async function takeMonth(
  runs: Runs,
  kind: MonthStep,
  month: string,
  actor: string,
  onProgress?: (run: Run) => void,
): Promise<MonthResult> {
  const origin = { actor, correlationId: crypto.randomUUID() }
  const run = await runs.run<MonthParams>(kind, { month }, origin, onProgress)
  if (run.state !== 'done') throw new Error(`${kind} of ${month} (${run.runId}) is ${run.state}: ${run.problem ?? ''}`)
  const failures = await runs.failures(run.runId, '', run.failed)
  const refused = failures.map(({ key, code, detail }) => ({ ziekenfonds: key.split('/')[1]!, code, detail }))
  const { done = 0, unchanged = 0 } = run.counts
  return { month, done, unchanged, refused }
}

/** What the service offers of them in process. */
export interface Months {
  /**
   * Submits the return of a month for every ziekenfonds that has to report. Those that have one submitted or accepted are left alone, so
   * a repetition changes nothing.
   */
  submitMonth(month: string, actor?: string, onProgress?: (run: Run) => void): Promise<MonthResult>
  /** Accepts every return of the month that waits for its landsbond. */
  acceptMonth(month: string, actor?: string, onProgress?: (run: Run) => void): Promise<MonthResult>
}

export const createMonths = (runs: Runs): Months => ({
  submitMonth: (month, actor = 'landsbond', onProgress) => takeMonth(runs, SUBMISSION, month, actor, onProgress),
  acceptMonth: (month, actor = 'landsbond', onProgress) => takeMonth(runs, ACCEPTANCE, month, actor, onProgress),
})
