import { createReadStream } from 'node:fs'
import { open, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { pipeline } from 'node:stream/promises'
import { INSURERS } from '@ziv/contracts'
import { type ContributionsService, contributions } from '@ziv/contributions'
import type { SyntheticPerson } from '@ziv/demo'
import { type DmfaFormInput, writeDmfa } from '@ziv/formats'
import { addDays, cents, isoDate, type Quarter, quarterEnd, quarter as quarterFrom } from '@ziv/kernel'
import { createEmbeddedDriver, loadTopics, messagingLogMigrations, startRelay } from '@ziv/messaging'
import type { Database } from '@ziv/postgres'
import { privacyMigrations } from '@ziv/privacy'
import { from as copyFrom } from 'pg-copy-streams'
import { inTurn, spreadOf } from '../measure.ts'
import { deliver, membershipOf, peopleOf } from '../setup/people.ts'
import { untilRelayed } from '../setup/relaying.ts'
import { depsOf } from '../setup/service-deps.ts'
import { serviceMigrations, type World } from '../setup/world.ts'
import { copyToTwins, makeTwins, markOf, rowsSince } from '../setup/written-rows.ts'
import type { Row } from '../types.ts'

const written = ['es.streams', 'es.events', 'es.topic_keys', 'es.outbox', 'app.year_state']

/** Declarations of one quarter: one worker record per person, a dozen persons per employer. */
function* declarations(people: readonly SyntheticPerson[], quarter: Quarter): Generator<DmfaFormInput> {
  const employers = Map.groupBy(people, ({ employer }) => employer!.rszNumber)
  for (const [employerNumber, workers] of employers) {
    yield {
      quarter,
      createdOn: addDays(quarterEnd(quarter), 20),
      employerNumber,
      persons: workers.map(({ insz, quarterWageCents }) => ({
        insz,
        workerRecords: [
          {
            employerClass: '010',
            workerCode: '495',
            occupations: [
              {
                services: [{ code: '1', days: 6500, hours: 0 }],
                remunerations: [{ code: '1', cents: cents(quarterWageCents) }],
              },
            ],
          },
        ],
      })),
    }
  }
}

async function writeFile(path: string, people: readonly SyntheticPerson[], quarter: Quarter): Promise<void> {
  const file = await open(path, 'w')
  for await (const part of writeDmfa(declarations(people, quarter))) await file.write(part)
  await file.close()
}

/** The bytes of the file as they are, line by line in one column: what PostgreSQL takes at most. */
async function copyBytes(database: Database, path: string): Promise<void> {
  await database.transaction(async ({ client }) => {
    await client.query('truncate public.raw_lines')
    await pipeline(createReadStream(path), client.query(copyFrom('copy public.raw_lines (line) from stdin')))
  })
}

async function prepare(world: World, persons: number) {
  const own = await world.database([...serviceMigrations, privacyMigrations, contributions.migrations], 8)
  const log = await world.database([messagingLogMigrations], 8)
  const driver = createEmbeddedDriver({ database: log.database })
  await driver.ensureTopics(loadTopics(INSURERS))
  const { deps, vault } = depsOf(own.database, own.database, isoDate('2026-02-16'), driver)
  const service: ContributionsService = await contributions.create(deps)
  const people = peopleOf(persons * 2)
    .filter(({ employer }) => employer !== null)
    .slice(0, persons)
  const events = people.flatMap((person) =>
    membershipOf(person, vault.blindIndex('insz', person.insz), '2022-01-03T10:00:00.000Z'),
  )
  await deliver(vault, own.database, service.consumers[0]!, events)
  await own.database.query('create table public.raw_lines (line text not null)')
  await own.database.query('vacuum analyze')
  await makeTwins(own.database, written)
  await makeTwins(log.database, ['log.messages'])
  const close = async (): Promise<void> => {
    await service.stop()
    await driver.close()
    await own.drop()
    await log.drop()
  }
  return { own, log, driver, service, people, close }
}

export const slipIntake: Row = {
  async run(world, { short, rounds }) {
    const { own, log, driver, service, people, close } = await prepare(world, short ? 5_000 : 20_000)
    const relay = await startRelay({ service: 'contributions', database: own.database, driver })
    const toRows: number[] = []
    const rowBytes: number[] = []
    let bytesPerSlip = 0
    const comparison = await inTurn(rounds, async (round) => {
      const quarter = quarterFrom(`${2023 + Math.floor(round / 4)}Q${1 + (round % 4)}`)
      const path = join(world.folder, `slips-${quarter}.xml`)
      await writeFile(path, people, quarter)
      bytesPerSlip = (await stat(path)).size / people.length
      const [mark, logMark] = [await markOf(own.database), await markOf(log.database)]
      const limitFirst = round % 2 === 1
      const timeOf = async (work: () => Promise<unknown>): Promise<number> => {
        const start = performance.now()
        await work()
        return (people.length * 1_000) / (performance.now() - start)
      }
      const early = limitFirst ? await timeOf(() => copyBytes(own.database, path)) : 0
      const candidate = await timeOf(async () => {
        const result = await service.importSlipFile(createReadStream(path), { format: 'dmfa' })
        if (!result.ok || result.intake.recorded !== people.length) {
          throw new Error(`the file was not taken whole: ${JSON.stringify(result).slice(0, 500)}`)
        }
        await untilRelayed(own.database, relay)
      })
      const limit = limitFirst ? early : await timeOf(() => copyBytes(own.database, path))
      const rows = await rowsSince(own.database, mark, written)
      const messages = await rowsSince(log.database, logMark, ['log.messages'])
      const rowRate = await timeOf(async () => {
        await copyToTwins(own.database, rows)
        await copyToTwins(log.database, messages)
      })
      for (const [database, tables] of [
        [own.database, written],
        [log.database, ['log.messages']],
      ] as const)
        await makeTwins(database, tables)
      if (round > 0) {
        toRows.push(candidate / rowRate)
        rowBytes.push((rows.bytes + messages.bytes) / people.length)
      }
      await rm(path)
      return { candidate, limit }
    })
    await relay.stop()
    await close()
    const budget = 0.5
    return [
      {
        row: 'slip-intake',
        what: 'DmfA file read, checked, decided, stored and published',
        against: 'COPY of the same bytes, line by line into one column',
        unit: 'slips/s',
        budget,
        comparison,
        met: comparison.ratio.median >= budget,
        notes: [
          `${people.length} known persons, one slip each per file; published means in the embedded log, the relay running beside`,
        ],
        extra: {
          fileBytesPerSlip: Math.round(bytesPerSlip),
          ratioToCopyOfTheRowsWritten: spreadOf(toRows),
          writtenBytesPerSlip: Math.round(spreadOf(rowBytes).median),
          whyRows: `the intake leaves an event, a message in the outbox and in the log, two heads and a state per slip, with their keys and indexes: COPY of exactly those rows (${written.join(', ')}, log.messages) into equal tables is the least PostgreSQL needs to hold them`,
        },
      },
    ]
  },
}
