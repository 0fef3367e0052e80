import type { RepairKind } from '@ziv/law'
import type { Sandbox } from '@ziv/sandbox'
import { verifySandbox } from '@ziv/sandbox'
import { Answers } from './answers.ts'
import { hasNoSay, judgeAnswers, judgeRecords, type Rows, rowsNow, type Sending } from './authority.ts'
import { type Voice, voiceFor } from './callers.ts'
import { type History, historyOf, type Sent } from './history.ts'
import * as members from './member-steps.ts'
import * as money from './money-steps.ts'
import { readAs } from './reads.ts'
import { doRepairs, repairOne, rightsAskForTheSame } from './repairs.ts'

const { register, affiliate, acquire, endCapacity, endAffiliation, correctCapacity, correctAffiliation } = members
const { correctEvidence, correctPerson, die, erase, addDependant, replaceNumber, importMembers, reachOver } = members

const STEPS: readonly { readonly item: members.Step; readonly weight: number }[] = [
  ...[register, acquire, endCapacity, correctCapacity, correctAffiliation].map((item) => ({ item, weight: 5 })),
  ...[affiliate, endAffiliation, addDependant, importMembers, reachOver].map((item) => ({ item, weight: 4 })),
  ...[correctEvidence, correctPerson, die].map((item) => ({ item, weight: 2 })),
  ...[replaceNumber, erase].map((item) => ({ item, weight: 1 })),
  ...[money.slip, money.slipFile, money.claim, money.attest, money.payment].map((item) => ({ item, weight: 5 })),
  ...[money.renew, money.settleContributions, money.billFile].map((item) => ({ item, weight: 3 })),
  ...[money.askIncome, money.closeIncome].map((item) => ({ item, weight: 3 })),
  ...[money.giveStatus, money.reportMonth, money.receive, money.budget, money.distribute].map((item) => ({
    ...{ item, weight: 2 },
  })),
  { item: money.live, weight: 14 },
]

/** How often several calls are sent at the same moment: what one service records while another is told of it. */
const AT_ONCE = 0.4

/** How often somebody is read by callers of every standing: as many calls as all the rest of a step. */
const READ_AS = 0.4

/** Steps between two repairs that are carried out while the history goes on. */
const REPAIR_EVERY = 5

export interface Played {
  readonly accepted: number
  readonly refused: number
  /** The repairs that were carried out, in their order. */
  readonly repairs: readonly RepairKind[]
}

/**
 * Plays a random history: steps of every kind in any order, of which many are refused. When the world has come to rest after a
 * step, everything that is always true has to be true. Throws with the steps that led there.
 */
export async function playHistory(sandbox: Sandbox, seed: number, steps: number): Promise<Played> {
  const history = historyOf(sandbox, seed)
  const answers = new Answers(history)
  const counts = { accepted: 0, refused: 0 }
  const repairs: RepairKind[] = []
  try {
    for (let step = 0; step < steps; step += 1) {
      const together = history.random.chance(AT_ONCE) ? 3 : 1
      const chosen = Array.from({ length: together }, () => (step < 3 ? register : history.random.weighted(STEPS)))
      const { sendings, before } = await doSteps(history, counts, chosen)
      await settle(history)
      throwWrong(await judgeRecords(history, sendings, before))
      if (history.random.chance(READ_AS)) throwWrong(await readAs(history))
      await answers.keepOne()
      await answers.askAgain(3)
      if (step % REPAIR_EVERY !== REPAIR_EVERY - 1) continue
      await rightsAskForTheSame(history)
      const repaired = await repairOne(history)
      if (repaired !== null) repairs.push(repaired)
    }
    await rightsAskForTheSame(history)
    repairs.push(...(await doRepairs(history)))
    await settle(history)
    await answers.askAgain()
    return { ...counts, repairs }
  } catch (error) {
    throw new Error(`history ${seed} fails after\n${history.told.join('\n')}`, { cause: error })
  }
}

