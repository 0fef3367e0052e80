import { createReadStream } from 'node:fs'
import { open, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { readEfact } from '@ziv/formats'
import { isoDate } from '@ziv/kernel'
import { copyIn } from '@ziv/postgres'
import { privacyMigrations } from '@ziv/privacy'
import { reimbursement } from '@ziv/reimbursement'
import { inTurn, spreadOf } from '../measure.ts'
import { linesOf, writeBillingFile } from '../setup/billing.ts'
import { deliver, inOrder, membershipOf, membersOf } from '../setup/people.ts'
import { depsOf } from '../setup/service-deps.ts'
import { serviceMigrations, type World } from '../setup/world.ts'
import { copyToTwins, makeTwins, markOf, rowsSince } from '../setup/written-rows.ts'
import type { Row } from '../types.ts'

const linesTable = 'app.settled_lines'
const written = [
  'es.streams',
  'es.events',
  'es.topic_keys',
  'es.outbox',
  'app.staged_invoices',
  'app.claims',
  linesTable,
]

async function prepare(world: World, persons: number) {
  const own = await world.database([...serviceMigrations, privacyMigrations, reimbursement.migrations], 8)
  const { deps, vault } = depsOf(own.database, own.database, isoDate('2024-12-16'))
  const service = await reimbursement.create(deps)
  await service.resume?.()
  const people = membersOf('306', persons)
  const recordedAt = '2022-01-03T10:00:00.000Z'
  const memberships = people.flatMap((person) =>
    membershipOf(person, vault.blindIndex('insz', person.insz), recordedAt),
  )
  const rights = people.map((person) => inOrder(person, recordedAt))
  await deliver(vault, own.database, service.consumers[0]!, memberships)
  await deliver(vault, own.database, service.consumers[1]!, rights)
  await own.database.query('vacuum analyze')
  await makeTwins(own.database, written)
  return { own, service, people, idOf: new Map(people.map(({ insz, personId }) => [insz, personId])) }
}

type Prepared = Awaited<ReturnType<typeof prepare>>

/** The same file by the same reader, its lines straight into an equal table: no control, no price, no event. */
async function parseAndCopy({ own, idOf }: Prepared, path: string): Promise<number> {
  async function* rows(): AsyncGenerator<string> {
    for await (const item of readEfact(createReadStream(path))) {
      if (item.kind === 'invoice') yield* linesOf(item.invoice, idOf)
    }
  }
  return await own.database.transaction((tx) => copyIn(tx, 'copy twin.app_settled_lines from stdin', rows()))
}

async function importWhole({ service }: Prepared, path: string, lines: number): Promise<void> {
  const result = await service.importInvoiceFile(createReadStream(path))
  if (!result.ok || result.file.acceptedLines !== lines || result.file.paidCents !== result.file.askedCents) {
    throw new Error(`the file was not paid whole: ${JSON.stringify(result).slice(0, 500)}`)
  }
}

export const billingFile: Row = {
  async run(world, { short, rounds }) {
    const prepared = await prepare(world, short ? 2_500 : 10_000)
    const { own, service, people } = prepared
    const toRows: number[] = []
    const rowBytes: number[] = []
    let bytesPerLine = 0
    let linesPerInvoice = 0
    const comparison = await inTurn(rounds, async (round) => {
      const path = join(world.folder, `billing-${round}.txt`)
      const file = await open(path, 'w')
      const lines = await writeBillingFile(own.database, people, round, (part) => file.write(part))
      await file.close()
      bytesPerLine = (await stat(path)).size / lines
      linesPerInvoice = lines / people.length
      const timeOf = async (work: () => Promise<unknown>): Promise<number> => {
        const start = performance.now()
        await work()
        return (lines * 1_000) / (performance.now() - start)
      }
      const copyLines = async (): Promise<void> => {
        const copied = await parseAndCopy(prepared, path)
        if (copied !== lines) throw new Error(`${copied} lines were copied, ${lines} were written`)
      }
      const mark = await markOf(own.database)
      const limitFirst = round % 2 === 1
      const early = limitFirst ? await timeOf(copyLines) : 0
      const candidate = await timeOf(() => importWhole(prepared, path, lines))
      const limit = limitFirst ? early : await timeOf(copyLines)
      const rows = await rowsSince(own.database, mark, written)
      await makeTwins(own.database, written)
      const rowRate = await timeOf(() => copyToTwins(own.database, rows))
      await makeTwins(own.database, written)
      if (round > 0) {
        toRows.push(candidate / rowRate)
        rowBytes.push(rows.bytes / lines)
      }
      await rm(path)
      return { candidate, limit }
    })
    await service.stop()
    await own.drop()
    const budget = 0.4
    return [
      {
        row: 'billing-file',
        what: 'billing file (eFact) read, controlled, priced, stored and settled',
        against: 'the same reader, and COPY of the same lines into an equal table',
        unit: 'lines/s',
        budget,
        comparison,
        met: comparison.ratio.median >= budget,
        notes: [
          `${people.length} members in order of one ziekenfonds, an invoice each per file with ${linesPerInvoice.toFixed(1)} lines; settled means paid in the events, the answer ready and the messages in the outbox`,
        ],
        extra: {
          fileBytesPerLine: Math.round(bytesPerLine),
          ratioToCopyOfTheRowsWritten: spreadOf(toRows),
          writtenBytesPerLine: Math.round(spreadOf(rowBytes).median),
          whyRows: `the intake leaves the records as sent, an event, a message and a claim per invoice and a paid service per line, with their keys and indexes: COPY of exactly those rows (${written.join(', ')}) into equal tables is the least PostgreSQL needs to hold them`,
        },
      },
    ]
  },
}
