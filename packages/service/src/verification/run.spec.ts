import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isoDate } from '@ziv/kernel'
import type { Database } from '@ziv/postgres'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { anchorKey } from '../notes/signed-file.ts'
import { wholeProof } from '../proofs/proof.ts'
import { proveInRanges, RESULTS_FILE, type RunOptions } from './run.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ziv-run-'))
})
afterEach(() => rm(folder, { recursive: true }))

/** Nothing is read from it: the proofs here look at nothing. */
const database = {
  transaction: <T>(work: (tx: object) => Promise<T>) => work({ query: async () => undefined }),
} as unknown as Database

/** Proofs that note that they were made; the one named `wrong` cannot be carried through. */
const proofsOf = (made: string[], names: readonly string[]) =>
  names.map((name) =>
    wholeProof(
      name,
      database,
      async () => 0,
      async () => {
        made.push(name)
        if (name === 'wrong') throw new Error('no such table')
        return { check: name, ok: true, examined: 1, detail: name }
      },
    ),
  )

interface Asked extends RunOptions {
  readonly names?: readonly string[]
  readonly anew?: boolean
}

async function run({ names = ['a', 'wrong', 'b', 'c', 'd', 'e'], anew = false, ...options }: Asked = {}) {
  const made: string[] = []
  const kept = { file: join(folder, RESULTS_FILE), key: await anchorKey(join(folder, 'anchor.pem')), anew }
  const told: string[] = []
  const onBegin = (words: string): void => void told.push(words)
  const businessDate = isoDate('2025-03-10')
  const findings = await Array.fromAsync(
    proveInRanges(proofsOf(made, names), { onBegin, ...options, businessDate, kept }),
  )
  return { made, findings, told: told.join() }
}

const brokenOff = async (): Promise<readonly string[]> => {
  const broken = new AbortController()
  const onProgress: RunOptions['onProgress'] = ({ rangesDone }) => {
    if (rangesDone === 3) broken.abort()
  }
  return (await run({ signal: broken.signal, onProgress })).made
}

it('a run that was broken off is gone on from: what was proved is not proved again, and what could not be is', async () => {
  const first = await brokenOff()
  const second = await run()
  expect(second.told).toContain('goes on from the run of')
  expect([...first, ...second.made].filter((name) => name !== 'wrong').sort()).toEqual(['a', 'b', 'c', 'd', 'e'])
  expect(second.made).toContain('wrong')
  expect(second.findings.map(({ ok }) => ok)).toEqual([true, false, true, true, true, true])
})

it('it begins anew when it is asked to, when the run before went to its end, and when it made other proofs', async () => {
  await brokenOff()
  expect((await run({ anew: true })).made).toHaveLength(6)
  expect(await run()).toMatchObject({ told: expect.stringContaining('went to its end'), made: { length: 6 } })
  await brokenOff()
  expect((await run({ names: ['a', 'b'] })).told).toContain('made other proofs')
})
