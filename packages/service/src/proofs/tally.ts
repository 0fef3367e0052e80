import type { Finding } from '../types.ts'

/** Names of what does not agree: how many, and the first ones. */
export interface Names {
  readonly count: number
  readonly first: readonly string[]
}

/** The most names of a finding: who repairs needs every one, and a range in which all is wrong must not fill the memory. */
export const NAMED_MAX = 1_000

/** The first names of a list, and how many there are. */
export const namesOf = (list: readonly string[]): Names => ({ count: list.length, first: list.slice(0, NAMED_MAX) })

/** What a query counted, and the first names that it gave. */
export const countedNames = (count: number | string, first: readonly string[] | null): Names => ({
  ...{ count: Number(count), first: first ?? [] },
})

/** The first so many names, separated, and how many more there are. */
export const told = ({ count, first }: Names, most = 5, separator = ', '): string => {
  const shown = first.slice(0, most)
  return `${shown.join(separator)}${count > shown.length ? ` and ${count - shown.length} more` : ''}`
}

/** The first names behind a count, at the end of a sentence; nothing where there is none. */
export const firstOf = (names: Names): string => (names.count === 0 ? '' : `: ${told(names)}`)

/** Of a finding: everything that differs by name; a text tells the first few. */
export function naming(...found: readonly Names[]): Pick<Finding, 'names'> {
  const names = found.flatMap(({ first }) => first)
  return names.length === 0 ? {} : { names: names.slice(0, NAMED_MAX) }
}

function plus(a: number | Names, b: number | Names): number | Names {
  if (typeof a === 'number' && typeof b === 'number') return a + b
  if (typeof a === 'number' || typeof b === 'number') throw new Error('a number and names cannot be added up')
  return { count: a.count + b.count, first: [...a.first, ...b.first].slice(0, NAMED_MAX) }
}

/** Adds up what the ranges of a proof counted and named; there is always one range. */
export function addTallies<T extends { readonly [name in keyof T]: number | Names }>(tallies: readonly T[]): T {
  return tallies.reduce((sum, tally) => {
    const added = Object.keys(sum).map((name) => [name, plus(sum[name as keyof T], tally[name as keyof T])])
    return Object.fromEntries(added) as T
  })
}
