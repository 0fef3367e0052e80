import { performance } from 'node:perf_hooks'
import type { Comparison, Round, Spread } from './types.ts'

export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const median = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
  return { median, min: sorted[0]!, max: sorted.at(-1)! }
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)]!
}

/** Units per second of a piece of work that says how many units it did. */
export async function rateOf(work: () => Promise<number>): Promise<number> {
  const start = performance.now()
  const units = await work()
  return (units * 1_000) / (performance.now() - start)
}

/** Calls `step` from `lanes` callers at once for a while; answers the calls per second. */
export async function rateFor(ms: number, lanes: number, step: (lane: number) => Promise<void>): Promise<number> {
  const start = performance.now()
  let calls = 0
  const lane = async (number: number): Promise<void> => {
    while (performance.now() - start < ms) {
      await step(number)
      calls += 1
    }
  }
  await Promise.all(Array.from({ length: lanes }, (_, number) => lane(number)))
  return (calls * 1_000) / (performance.now() - start)
}

type Measurement = (round: number) => Promise<number>

/**
 * Measures both sides in turns, so that what else the machine does falls on both; who goes first alternates. Round 0 is
 * a warm-up that is not counted.
 */
export async function interleave(rounds: number, candidate: Measurement, limit: Measurement): Promise<Comparison> {
  const done: Round[] = []
  for (let round = 0; round <= rounds; round++) {
    const first = round % 2 === 0
    const early = first ? await candidate(round) : await limit(round)
    const late = first ? await limit(round) : await candidate(round)
    const pair = first ? { candidate: early, limit: late } : { candidate: late, limit: early }
    if (round > 0) done.push({ ...pair, ratio: pair.candidate / pair.limit })
  }
  return comparisonOf(done)
}

/** Like `interleave` where the limit needs what the candidate just made: the candidate always goes first. */
export async function inTurn(
  rounds: number,
  measure: (round: number) => Promise<Omit<Round, 'ratio'>>,
): Promise<Comparison> {
  const done: Round[] = []
  for (let round = 0; round <= rounds; round++) {
    const { candidate, limit } = await measure(round)
    if (round > 0) done.push({ candidate, limit, ratio: candidate / limit })
  }
  return comparisonOf(done)
}

function comparisonOf(rounds: readonly Round[]): Comparison {
  return {
    candidate: spreadOf(rounds.map((round) => round.candidate)),
    limit: spreadOf(rounds.map((round) => round.limit)),
    ratio: spreadOf(rounds.map((round) => round.ratio)),
    rounds,
  }
}
