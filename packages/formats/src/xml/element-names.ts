const plain = /^[A-Za-z_][A-Za-z0-9_]*$/
const greater = 0x3e
const namesMax = 1_000

interface Known {
  readonly name: string
  /** What opened last after this element opened, and after it closed. */
  inside: Known | undefined
  behind: Known | undefined
}

/**
 * Names of elements as the same few strings, so that looking them up does not hash them anew. The elements of one kind of
 * file follow each other in the same order: the name that came last time is compared first.
 */
export class ElementNames {
  readonly #known = new Map<string, Known>()
  #last: Known = { name: '', inside: undefined, behind: undefined }
  #wasClosed = false

  /** The name between two places; undefined when it is no plain one. */
  opened(text: string, start: number, end: number): string | undefined {
    const last = this.#last
    const guess = this.#wasClosed ? last.behind : last.inside
    const known =
      guess !== undefined &&
      text.charCodeAt(start + guess.name.length) === greater &&
      text.startsWith(guess.name, start)
        ? guess
        : this.#find(text.slice(start, end))
    if (known === undefined) return undefined
    if (this.#wasClosed) last.behind = known
    else last.inside = known
    this.#last = known
    this.#wasClosed = false
    return known.name
  }

  closed(name: string): void {
    const known = this.#known.get(name)
    if (known !== undefined) this.#last = known
    this.#wasClosed = true
  }

  #find(name: string): Known | undefined {
    const known = this.#known.get(name)
    if (known !== undefined || !plain.test(name)) return known
    const fresh: Known = { name, inside: undefined, behind: undefined }
    if (this.#known.size < namesMax) this.#known.set(name, fresh)
    return fresh
  }
}
