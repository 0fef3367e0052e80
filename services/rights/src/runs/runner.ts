import { rejectionToProblem } from '@ziv/http'
import { type IsoDate, yearOf } from '@ziv/kernel'
import { hasWarningDay, warningDay } from '@ziv/law'
import type { Run, Runs } from '@ziv/runs'
import type { Context } from '../context.ts'
import { rejections } from '../domain/rejections.ts'
import type { RunContext } from '../reactors/decision-context.ts'

export interface YearParams {
  readonly year: number
}

export type YearKind = 'renewal' | 'warning'

/** A run of a year as it stands. */
export interface YearRunView extends Pick<Run, 'runId' | 'state' | 'businessDate' | 'failed'> {
  readonly kind: YearKind
  readonly year: number
  readonly examined: number
  readonly granted: number
  readonly refused: number
  readonly warned: number
}

/** The renewal of 1 January and the warnings of 1 December. The same command on the same business date is the same run. */
export interface Runner {
  /** Starts the run of a year, or finds the one already started on this business date, and takes it to its end. */
  run(kind: YearKind, year: number, actor: string): Promise<YearRunView>
  /** Starts it in the background; the answer is its first state. */
  start(kind: YearKind, year: number, actor: string): Promise<YearRunView>
  find(runId: string): Promise<YearRunView | null>
}

/** A run decides as of its own business date, also when it is taken up again later. */
export const runContext = (deps: Context, run: Run): RunContext => ({
  store: deps.store,
  bases: deps.bases,
  rules: { law: deps.law },
  today: run.businessDate as IsoDate,
  clock: deps.clock,
  metadata: { actor: run.actor, correlationId: run.runId, law: deps.law.version },
})

const viewOf = (run: Run<YearParams>): YearRunView => {
  const { examined = 0, granted = 0, refused = 0, warned = 0 } = run.counts
  const { runId, state, businessDate, failed, params } = run
  return {
    ...{ runId, kind: run.kind as YearKind, year: params.year, state, businessDate, failed },
    ...{ examined, granted, refused, warned },
  }
}

const isOfYear = (run: Run<YearParams>): boolean => run.kind === 'renewal' || run.kind === 'warning'

/** Runs of a year on the engine of long work; refuses a renewal of a year that has not begun, and warnings before their day or of a year whose day is not known. */
export function createRunner(runs: Runs, { clock, law }: Pick<Context, 'clock' | 'law'>): Runner {
  const check = (kind: YearKind, year: number): void => {
    const today = clock.today()
    if (kind === 'renewal' && year > yearOf(today)) {
      throw rejectionToProblem(rejections, { code: 'yearNotBegun', params: { year } })
    }
    if (kind === 'renewal') return
    if (!hasWarningDay(year, law)) throw rejectionToProblem(rejections, { code: 'warningDayUnknown', params: { year } })
    const { day } = warningDay(year, law).result
    if (today < day) throw rejectionToProblem(rejections, { code: 'warningTooEarly', params: { year, day } })
  }
  const origin = (actor: string) => ({ actor, correlationId: crypto.randomUUID() })
  return {
    run: async (kind, year, actor) => {
      check(kind, year)
      return viewOf(await runs.run<YearParams>(kind, { year }, origin(actor)))
    },
    start: async (kind, year, actor) => {
      check(kind, year)
      return viewOf(await runs.start<YearParams>(kind, { year }, origin(actor)))
    },
    find: async (runId) => {
      const run = await runs.find<YearParams>(runId)
      return run === null || !isOfYear(run) ? null : viewOf(run)
    },
  }
}
