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

/** A decision in two parts: which basis it has (a text that only equal bases share), and its own values in order. */
export interface Parted {
  readonly key: string
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

/** Takes the own values out of a decision. */
export function part(decision: RightDecision): Parted {
  const { kind, outcome, from, to, capacity, ground, confidence, grounds, repairs } = decision
  const values: Value[] = []
  let key = `${kind}|${outcome}|${capacity}|${ground}|${confidence}`
  if (sharesDays(decision)) key += `|${from}|${to}`
  else values.push(from, to)
  for (const entry of grounds) key += keyOfGround(entry, values)
  for (const { rule, kind: mend, params, until } of repairs) {
    key += `|${rule}|${mend}|${until}`
    for (const name of Object.keys(params)) {
      key += `|${name}`
      values.push(params[name] as string | number)
    }
  }
  return { key, values }
}

function keyOfGround({ rule, article, satisfied, facts, parameters, text }: Ground, values: Value[]): string {
  let key = `|${rule}|${article}|${satisfied}|${keyOfParameters(parameters)}`
  if (text !== undefined) key += JSON.stringify(text)
  for (const fact of facts) {
    const { name, value, eventId } = fact
    if (isShared(fact)) {
      key += `|${name}=${value}`
      continue
    }
    values.push(value)
    if (eventId === undefined) key += `|${name}`
    else if (eventId === value) key += `|${name}@=`
    else {
      key += `|${name}@`
      values.push(eventId)
    }
  }
  return key
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
