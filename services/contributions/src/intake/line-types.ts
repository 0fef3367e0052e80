import type { Rejection } from '@ziv/kernel'
import type { Became } from '../commands/record-slips.ts'

/** What became of many contributions: received = recorded + unchanged + waiting + refused. */
export interface BulkResult {
  readonly received: number
  readonly recorded: number
  readonly unchanged: number
  readonly waiting: number
  readonly refused: number
  /** The first refusals, by place in the input counted from 1. */
  readonly refusals: readonly BulkRefusal[]
}

export interface BulkRefusal {
  readonly item: number
  readonly rejection: Rejection
}

/** A line that could not be read: it is refused in its place, the others go on. */
export class InvalidItem {
  /** What is wrong with it, as a sentence for the caller; nothing of the line. */
  readonly fields: string
  constructor(fields: string) {
    this.fields = fields
  }
  get rejection(): Rejection {
    return { code: 'lineUnreadable', params: { fields: this.fields } }
  }
}

const refusalsMax = 1_000

/** Adds up what became of items, chunk after chunk. */
export class BulkTally {
  #received = 0
  #recorded = 0
  #unchanged = 0
  #waiting = 0
  #refused = 0
  readonly #refusals: BulkRefusal[] = []

  add(outcome: Became): void {
    this.#received += 1
    if (outcome === 'recorded') this.#recorded += 1
    else if (outcome === 'unchanged') this.#unchanged += 1
    else if (outcome === 'waiting') this.#waiting += 1
    else {
      this.#refused += 1
      if (this.#refusals.length < refusalsMax) this.#refusals.push({ item: this.#received, rejection: outcome })
    }
  }

  result(): BulkResult {
    return {
      received: this.#received,
      recorded: this.#recorded,
      unchanged: this.#unchanged,
      waiting: this.#waiting,
      refused: this.#refused,
      refusals: this.#refusals,
    }
  }
}
