import { join } from 'node:path'
import { writeDmfa } from '@ziv/formats'
import { addDays, addMonths, type IsoDate, previousQuarter, type Quarter, quarterOf, yearOf } from '@ziv/kernel'
import { loadLaw } from '@ziv/law'
import type { Sandbox } from '@ziv/sandbox'
import { billCare } from './care.ts'
import { jsonLines, readBytes, writeWhole } from './files.ts'
import { liveThrough } from './life.ts'
import { memberRows } from './member-rows.ts'
import { attestsOf, paymentsOf } from './other-contributions.ts'
import { declarations } from './slip-files.ts'
import type { Step } from './steps.ts'
import { dayOf, type Month, monthsOf, type Story } from './story.ts'
import { distributeMonth, setBudget, settleYear } from './treasury.ts'

/** The whole story as steps, month by month, in the order in which an insurer lives through a year. */
export function* planSteps(sandbox: Sandbox, story: Story, folder: string): Generator<Step> {
  for (const month of monthsOf(story)) {
    if (month.name.endsWith('-01')) yield* newYear(sandbox, story, month)
    if (month.name.endsWith('-12')) yield warningStep(sandbox, month)
    yield advanceStep(sandbox, month)
    yield joinStep(sandbox, story, month)
    if (isQuarterMonth(month)) yield* quarterSteps(sandbox, story, month, folder)
    yield lifeStep(sandbox, story, month)
    yield careStep(sandbox, story, month, folder)
    yield returnStep(sandbox, story, month)
    if (month.name.endsWith('-06')) yield* settlementSteps(sandbox, story, month)
  }
  yield { id: 'end', title: 'to the last day', run: () => moveAndWait(sandbox, story.to) }
}

/** For a step that counts or decides on what other services told. The others work on what their own service holds. */
async function moveAndWait(sandbox: Sandbox, day: IsoDate): Promise<Record<string, never>> {
  await sandbox.clock.moveTo(day)
  await sandbox.idle()
  return {}
}

function* newYear(sandbox: Sandbox, story: Story, month: Month): Generator<Step> {
  const year = yearOf(month.first)
  yield {
    id: `${month.name}/renewal`,
    title: `renewal of ${year}`,
    run: async () => {
      await moveAndWait(sandbox, year === yearOf(story.from) ? story.from : month.first)
      const { examined, granted, refused } = await sandbox.modules.rights.runner.run('renewal', year, 'demo')
      return { examined, granted, refused }
    },
  }
  yield { id: `${month.name}/budget`, title: `budget of ${year}`, run: () => setBudget(sandbox, story, year) }
}

const advanceStep = (sandbox: Sandbox, month: Month): Step => ({
  id: `${month.name}/advance`,
  title: `receipts and advances of ${month.name}`,
  run: async () => {
    await sandbox.clock.moveTo(dayOf(month, 5))
    return distributeMonth(sandbox, month.name, dayOf(month, 5))
  },
})

/** Who joins between the 24th of the month before and the 23rd of this one. */
const joinStep = (sandbox: Sandbox, story: Story, month: Month): Step => ({
  id: `${month.name}/members`,
  title: `affiliations of ${month.name}`,
  run: async (tell) => {
    const to = dayOf(month, 23)
    await sandbox.clock.moveTo(to)
    const from = month.first < story.from ? story.from : addDays(addMonths(to, -1), 1)
    const rows = await Array.fromAsync(memberRows(story, { from, to }))
    if (rows.length === 0) return { imported: 0, repeated: 0 }
    const result = await sandbox.modules.affiliation.importMembers(jsonLines(rows), {
      actor: 'demo',
      onProgress: (handled) => tell(`${handled} persons`),
    })
    const { imported = 0, repeated = 0 } = takenWhole('members', result)
    return { imported, repeated }
  },
})

/** The counts of a file of ours, of which nothing may be refused. */
function takenWhole(what: string, result: Awaited<ReturnType<Sandbox['modules']['contributions']['importLines']>>) {
  if (!result.ok) throw new Error(`our own file of ${what} was refused: ${JSON.stringify(result.issues.slice(0, 3))}`)
  const { fileId, counts } = result.file
  if (counts.refused) throw new Error(`${counts.refused} lines of our own file of ${what} were refused: see ${fileId}`)
  return counts
}

const isQuarterMonth = (month: Month): boolean => ['02', '05', '08', '11'].includes(month.name.slice(5))

