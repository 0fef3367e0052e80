import type { Fees, SyntheticPerson } from '@ziv/demo'
import {
  attestsOf,
  care,
  commandIdOf,
  dayOf,
  declarations,
  fileOf,
  invoicesOf,
  type Month,
  memberRows,
  monthsOf,
  OFFICES,
  paymentsOf,
  personsOf,
  type Story,
} from '@ziv/demo'
import { writeDmfa, writeEfact } from '@ziv/formats'
import { addDays, addMonths, type IsoDate, isoDate, previousQuarter, quarterOf, uuidV5 } from '@ziv/kernel'
import { loadLaw } from '@ziv/law'
import type { Sandbox } from '@ziv/sandbox'
import { type Api, apiOf, jsonLines, textOf } from './api.ts'

/** Sixteen months over the turn of two years: openings, a settlement, warnings, and a renewal that many fail. */
export const shortStory: Story = { persons: 60, seed: 7, from: isoDate('2023-11-02'), to: isoDate('2025-02-25') }
export const lastDay = isoDate('2025-02-28')
/** Months whose returns the ziekenfondsen send in. */
export const returnMonths = ['2023-12', '2024-06', '2024-12', '2025-01'] as const
export const settledYear = 2023

export const objectiveOf = (story: Story): number => story.persons * 4_000
/** What comes in every month: a little more than a twelfth of the objective. */
export const receiptsOf = (story: Story) =>
  [
    { source: 'rsz', amountCents: Math.ceil(objectiveOf(story) * 0.075) },
    { source: 'selfEmployedFunds', amountCents: Math.ceil(objectiveOf(story) * 0.015) },
  ] as const

/** One billing file that went in, with the prices it was made from. */
export interface BilledFile {
  readonly sentOn: IsoDate
  readonly invoices: ReturnType<typeof invoicesOf>
  readonly fees: Fees
  readonly state: string
  readonly paidCents: number
}

export interface Played {
  readonly files: readonly BilledFile[]
  readonly returns: readonly { readonly ziekenfonds: string; readonly month: string; readonly returnId: string }[]
}

interface Stage {
  readonly sandbox: Sandbox
  readonly story: Story
  readonly system: Api
  readonly files: BilledFile[]
  readonly returns: Played['returns'][number][]
}

/** Plays the story through the doors that everybody has to use: files and REST. `onMonth` runs when a month begins. */
export async function playStory(
  sandbox: Sandbox,
  story: Story,
  onMonth: (month: string) => void = () => undefined,
): Promise<Played> {
  const system = apiOf(sandbox, { roles: ['system'] })
  const stage: Stage = { sandbox, story, system, files: [], returns: [] }
  for (const month of monthsOf(story)) {
    onMonth(month.name)
    await startOfMonth(stage, month)
    await joinAndDeclare(stage, month)
    await liveThrough(stage, month)
    await bill(stage, month)
    await report(stage, month)
  }
  await moveTo(stage, lastDay)
  return stage
}

async function moveTo({ sandbox }: Stage, day: IsoDate): Promise<void> {
  await sandbox.clock.moveTo(day)
  await sandbox.idle()
}

async function run({ system }: Stage, kind: 'renewal' | 'warning', year: number): Promise<void> {
  const { runId } = await system.post<{ runId: string }>('/rights/v1/renewalRuns', { kind, year })
  await system.until<{ state: string }>(`/rights/v1/renewalRuns/${runId}`, ({ state }) => state === 'done')
}

/** Renewal on 1 January, warnings on 1 December; the money of the month on the fifth. */
async function startOfMonth(stage: Stage, month: Month): Promise<void> {
  const { story, sandbox } = stage
  const year = Number(month.name.slice(0, 4))
  if (month.name > story.from.slice(0, 7)) await moveTo(stage, month.first)
  if (month.name.endsWith('-01')) await run(stage, 'renewal', year)
  if (month.name.endsWith('-12')) await run(stage, 'warning', year + 1)
  await moveTo(stage, dayOf(month, 5))
  const treasury = apiOf(sandbox, { roles: ['rizivDistributor'] })
  if (month.name.endsWith('-01') || month.name === story.from.slice(0, 7)) {
    await treasury.post('/riziv/v1/budgets', { year, objectiveCents: objectiveOf(story) })
  }
  for (const receipt of receiptsOf(story)) {
    await treasury.post('/riziv/v1/receipts', { ...receipt, receivedOn: dayOf(month, 5), reference: month.name })
  }
  await treasury.post('/riziv/v1/distributions', { kind: 'advance', month: month.name })
}

