/** A message that one side of a comparison has in a range, and the other has not there. */
export interface Loose {
  readonly digest: string
  /** Topic and key of a row; stream of an event. */
  readonly line: string
  /** Sequence of a row; version of an event. */
  readonly at: number
}

/** The first messages of a list, and how many there are. */
export interface LooseList {
  readonly count: number
  readonly first: readonly Loose[]
}

/** What a range has on one side only. */
export interface Told {
  /** Rows of the outbox that no event of the range speaks of. */
  readonly rows: LooseList
  /** Messages of events that have no row in the range. */
  readonly events: LooseList
}

/** More of one range have not only changed places with its neighbours. */
const LOOSE_MAX = 2_000

export const looseOf = (list: readonly Loose[]): LooseList => ({ count: list.length, first: list.slice(0, LOOSE_MAX) })

const all = (ranges: readonly Told[], side: keyof Told): readonly Loose[] =>
  ranges.flatMap((range) => range[side].first)

/**
 * What is left when all ranges are matched with each other: an event and its message are stamped by one transaction, but a stamp
 * can be that of a later one, so that the two lie in two ranges. `disordered`: rows that go another way than their stream.
 */
export function looseMessages(ranges: readonly Told[]) {
  const [rows, events] = [all(ranges, 'rows'), all(ranges, 'events')]
  const rowOf = new Map(rows.map((row) => [row.digest, row]))
  const speaking = new Set(events.map(({ digest }) => digest))
  const beyond = ranges.reduce(
    (sum, range) => sum + range.rows.count - range.rows.first.length + range.events.count - range.events.first.length,
    0,
  )
  const strange = rows.filter(({ digest }) => !speaking.has(digest)).map(({ line, at }) => `${line} ${at}`)
  const missing = events.filter(({ digest }) => !rowOf.has(digest)).map(({ line, at }) => `${line}@${at}`)
  const newest = new Map<string, number>()
  const disordered: string[] = []
  for (const { digest, line: stream } of events.toSorted((a, b) => a.at - b.at)) {
    const row = rowOf.get(digest)
    if (row === undefined) continue
    const line = `${stream} ${row.line}`
    if ((newest.get(line) ?? 0) > row.at) disordered.push(`${row.line} ${row.at}`)
    newest.set(line, row.at)
  }
  return { strange, missing, disordered, beyond }
}
