import type { Sandbox } from '@ziv/sandbox'
import { planSteps } from './plan.ts'
import { doneSteps, markDone, planOf, type StepResult, storyIn } from './steps.ts'
import type { Story } from './story.ts'

export interface DemoProgress {
  readonly step: string
  readonly title: string
  /** Steps done so far, and all of them. */
  readonly done: number
  readonly total: number
  readonly detail?: string
}

export interface DemoResult {
  readonly steps: number
  /** Steps that were done before this run, because an earlier one was ended in the middle. */
  readonly resumed: number
  readonly results: ReadonlyMap<string, StepResult>
}

/** Another story already lives in this data folder. */
class OtherStory extends Error {
  readonly code = 'DEMO_OTHER_STORY'
  constructor(found: string, wanted: string) {
    super(`this folder holds the story ${found}, not ${wanted}: take another --data folder, or --fresh to start anew`)
    this.name = 'OtherStory'
  }
}

/** Plays a story to its end, from where an earlier run of the same story stopped. */
export async function runDemo(
  sandbox: Sandbox,
  story: Story,
  folder: string,
  tell: (progress: DemoProgress) => void = () => undefined,
): Promise<DemoResult> {
  const plan = planOf(story)
  const found = await storyIn(sandbox)
  if (found !== null && found !== plan) throw new OtherStory(found, plan)
  const results = new Map(await doneSteps(sandbox, plan))
  const resumed = results.size
  // the steps are made one by one as the clock moves; their number does not depend on what happens in them
  const steps = [...planSteps(sandbox, story, folder)]
  for (const [index, step] of steps.entries()) {
    if (results.has(step.id)) continue
    const progress = { step: step.id, title: step.title, done: index, total: steps.length }
    tell(progress)
    const result = await step.run((detail) => tell({ ...progress, detail }))
    await markDone(sandbox, plan, step.id, result)
    results.set(step.id, result)
  }
  await sandbox.idle()
  return { steps: steps.length, resumed, results }
}