/** Who joined until the 23rd; in the second month of a quarter everything about the quarter before. */
async function joinAndDeclare(stage: Stage, month: Month): Promise<void> {
  const { story, system, sandbox } = stage
  const to = dayOf(month, 23)
  await moveTo(stage, to)
  const from = month.name === story.from.slice(0, 7) ? story.from : addDays(addMonths(to, -1), 1)
  await sendLines(system, '/affiliation/v1/memberImports', await jsonLines(memberRows(story, { from, to })))
  const quarter = previousQuarter(quarterOf(month.first))
  if (Number(month.name.slice(5)) % 3 !== 2 || quarter < quarterOf(story.from)) return
  const rsz = apiOf(sandbox, { roles: ['rsz'] })
  const file = await textOf(writeDmfa(declarations(story, quarter, to)))
  // sent twice: the second time changes nothing
  for (const _ of [1, 2]) {
    const { href } = await rsz.post<{ href: string }>('/contributions/v1/slipIntakes', file, 'application/xml')
    await rsz.until<{ completedAt?: string }>(href, ({ completedAt }) => completedAt !== undefined)
  }
  await sendLines(rsz, '/contributions/v1/selfEmployedAttestBatches', await jsonLines(attestsOf(story, quarter)))
  const payments = await jsonLines(paymentsOf(story, quarter, to, loadLaw()))
  await sendLines(system, '/contributions/v1/paymentBatches', payments)
}

/** Sends a file of lines, waits for its end, and lets nothing of it be refused. */
async function sendLines(api: Api, path: string, lines: string): Promise<void> {
  if (lines === '') return
  const { href } = await api.post<{ href: string }>(path, lines, 'application/x-ndjson')
  const file = await api.until<{ state: string; refused: number }>(href, ({ state }) => state !== 'received')
  if (file.refused > 0) throw new Error(`${href} refused ${file.refused} lines`)
}

/** Deaths and ends until the 25th, told by a clerk of the ziekenfonds. */
async function liveThrough(stage: Stage, month: Month): Promise<void> {
  const to = dayOf(month, 25)
  await moveTo(stage, to)
  const from = addDays(addMonths(to, -1), 1)
  const within = (day: IsoDate | null): day is IsoDate => day !== null && day >= from && day <= to
  for (const person of personsOf(stage.story)) {
    const clerk = apiOf(stage.sandbox, { roles: ['clerk'], ...tenantOf(person) })
    const path = `/affiliation/v1/persons/${person.personId}`
    if (within(person.diesOn)) await clerk.post(`${path}/death`, { diedOn: person.diesOn })
    else if (within(person.capacityEndsOn)) {
      const capacityId = uuidV5(`${commandIdOf(person)}/capacity`)
      await clerk.post(`${path}/capacities/${capacityId}/end`, { to: person.capacityEndsOn })
    }
  }
}

const tenantOf = ({ insurer, ziekenfonds }: SyntheticPerson) => ({ insurer, ziekenfonds })

/** The care of the month before, one eFact file per office, priced as the software of a provider does. */
async function bill(stage: Stage, month: Month): Promise<void> {
  const { story, system, sandbox } = stage
  const first = addMonths(month.first, -1)
  await moveTo(stage, dayOf(month, 27))
  if (first < story.from.slice(0, 8)) return
  const provider = apiOf(sandbox, { roles: ['careProvider'], providerNumber: '10000007999' })
  const fees = new Map<string, { interventionCents: number; patientShareCents: number }>()
  for (const { item } of care) {
    const question = { nomenclature: item.code, careDate: first, convention: 'conventioned' }
    fees.set(item.code, await provider.post('/reimbursement/v1/tariffs/query', question))
  }
  for (const office of OFFICES) {
    const invoices = invoicesOf(story, first, office, fees)
    if (invoices.length === 0) continue
    const file = await textOf(writeEfact(fileOf(story, month, office, invoices)))
    const path = '/reimbursement/v1/invoiceFiles'
    const { href } = await system.post<{ href: string }>(path, file, 'application/octet-stream')
    const done = await system.until<{ completedAt?: string; state: string; paidCents: number }>(
      href,
      ({ completedAt }) => completedAt !== undefined,
    )
    stage.files.push({ sentOn: dayOf(month, 27), invoices, fees, state: done.state, paidCents: done.paidCents })
  }
}

/** Returns of the month before from every ziekenfonds with members; in June the year before is settled. */
async function report(stage: Stage, month: Month): Promise<void> {
  const { story, sandbox, system } = stage
  await moveTo(stage, dayOf(month, 28))
  const about = addMonths(month.first, -1).slice(0, 7)
  if ((returnMonths as readonly string[]).includes(about)) {
    const funds = new Map([...personsOf(story)].map((person) => [person.ziekenfonds, tenantOf(person)]))
    for (const tenant of funds.values()) {
      const body = { ziekenfonds: tenant.ziekenfonds, month: about }
      const clerk = apiOf(sandbox, { roles: ['clerk'], ...tenant })
      const { returnId } = await clerk.post<{ returnId: string }>('/landsbond/v1/returns', body)
      const approver = apiOf(sandbox, { roles: ['landsbondApprover'], insurer: tenant.insurer })
      await approver.post(`/landsbond/v1/returns/${returnId}/acceptance`)
      stage.returns.push({ ...body, returnId })
    }
  }
  if (month.name !== `${settledYear + 1}-06`) return
  const { href } = await system.post<{ href: string }>('/contributions/v1/settlementRuns', { year: settledYear })
  await system.until<{ state: string }>(href, ({ state }) => state === 'done')
  await sandbox.idle()
  const treasury = apiOf(sandbox, { roles: ['rizivDistributor'] })
  await treasury.post('/riziv/v1/distributions', { kind: 'settlement', year: settledYear })
}