/** Contributions of the quarter before: the RSZ file, the attests of the funds, the payments of students and residents. */
function* quarterSteps(sandbox: Sandbox, story: Story, month: Month, folder: string): Generator<Step> {
  const quarter: Quarter = previousQuarter(quarterOf(month.first))
  const { contributions } = sandbox.modules
  if (quarter < quarterOf(story.from)) return
  yield {
    id: `${month.name}/dmfa`,
    title: `RSZ slips of ${quarter}`,
    run: async (tell) => {
      const name = join('dmfa', `DmfA_${quarter}.xml`)
      const file = await writeWhole(folder, name, writeDmfa(declarations(story, quarter, dayOf(month, 20))))
      const result = await contributions.importSlipFile(readBytes(file.path), {
        format: 'dmfa',
        fileName: `DmfA_${quarter}.xml`,
        onProgress: ({ done, total }) => tell(`${done} of ${total} slips`),
      })
      if (!result.ok) throw new Error(`our own RSZ file was refused: ${JSON.stringify(result.issues.slice(0, 3))}`)
      const { received, recorded, waiting, refused } = result.intake
      return { bytes: file.bytes, received, recorded, waiting, refused }
    },
  }
  yield {
    id: `${month.name}/attests`,
    title: `attests and personal contributions of ${quarter}`,
    run: async () => {
      const sent = {
        selfEmployedAttestBatch: attestsOf(story, quarter),
        paymentBatch: paymentsOf(story, quarter, dayOf(month, 20), loadLaw()),
      }
      const recorded: number[] = []
      for (const [kind, items] of Object.entries(sent)) {
        const lines = [...items]
        const result = lines.length === 0 ? null : await contributions.importLines(kind, jsonLines(lines))
        recorded.push(result === null ? 0 : (takenWhole(kind, result).recorded ?? 0))
      }
      return { attests: recorded[0]!, payments: recorded[1]! }
    },
  }
}

const lifeStep = (sandbox: Sandbox, story: Story, month: Month): Step => ({
  id: `${month.name}/life`,
  title: `deaths and ended capacities of ${month.name}`,
  run: async () => {
    const to = dayOf(month, 25)
    await sandbox.clock.moveTo(to)
    const from = addDays(addMonths(to, -1), 1)
    const lived = await liveThrough(sandbox, story, { from, to })
    // care is controlled with what rights decided on the facts of the month
    await sandbox.idle()
    return { ...lived }
  },
})

const careStep = (sandbox: Sandbox, story: Story, month: Month, folder: string): Step => ({
  id: `${month.name}/care`,
  title: `care billed in ${month.name}`,
  run: async (tell) => {
    await sandbox.clock.moveTo(dayOf(month, 27))
    return billCare(sandbox, story, month, folder, tell)
  },
})

const warningStep = (sandbox: Sandbox, month: Month): Step => ({
  id: `${month.name}/warnings`,
  title: `warnings for ${yearOf(month.first) + 1}`,
  run: async () => {
    await moveAndWait(sandbox, month.first)
    const run = await sandbox.modules.rights.runner.run('warning', yearOf(month.first) + 1, 'demo')
    return { examined: run.examined, warned: run.warned }
  },
})

/** The returns of the month before, when there is one, submitted by the ziekenfondsen and accepted by the landsbonden. */
const returnStep = (sandbox: Sandbox, story: Story, month: Month): Step => ({
  id: `${month.name}/returns`,
  title: `returns of the month before ${month.name}`,
  run: async () => {
    await moveAndWait(sandbox, dayOf(month, 28))
    const before = addMonths(month.first, -1).slice(0, 7)
    if (before < story.from.slice(0, 7)) return { submitted: 0 }
    const submitted = await sandbox.modules.landsbond.submitMonth(before)
    const accepted = await sandbox.modules.landsbond.acceptMonth(before)
    const refused = [...submitted.refused, ...accepted.refused]
    if (refused.length > 0) throw new Error(`returns of ${before} were refused: ${JSON.stringify(refused.slice(0, 3))}`)
    return { submitted: submitted.done + submitted.unchanged, accepted: accepted.done + accepted.unchanged }
  },
})

/** In June the year before is settled: the reference year of the contributions, and the money of the insurers. */
function* settlementSteps(sandbox: Sandbox, story: Story, month: Month): Generator<Step> {
  const year = yearOf(month.first) - 1
  if (year < yearOf(story.from)) return
  yield {
    id: `${month.name}/settleContributions`,
    title: `contributions of ${year} settled`,
    run: async () => {
      const run = await sandbox.modules.contributions.settleYear(year)
      return { year, run: run.runId }
    },
  }
  yield { id: `${month.name}/settle`, title: `money of ${year} settled`, run: () => settleYear(sandbox, year) }
}