/** Takes steps: several are about one person, and their calls are sent at once. Every call goes as somebody. */
async function doSteps(
  history: History,
  counts: { accepted: number; refused: number },
  steps: readonly members.Step[],
): Promise<{ readonly sendings: readonly Sending[]; readonly before: Rows | null }> {
  const calls: { sent: Sent; voice: Voice }[] = []
  history.about = steps.length > 1 && history.people.length > 0 ? history.random.pick(history.people) : null
  for (const step of steps) {
    const sent = await step(history)
    if (sent !== null) calls.push({ sent, voice: await voiceFor(history, sent) })
  }
  history.about = null
  const day = history.sandbox.clock.today()
  const before = calls.length === 1 && hasNoSay(calls[0]!.voice) ? await rowsNow(history) : null
  const sendings = await Promise.all(
    calls.map(async ({ sent, voice }) => ({ sent, voice, reply: await history.call(sent, voice.caller) })),
  )
  for (const [index, { sent, voice, reply }] of sendings.entries()) {
    const { status, json } = reply
    counts[status < 400 ? 'accepted' : 'refused'] += 1
    const text = Buffer.isBuffer(sent.body) ? 'a file' : JSON.stringify(sent.body)
    const beside = index === 0 ? day : 'at once'.padEnd(day.length)
    const who = `${voice.caller.subject} (${voice.standing})`
    history.told.push(`${beside} ${who} ${sent.url} ${text} -> ${status} ${status < 400 ? '' : json.detail}`)
  }
  throwWrong(await judgeAnswers(history, sendings))
  return { sendings, before }
}

function throwWrong(wrong: readonly string[]): void {
  if (wrong.length > 0) throw new Error(wrong.join('\n'))
}

/** Waits until nothing moves: tasks that a call began, and every message. Then proves what is always true. */
async function settle({ sandbox }: History): Promise<void> {
  await tasksDone(sandbox)
  await sandbox.idle()
  const wrong: string[] = []
  for await (const { check, ok, examined, detail } of verifySandbox(sandbox)) {
    // in the beginning there is nothing to look at yet
    if (!ok && examined > 0) wrong.push(`${check}: ${detail}`)
  }
  wrong.push(...(await moneyLost(sandbox)))
  if (wrong.length > 0) throw new Error(wrong.join('\n'))
}

const OPEN_FILES = `select (select count(*) from app_files.files where state <> 'done')
  + (select count(*) from app_runs.runs where state = 'processing') as n`

/** Files, imports and runs that are still at work. */
const OPEN_TASKS = {
  affiliation: OPEN_FILES,
  contributions: OPEN_FILES,
  rights: `select count(*) as n from app_runs.runs where state <> 'done'`,
  reimbursement: `select count(*) as n from app_files.files where state <> 'done'`,
} as const

async function tasksDone({ databases }: Sandbox): Promise<void> {
  for (const end = performance.now() + 30_000; performance.now() < end; ) {
    let open = 0
    for (const [name, sql] of Object.entries(OPEN_TASKS)) {
      const { rows } = await databases[name as keyof typeof OPEN_TASKS].query<{ n: string }>(sql)
      open += Number(rows[0]?.n)
    }
    if (open === 0) return
  }
  throw new Error('files or runs are not done in 30 s')
}

/** What claims paid is what the landsbonden count, to the cent. */
async function moneyLost({ databases }: Sandbox): Promise<string[]> {
  const sum = async (name: 'reimbursement' | 'landsbond', sql: string): Promise<string> =>
    (await databases[name].query<{ cents: string }>(sql)).rows[0]?.cents ?? ''
  const paid = await sum('reimbursement', 'select coalesce(sum(intervention_cents), 0)::text as cents from app.claims')
  const counted = await sum(
    'landsbond',
    'select coalesce(sum(intervention_cents), 0)::text as cents from app.month_amounts',
  )
  return paid === counted ? [] : [`claims paid ${paid} cents, the landsbonden count ${counted}`]
}
