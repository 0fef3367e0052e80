import { slices } from '../slices.ts'

/** How far a line may run beyond the length of its record before it is no line any more. */
const lineSlack = 2_048
/** More line ends in a row than this are noise: the file ends there. */
const maxSeparators = 4_096
const lf = 10
const cr = 13

export interface Unit {
  readonly text: string
  /** Byte where it starts. */
  readonly offset: number
}

/** Hands out the fixed-length parts of a file, one byte per character; bridges line ends where a sender put them. */
export class RecordSource {
  readonly #chunks: AsyncGenerator<Buffer>
  #buffer = ''
  #at = 0
  #base = 0
  #ended = false
  #lines = false
  #skipped = 0
  #strange = false

  constructor(source: AsyncIterable<Uint8Array | string>) {
    this.#chunks = slices(source)
  }

  /** True once line ends were met between records. */
  get hasSeparators(): boolean {
    return this.#lines
  }

  /** True when the file begins like Unicode text of more than one byte per character. */
  get isUnicode(): boolean {
    return this.#strange
  }

  get bytes(): number {
    return this.#base + this.#buffer.length
  }

  /** The next part; shorter at the end of the file, null when nothing is left. */
  async take(length: number): Promise<Unit | null> {
    if (this.#buffer.length - this.#at < length + lineSlack) await this.#fill(length + lineSlack)
    while (this.#skipSeparators()) await this.#fill(length + lineSlack)
    this.#skipped = 0
    const left = this.#buffer.length - this.#at
    if (left === 0) return null
    const end = this.#at + this.#lengthOf(length, left)
    const unit = { text: this.#buffer.slice(this.#at, end), offset: this.#base + this.#at }
    this.#at = end
    return unit
  }

  /** Byte where the next part starts. */
  get at(): number {
    return this.#base + this.#at
  }

  /** True when only blanks, line ends or end marks are left; stops at the first other sign. */
  async onlyPaddingLeft(): Promise<boolean> {
    for (;;) {
      await this.#fill(lineSlack)
      const sign = this.#buffer.slice(this.#at).search(/[^\0- ]/u)
      if (sign >= 0) {
        this.#at += sign
        return false
      }
      this.#at = this.#buffer.length
      if (this.#ended) return true
    }
  }

  /** Stops reading the source. */
  async stop(): Promise<void> {
    this.#ended = true
    await this.#chunks.return(undefined)
  }

  /** Length of the next part: fixed, or up to the line end when the file has lines. */
  #lengthOf(length: number, left: number): number {
    const window = this.#buffer.slice(this.#at, this.#at + (this.#lines ? length + lineSlack : length))
    const newline = window.search(/[\r\n]/u)
    if (newline >= 0) {
      this.#lines = true
      return newline
    }
    return Math.min(length, left)
  }

  /** Skips line ends; true when the buffer ran empty while doing so and more may come. */
  #skipSeparators(): boolean {
    let code = this.#buffer.charCodeAt(this.#at)
    while (code === lf || code === cr) {
      this.#lines = true
      this.#at += 1
      this.#skipped += 1
      code = this.#buffer.charCodeAt(this.#at)
    }
    if (this.#skipped > maxSeparators) {
      this.#ended = true
      this.#at = this.#buffer.length
    }
    return this.#at >= this.#buffer.length && !this.#ended
  }

  async #fill(wanted: number): Promise<void> {
    while (!this.#ended && this.#buffer.length - this.#at < wanted) {
      const next = await this.#chunks.next()
      if (next.done === true) {
        this.#ended = true
        return
      }
      if (this.bytes === 0) this.#strange = looksLikeUnicode(next.value)
      this.#base += this.#at
      this.#buffer = this.#buffer.slice(this.#at) + next.value.toString('latin1')
      this.#at = 0
    }
  }
}

function looksLikeUnicode(head: Buffer): boolean {
  const mark = head.toString('hex', 0, 3)
  return mark === 'efbbbf' || mark.startsWith('fffe') || mark.startsWith('feff') || head.subarray(0, 67).includes(0)
}
