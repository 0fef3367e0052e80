import { uuidV5 } from '@ziv/kernel'
import type { FactRef, Ground, ParameterRef, Repair } from '@ziv/law'
import type { RightDecision } from './decision.ts'

type Value = string | number | boolean | null

/**
 * What thousands of decisions say alike: rules, articles, parameters with their values and dates, outcome. `{ $: n }` stands
 * where the n-th own value of a decision goes. Kept once, word for word, so that a decision of long ago still explains itself
 * when the law and its texts have changed since.
 */
export interface Basis {
  /** Derived from the content. */
  readonly id: string
  readonly shared: object
}

/** The stream that holds a basis. */
export const basisStream = (id: string): string => `decisionBasis-${id}`

/** A place in the tree of what decisions have in common: those with equal bases, and no others, end at the same place. */
export interface BasisPlace {
  readonly next: Map<unknown, BasisPlace>
}

/** The root of a tree of one's own. */
export const basisTree = (): BasisPlace => ({ next: new Map() })

/** A decision in two parts: which basis it has, and its own values in order. */
export interface Parted {
  readonly place: BasisPlace
  readonly values: readonly Value[]
}

/** Facts that are the same for everybody in a year, although they are told as facts. */
const OF_THE_YEAR: ReadonlySet<string> = new Set(['year', 'referenceYear', 'windowFrom', 'windowUntil'])

/** A renewal runs the whole year: its days are shared too. */
const sharesDays = ({ kind }: RightDecision): boolean => kind === 'renewal'

const isShared = ({ name, eventId }: FactRef): boolean => eventId === undefined && OF_THE_YEAR.has(name)

const parameterKeys = new WeakMap<readonly ParameterRef[], string>()

/** The rules give the same list for every person of a year: its text is made once. */
function keyOfParameters(parameters: readonly ParameterRef[]): string {
  let key = parameterKeys.get(parameters)
  if (key === undefined) {
    key = uuidV5(JSON.stringify(parameters))
    parameterKeys.set(parameters, key)
  }
  return key
}

function step(place: BasisPlace, token: unknown): BasisPlace {
  let next = place.next.get(token)
  if (next === undefined) {
    next = { next: new Map() }
    place.next.set(token, next)
  }
  return next
}

/** Takes the own values out of a decision, down the tree: no text is put together for the thousands of a chunk. */
export function part(decision: RightDecision, tree: BasisPlace): Parted {
  const { kind, outcome, from, to, capacity, ground, confidence, grounds, repairs } = decision
  const values: Value[] = []
  let place = step(step(step(step(step(tree, kind), outcome), capacity), ground), confidence)
  if (sharesDays(decision)) place = step(step(place, from), to)
  else values.push(from, to)
  // lengths first: no two lists of different items lead to one place
  place = step(step(place, grounds.length), repairs.length)
  for (const entry of grounds) place = placeOfGround(entry, place, values)
  for (const { rule, kind: repair, params, until } of repairs) {
    const names = Object.keys(params)
    place = step(step(step(step(place, rule), repair), until), names.length)
    for (const name of names) {
      place = step(place, name)
      values.push(params[name] as string | number)
    }
  }
  return { place, values }
}

function placeOfGround(
  { rule, article, satisfied, facts, parameters, text }: Ground,
  start: BasisPlace,
  values: Value[],
): BasisPlace {
  let place = step(step(step(step(start, rule), article), satisfied), keyOfParameters(parameters))
  place = step(step(place, text === undefined ? undefined : JSON.stringify(text)), facts.length)
  for (const fact of facts) {
    const { name, value, eventId } = fact
    place = step(place, name)
    if (isShared(fact)) {
      place = step(step(place, 'shared'), value)
      continue
    }
    values.push(value)
    if (eventId === undefined) place = step(place, 'value')
    else if (eventId === value) place = step(place, 'both')
    else {
      place = step(place, 'event')
      values.push(eventId)
    }
  }
  return place
}

/** The basis of a decision: the same walk, with a mark for every own value. */
export function basisOf(decision: RightDecision): Basis {
  let next = 0
  const mark = () => ({ $: next++ })
  const { kind, outcome, from, to, capacity, ground, confidence, grounds, repairs } = decision
  const shared = {
    ...{ kind, outcome, capacity, ground, confidence },
    ...(sharesDays(decision) ? { from, to } : { from: mark(), to: mark() }),
    grounds: grounds.map(({ facts, ...entry }) => ({ ...entry, facts: facts.map((fact) => markedFact(fact, mark)) })),
    repairs: repairs.map(({ params, ...repair }) => ({
      ...repair,
      params: Object.entries(params).map(([name]) => [name, mark()]),
    })),
  }
  return { id: uuidV5(JSON.stringify(shared)), shared }
}

function markedFact(fact: FactRef, mark: () => object): object {
  const { name, value, eventId } = fact
  if (isShared(fact)) return fact
  const place = mark()
  if (eventId === undefined) return { name, value: place }
  return { name, value: place, eventId: eventId === value ? place : mark() }
}

/** Puts a decision together again; the inverse of `part`. */
export function joinBasis(decisionId: string, shared: object, values: readonly unknown[]): RightDecision {
  const { repairs, ...rest } = filled(shared, values) as Omit<RightDecision, 'decisionId' | 'year' | 'repairs'> & {
    repairs: readonly (Omit<Repair, 'params'> & { params: readonly [string, string | number][] })[]
  }
  return {
    ...rest,
    decisionId,
    year: Number(rest.from.slice(0, 4)),
    repairs: repairs.map((repair) => ({ ...repair, params: Object.fromEntries(repair.params) })),
  }
}

function filled(item: unknown, values: readonly unknown[]): unknown {
  if (typeof item !== 'object' || item === null) return item
  if (Array.isArray(item)) return item.map((each) => filled(each, values))
  if ('$' in item) return values[item.$ as number]
  return Object.fromEntries(Object.entries(item).map(([name, inner]) => [name, filled(inner, values)]))
}
