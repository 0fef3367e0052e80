import { performance } from 'node:perf_hooks'
import { isoDate } from '@ziv/kernel'
import { privacyMigrations } from '@ziv/privacy'
import { rights } from '@ziv/rights'
import { inTurn, spreadOf } from '../measure.ts'
import { type Cpu, cpuNow } from '../setup/cpu.ts'
import { frozenRights } from '../setup/rights-world.ts'
import { depsOf } from '../setup/service-deps.ts'
import { copyToTwins, makeTwins, markOf, rowsSince } from '../setup/written-rows.ts'
import type { Row } from '../types.ts'

const written = ['es.streams', 'es.events', 'es.topic_keys', 'es.outbox', 'app.decisions', 'app.periods']
const leastPerSecond = 40_000

export const renewal: Row = {
  async run(world, { short, rounds }) {
    const { frozen, people } = await frozenRights(world, short ? 5_000 : 20_000)
    const keys = await world.database([privacyMigrations], 2)
    let perPerson = 0
    const spent: Cpu[] = []
    const comparison = await inTurn(rounds, async () => {
      const own = await frozen.copy()
      const { deps } = depsOf(own.database, keys.database, isoDate('2025-01-01'))
      const module = await rights.create(deps)
      const mark = await markOf(own.database)
      const before = await cpuNow(own.database)
      const start = performance.now()
      const run = await module.runner.run('renewal', 2025, 'bench')
      const candidate = (Number(run.examined) * 1_000) / (performance.now() - start)
      spent.push(difference(before, await cpuNow(own.database), people.length))
      if (run.state !== 'done' || Number(run.examined) !== people.length) {
        throw new Error(`the run did not reach everybody: ${JSON.stringify(run)}`)
      }
      const rows = await rowsSince(own.database, mark, written)
      perPerson = rows.bytes / people.length
      await makeTwins(own.database, written)
      const copyStart = performance.now()
      await copyToTwins(own.database, rows)
      const limit = (people.length * 1_000) / (performance.now() - copyStart)
      await module.stop()
      await own.drop()
      return { candidate, limit }
    })
    await keys.drop()
    const budget = 0.5
    return [
      {
        row: 'renewal',
        what: 'renewal of 1 January, decided and stored',
        against: 'COPY of the same rows',
        unit: 'persons/s',
        budget,
        comparison,
        met: comparison.ratio.median >= budget && comparison.candidate.median >= leastPerSecond,
        notes: [
          `${people.length} persons of all capacities, dependants among them`,
          `budget also: ${leastPerSecond} persons/s`,
        ],
        extra: {
          writtenBytesPerPerson: Math.round(perPerson),
          absoluteMet: comparison.candidate.median >= leastPerSecond,
          ...boundOf(spent.slice(1)),
        },
      },
    ]
  },
}

/** Microseconds per person. */
const difference = (before: Cpu, after: Cpu, persons: number): Cpu => ({
  node: (after.node - before.node) / persons,
  postgres: before.postgres === null || after.postgres === null ? null : (after.postgres - before.postgres) / persons,
})

/** What the work itself costs, and how many persons two cores could renew that did nothing else. */
function boundOf(spent: readonly Cpu[]): Record<string, number> {
  const node = spreadOf(spent.map((cpu) => cpu.node)).median
  const told = { nodeMicrosecondsPerPerson: Math.round(node) }
  const known = spent.flatMap((cpu) => (cpu.postgres === null ? [] : [cpu.postgres]))
  if (known.length === 0) return told
  const postgres = spreadOf(known).median
  return {
    ...told,
    postgresMicrosecondsPerPerson: Math.round(postgres),
    mostPersonsPerSecondOnTwoCores: Math.round(2_000_000 / (node + postgres)),
  }
}
