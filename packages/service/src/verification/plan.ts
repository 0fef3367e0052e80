import { createHash } from 'node:crypto'
import type { KeyRange } from '@ziv/postgres'
import { planProof, proveRange, type RangedProof, type RangeResult, rangesOf } from '../proofs/proof.ts'

/** How one proof is divided, or why it could not be. JSON. */
export interface ProofPlan {
  readonly bounds: readonly string[]
  /** Keys in all; null when it is made over the whole at once. */
  readonly total: number | null
  readonly failed?: string
}

/** A range of a proof: the place of the proof in the list, and of the range in the proof. */
export interface Task {
  readonly proof: number
  readonly range: number
}

/** What became of a range: its result, or why it could not be proved. */
export type Outcome = { readonly result: RangeResult } | { readonly failed: string }

/** Why something could not be carried through, in words. */
export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Divides every proof. One that cannot be divided is left to be told. */
export async function planAll(proofs: readonly RangedProof[]): Promise<readonly ProofPlan[]> {
  const plans: ProofPlan[] = []
  for (const proof of proofs) {
    plans.push(await planProof(proof).catch((error: unknown) => ({ bounds: [], total: null, failed: reasonOf(error) })))
  }
  return plans
}

/** The range of a task. */
export const rangeOf = (plans: readonly ProofPlan[], { proof, range }: Task): KeyRange =>
  rangesOf(plans[proof]!.bounds)[range]!

/** Every range of every proof that could be divided, in order. */
export const tasksOf = (plans: readonly ProofPlan[]): readonly Task[] =>
  plans.flatMap(({ bounds, failed }, proof) =>
    failed === undefined ? rangesOf(bounds).map((_, range) => ({ proof, range })) : [],
  )

/** How many keys a range holds, as planned; one for a proof over a whole. */
export function keysOf(plans: readonly ProofPlan[], { proof, range }: Task): number {
  const { total, bounds } = plans[proof]!
  if (total === null) return 1
  const whole = bounds.length === 0 ? total : Math.ceil(total / (bounds.length + 1))
  return range < bounds.length ? whole : Math.max(0, total - whole * bounds.length)
}

/** Proves a range, and never throws: what could not be proved is told. */
export async function outcomeOf(proof: RangedProof, range: KeyRange): Promise<Outcome> {
  try {
    return { result: await proveRange(proof, range) }
  } catch (error) {
    return { failed: reasonOf(error) }
  }
}

/** Tells lists of proofs apart: what was proved for another list says nothing about this one. */
export const fingerprintOf = (proofs: readonly RangedProof[]): string =>
  createHash('sha256')
    .update(JSON.stringify(proofs.map(({ name, keys, perRange }) => [name, keys ?? null, perRange ?? null])))
    .digest('hex')
