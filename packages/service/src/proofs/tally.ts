/** Names of what does not agree: how many, and the first ones. */
export interface Names {
  readonly count: number
  readonly first: readonly string[]
}

/** More names say nothing new, and a range in which all is wrong must not fill the memory. */
const namedMax = 10

/** The first names of a list, and how many there are. */
export const namesOf = (list: readonly string[]): Names => ({ count: list.length, first: list.slice(0, namedMax) })

/** The first so many names, separated. */
export const told = ({ first }: Names, most = 5, separator = ', '): string => first.slice(0, most).join(separator)

function plus(a: number | Names, b: number | Names): number | Names {
  if (typeof a === 'number' && typeof b === 'number') return a + b
  if (typeof a === 'number' || typeof b === 'number') throw new Error('a number and names cannot be added up')
  return { count: a.count + b.count, first: [...a.first, ...b.first].slice(0, namedMax) }
}

/** Adds up what the ranges of a proof counted and named; there is always one range. */
export function addTallies<T extends { readonly [name in keyof T]: number | Names }>(tallies: readonly T[]): T {
  return tallies.reduce((sum, tally) => {
    const added = Object.keys(sum).map((name) => [name, plus(sum[name as keyof T], tally[name as keyof T])])
    return Object.fromEntries(added) as T
  })
}
