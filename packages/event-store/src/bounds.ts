import type { ChainsWalked } from './types.ts'

/** The lowest id that is walked, and the lowest one that is not any more. */
type Bounds = readonly [from: string, until: string]

// '.' follows '-' in the byte order of stream ids: behind an id and everything that goes on with a dash after it
const behind = (id: string): string => `${id}.`

/** Bounds of all streams, of those of a category, of a range of ids, or of a range of a category's ids without its name. */
export function boundsOf({ category, range }: ChainsWalked): Bounds {
  const before = category === undefined ? '' : `${category}-`
  const { after, through } = range ?? { after: null, through: null }
  // the highest code point ends a walk over everything
  const end = category === undefined ? '\u{10ffff}' : behind(category)
  return [after === null ? before : behind(`${before}${after}`), through === null ? end : behind(`${before}${through}`)]
}
