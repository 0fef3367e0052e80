import { cents, isIsoDate } from '@ziv/kernel'
import type { Ratio, Unit } from '../types.ts'
import type { WrittenValue } from './schema.ts'

const wholeUnits: ReadonlySet<Unit> = new Set(['years', 'months', 'days', 'age', 'count', 'weight'])

/** Written figure -> value of the unit. Euro become integer cents, percent and ratio exact fractions. Throws RangeError. */
export function convertValue(value: WrittenValue, unit: Unit): unknown {
  if (Array.isArray(value)) return Object.freeze(value.map((row) => convertRow(row, unit)))
  if (value !== null && typeof value === 'object') return convertRow(value, unit)
  return convertScalar(value, unit)
}

function convertRow(row: Record<string, string | number | null>, unit: Unit): unknown {
  return Object.freeze(Object.fromEntries(Object.entries(row).map(([key, value]) => [key, convertScalar(value, unit)])))
}

function convertScalar(value: string | number | null, unit: Unit): unknown {
  if (value === null) return null
  if (unit === 'euro') return euroToCents(value)
  if (unit === 'percent') return decimalRatio(value, 100)
  if (unit === 'ratio') return parseRatio(value)
  if (wholeUnits.has(unit)) return wholeNumber(value, unit)
  if (typeof value !== 'string') throw new RangeError(`a value in unit ${unit} is text, not ${value}`)
  // a day of every year, so that 29 February is none
  if (unit === 'monthDay' && !isIsoDate(`2023-${value}`)) {
    throw new RangeError(`"${value}" is not a day of the year written MM-DD`)
  }
  return value
}

function wholeNumber(value: string | number, unit: Unit): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) {
    throw new RangeError(`"${value}" is not a whole number of ${unit}`)
  }
  return value
}

function euroToCents(value: string | number): number {
  const { numerator, denominator } = decimalRatio(value, 1)
  if (100 % denominator !== 0) throw new RangeError(`"${value}" has more than two decimals: not an amount in euro`)
  return cents((numerator * 100) / denominator)
}

function parseRatio(value: string | number): Ratio {
  const parts = /^(\d+)\/(\d+)$/.exec(String(value))
  if (!parts) return decimalRatio(value, 1)
  const ratio = { numerator: Number(parts[1]), denominator: Number(parts[2]) }
  if (ratio.denominator === 0) throw new RangeError(`"${value}" divides by zero`)
  return Object.freeze(ratio)
}

function decimalRatio(value: string | number, divisor: number): Ratio {
  const parts = /^(-?\d+)(?:\.(\d+))?$/.exec(String(value))
  if (!parts) throw new RangeError(`"${value}" is not a decimal number`)
  const decimals = (parts[2] ?? '').replace(/0+$/, '')
  return Object.freeze({ numerator: Number(parts[1] + decimals), denominator: 10 ** decimals.length * divisor })
}
