import type { Sandbox } from '@ziv/sandbox'
import type { Story } from './story.ts'

/** Figures a step reports, kept with it. */
export type StepResult = Readonly<Record<string, number | string>>

/** One step of a story. Doing it again after a kill changes nothing that the first time did. */
export interface Step {
  readonly id: string
  readonly title: string
  readonly run: (tell: (progress: string) => void) => Promise<StepResult>
}

/** Steps that are done, by id. */
export async function doneSteps(sandbox: Sandbox, plan: string): Promise<ReadonlyMap<string, StepResult>> {
  const { rows } = await sandbox.databases.sandbox.query<{ step: string; result: StepResult }>(
    'select step, result from app.steps where plan = $1',
    [plan],
  )
  return new Map(rows.map((row) => [row.step, row.result]))
}

/** Marks a step as done. */
export async function markDone(sandbox: Sandbox, plan: string, step: string, result: StepResult): Promise<void> {
  await sandbox.databases.sandbox.query(
    `insert into app.steps (plan, step, done_at, result) values ($1, $2, $3, $4) on conflict do nothing`,
    [plan, step, sandbox.clock.now(), JSON.stringify(result)],
  )
}

/** The name under which the steps of a story are kept. */
export const planOf = (story: Story): string => `${story.persons}/${story.seed}/${story.from}/${story.to}`

/** The story a data folder already holds, or null. */
export async function storyIn(sandbox: Sandbox): Promise<string | null> {
  const { rows } = await sandbox.databases.sandbox.query<{ plan: string }>('select plan from app.steps limit 1')
  return rows[0]?.plan ?? null
}
