import type { World } from './setup/world.ts'

/** One interleaved round: both sides in units per second, seconds apart on the same machine. */
export interface Round {
  readonly candidate: number
  readonly limit: number
  readonly ratio: number
}

export interface Spread {
  readonly median: number
  readonly min: number
  readonly max: number
}

/** A candidate against its limit. */
export interface Comparison {
  readonly candidate: Spread
  readonly limit: Spread
  readonly ratio: Spread
  readonly rounds: readonly Round[]
}

/** What one row of the budget table came to. */
export interface RowResult {
  readonly row: string
  readonly what: string
  readonly against: string
  readonly unit: string
  /** Least ratio; null when the row has a figure of its own. */
  readonly budget: number | null
  readonly comparison: Comparison | null
  /** Null: it was not run. */
  readonly met: boolean | null
  /** Why it was not run, or what has to be known to read it. */
  readonly notes: readonly string[]
  /** Further figures, each with its unit in its name. */
  readonly extra: Readonly<Record<string, unknown>>
}

export interface Size {
  readonly short: boolean
  readonly rounds: number
}

export interface Row {
  run(world: World, size: Size): Promise<RowResult[]>
}
