/** Sequence numbers of the persons of one form, one bit each: seven digits take 1.25 MB at most. */
export class SequenceNumbers {
  #seen: Uint8Array | null = null

  /** Adds a number; false when it came before. */
  add(sequence: number): boolean {
    const at = sequence >> 3
    if (this.#seen === null || at >= this.#seen.length) {
      const larger = new Uint8Array(Math.max(1024, 2 * at))
      if (this.#seen !== null) larger.set(this.#seen)
      this.#seen = larger
    }
    const bit = 1 << (sequence & 7)
    const fresh = (this.#seen[at]! & bit) === 0
    this.#seen[at]! |= bit
    return fresh
  }
}
