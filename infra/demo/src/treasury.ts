import { cents, type IsoDate, multiplyCents, uuidV5 } from '@ziv/kernel'
import type { Sandbox } from '@ziv/sandbox'
import type { StepResult } from './steps.ts'
import type { Story } from './story.ts'

/** A budget that fits the story: about what the care of that many persons costs in a year. */
const PER_PERSON_CENTS = 2_200

/** Sets the objective of a year. */
export async function setBudget(sandbox: Sandbox, story: Story, year: number): Promise<StepResult> {
  const objectiveCents = story.persons * PER_PERSON_CENTS
  await sandbox.modules.riziv.treasury.setBudget(year, objectiveCents, 'demo')
  return { year, objectiveCents }
}

/** What the RSZ and the self-employed funds pay in a month, then the advances of that month. */
export async function distributeMonth(sandbox: Sandbox, month: string, day: IsoDate): Promise<StepResult> {
  const { treasury } = sandbox.modules.riziv
  const { rows } = await sandbox.databases.riziv.query<{ objective: string }>(
    'select objective_cents::text as objective from app.budgets where year = $1',
    [Number(month.slice(0, 4))],
  )
  // a little more than a twelfth, so that the money is there when the advances go out
  const due = multiplyCents(cents(Number(rows[0]?.objective ?? 0)), 105, 1200, 'up')
  const rsz = multiplyCents(due, 85, 100, 'halfUp')
  const parts = [
    { source: 'rsz' as const, amountCents: rsz },
    { source: 'selfEmployedFunds' as const, amountCents: cents(due - rsz) },
  ]
  for (const { source, amountCents } of parts) {
    const receiptId = uuidV5(`receipt/${source}/demo-${month}`)
    await treasury.book({ receiptId, source, amountCents, receivedOn: day }, 'demo')
  }
  const advance = await treasury.advance(month, 'demo')
  return { receivedCents: due, advancedCents: advance.totalCents }
}

/** Settles a year on the returns that were accepted for it. */
export async function settleYear(sandbox: Sandbox, year: number): Promise<StepResult> {
  await sandbox.idle()
  const settled = await sandbox.modules.riziv.treasury.settle(year, 'demo')
  return { year, dueCents: settled.totalCents }
}
