import type { Values } from './record-builder.ts'
import type { Block, Particle, Sequence } from './structure.ts'

/** What is wrong with the place of an element inside its block. */
export type Misplaced =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'tooMany'; readonly max: number }
  | { readonly kind: 'order'; readonly before: string }

/** Walks the sequence of a block while its elements arrive, and tells what is missing, misplaced or too many. */
export class BlockCursor {
  readonly block: Block
  #sequence: Sequence
  #chosen: boolean
  #place = 0
  #count = 0
  #missing: Particle[] | null = null

  constructor(block: Block) {
    this.block = block
    this.#sequence = block.common
    this.#chosen = block.alternatives.length === 0
  }

  /** Null when the element may stand here. `missed` then tells what should have come before it. */
  next(name: string): Misplaced | null {
    let place = this.#sequence.places.get(name)
    if (place === undefined && !this.#chosen) {
      const alternative = chooseAlternative(this.block, name)
      if (alternative !== null) {
        this.#chosen = true
        this.#sequence = alternative
        place = alternative.places.get(name)
      }
    }
    if (place === undefined) return this.#elsewhere(name) ? { kind: 'forbidden' } : { kind: 'unknown' }
    if (place < this.#place) return { kind: 'order', before: this.#sequence.particles[this.#place]!.names[0]! }
    if (place > this.#place) this.#advance(place)
    this.#count += 1
    const { max } = this.#sequence.particles[place]!
    if (max === 0) return { kind: 'forbidden' }
    return this.#count > max ? { kind: 'tooMany', max } : null
  }

  /** Elements that should have stood before the last one; the list is emptied. */
  missed(): readonly Particle[] | null {
    const missing = this.#missing
    this.#missing = null
    return missing
  }

  /** Elements that still miss when the block closes. */
  finish(): readonly Particle[] | null {
    if (!this.#chosen) {
      const first = this.block.alternatives[0]!
      const names = this.block.alternatives.map((a) => a.particles[this.block.common.particles.length]!.names[0]!)
      this.#advance(this.#sequence.particles.length)
      this.#missing ??= []
      this.#missing.push({ ...first.particles[this.block.common.particles.length]!, names: [...new Set(names)] })
    } else this.#advance(this.#sequence.particles.length)
    return this.missed()
  }

  #advance(place: number): void {
    const { particles } = this.#sequence
    for (let at = this.#place; at < place; at += 1) {
      const had = at === this.#place ? this.#count : 0
      if (had < particles[at]!.min) {
        this.#missing ??= []
        this.#missing.push(particles[at]!)
      }
    }
    this.#place = place
    this.#count = 0
  }

  #elsewhere(name: string): boolean {
    for (const alternative of this.block.alternatives) if (alternative.places.has(name)) return true
    return false
  }
}

/** The alternative that the element may begin; otherwise the first one that holds it. */
function chooseAlternative(block: Block, name: string): Sequence | null {
  const start = block.common.particles.length
  let holding: Sequence | null = null
  for (const alternative of block.alternatives) {
    const place = alternative.places.get(name)
    if (place === undefined || place < start) continue
    holding ??= alternative
    let reachable = true
    for (let at = start; at < place; at += 1) if (alternative.particles[at]!.min > 0) reachable = false
    if (reachable) return alternative
  }
  return holding
}

/** A block whose element is open, with the fields read so far. */
export interface OpenBlock {
  readonly cursor: BlockCursor
  readonly values: Values
  readonly line: number
}

/** The issue of an element that is out of place; what the schema does not know is a warning with no official code. */
export function misplacedOf(misplaced: Misplaced): {
  readonly code: string
  readonly serial: string
  readonly detail?: { readonly other: string }
  readonly severity?: 'warning'
} {
  switch (misplaced.kind) {
    case 'order':
      return { code: 'DMFA-ORDER', serial: '091', detail: { other: misplaced.before } }
    case 'tooMany':
      return { code: 'DMFA-TOO-MANY', serial: '090', detail: { other: String(misplaced.max) } }
    case 'unknown':
      return { code: 'DMFA-UNKNOWN-ELEMENT', serial: '092', severity: 'warning' }
    default:
      return { code: 'DMFA-FORBIDDEN', serial: '146' }
  }
}
