import type { IsoDate } from '@ziv/kernel'
import { weaker, weakestConfidence } from './confidence.ts'
import type {
  Confidence,
  FactRef,
  Ground,
  LawDecision,
  Outcome,
  ParameterRef,
  ParameterValue,
  Ratio,
  Repair,
} from './types.ts'

/** A fact for a ground; the event id is kept only when there is one. */
export function fact(name: string, value: FactRef['value'], eventId?: string): FactRef {
  return eventId === undefined ? { name, value } : { name, value, eventId }
}

/** The parameter as a ground cites it; `key` names the part of a table that was used. */
export function cite(parameter: ParameterValue, key?: string): ParameterRef {
  const { name, from, unit, confidence } = parameter
  const used = key === undefined ? parameter.value : (parameter.value as Record<string, unknown>)[key]
  const value = plain(used)
  return key === undefined ? { name, from, value, unit, confidence } : { name, key, from, value, unit, confidence }
}

function plain(value: unknown): string | number {
  if (typeof value === 'number' || typeof value === 'string') return value
  if (isRatio(value)) return `${value.numerator}/${value.denominator}`
  return JSON.stringify(value)
}

function isRatio(value: unknown): value is Ratio {
  return typeof value === 'object' && value !== null && 'numerator' in value && 'denominator' in value
}

/** Closes a decision; its confidence is the weakest of the parameters cited and of what the facts themselves rest on. */
export function decision<T>(
  outcome: Outcome,
  result: T,
  grounds: readonly Ground[],
  repairs: readonly Repair[] = [],
  ...restsOn: Confidence[]
): LawDecision<T> {
  let confidence = weakestConfidence(restsOn)
  for (const ground of grounds) {
    for (const parameter of ground.parameters) confidence = weaker(confidence, parameter.confidence)
  }
  return { outcome, result, grounds, repairs, confidence }
}

/** 1 January of a year: the day on which the parameters of a year are read. */
export function newYear(year: number): IsoDate {
  return `${String(year).padStart(4, '0')}-01-01` as IsoDate
}

/** 31 December of a year. */
export function yearEnd(year: number): IsoDate {
  return `${String(year).padStart(4, '0')}-12-31` as IsoDate
}

/** A day of the year written MM-DD, in a year. */
export function dayInYear(year: number, monthDay: string): IsoDate {
  return `${String(year).padStart(4, '0')}-${monthDay}` as IsoDate
}
