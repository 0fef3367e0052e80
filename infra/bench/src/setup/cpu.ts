import { readdir, readFile } from 'node:fs/promises'
import type { Database } from '@ziv/postgres'

/** Processor time in microseconds: our own, and that of PostgreSQL with all its processes; null where there is no /proc. */
export interface Cpu {
  readonly node: number
  readonly postgres: number | null
}

/** The time spent since the start; PostgreSQL counts processes that live, in steps of 10 ms each. */
export async function cpuNow(database: Database): Promise<Cpu> {
  const { user, system } = process.cpuUsage()
  return { node: user + system, postgres: await postgresCpu(database).catch(() => null) }
}

const MICROSECONDS_PER_TICK = 10_000

async function postgresCpu(database: Database): Promise<number> {
  const { rows } = await database.query<{ folder: string }>(`select current_setting('data_directory') as folder`)
  const postmaster = Number((await readFile(`${rows[0]!.folder}/postmaster.pid`, 'utf8')).split('\n')[0])
  let ticks = 0
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid)) continue
    // a process may end while we look
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
    if (stat === null) continue
    // after the name, which may hold anything: state, parent, ..., user and system time as the 12th and 13th
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (Number(pid) === postmaster || Number(fields[1]) === postmaster) ticks += Number(fields[11]) + Number(fields[12])
  }
  return ticks * MICROSECONDS_PER_TICK
}
