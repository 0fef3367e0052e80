import { parse } from 'yaml'
import { type Finding, type Rule, text } from '../rule.ts'
import { filesOf, isTestCode, sources } from '../tree.ts'

const monthsMax = 14
const confidences = new Set(['verified', 'secondary', 'derived', 'assumed'])

interface Sourced {
  readonly source?: unknown
  readonly confidence?: unknown
  readonly checkedOn?: unknown
}

/** The day `months` before another, as text; days of short months run on, which is near enough here. */
function monthsBefore(day: string, months: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCMonth(date.getUTCMonth() - months)
  return date.toISOString().slice(0, 10)
}

function faultOf(entry: Sourced, today: string): string | undefined {
  const { source, confidence, checkedOn } = entry
  if (typeof source !== 'string' || source.trim().length < 3) return 'says not where it comes from (source)'
  if (!confidences.has(String(confidence))) return 'has no confidence'
  const day = checkedOn instanceof Date ? checkedOn.toISOString().slice(0, 10) : String(checkedOn)
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return 'was never checked (checkedOn)'
  if (day > today) return `was checked in the future (${day})`
  if (day < monthsBefore(today, monthsMax))
    return `was checked on ${day}, longer than ${monthsMax} months ago: read the source again`
  return undefined
}

/** Every mapping of a register or a capacity that names a source. */
function sourcedIn(value: unknown, place: string): [string, Sourced][] {
  if (Array.isArray(value)) return value.flatMap((one, index) => sourcedIn(one, `${place}[${index}]`))
  if (typeof value !== 'object' || value === null) return []
  const below = Object.entries(value).flatMap(([key, one]) => sourcedIn(one, `${place}.${key}`))
  return 'source' in value ? [[place, value], ...below] : below
}

const file = 'packages/law/parameters/a/b.yaml'
const parameter = (checkedOn: string): string =>
  text(
    'unit: years',
    'values:',
    `  1994-10-01: { value: 1, source: "art. 1", confidence: verified, checkedOn: ${checkedOn} }`,
  )

/** A figure of the law is as good as its source, and grows old. */
export const lawValues: Rule = {
  name: `every value of the law has a source and was checked within ${monthsMax} months`,
  check(tree, today) {
    const findings: Finding[] = []
    let read = 0
    const look = (place: string, entry: Sourced): void => {
      read += 1
      const fault = faultOf(entry, today)
      if (fault !== undefined) findings.push({ key: place, message: `${place} ${fault}` })
    }
    for (const [path, content] of filesOf(tree, /^packages\/law\/parameters\/.*\.ya?ml$/)) {
      const values = (parse(content) as { values?: Record<string, Sourced> }).values ?? {}
      for (const [date, entry] of Object.entries(values)) look(`${path}#${date}`, entry)
    }
    for (const [path, content] of filesOf(tree, /^packages\/law\/(registers|capacities)\/.*\.ya?ml$/)) {
      const entries = sourcedIn(parse(content), path)
      if (entries.length === 0) look(path, {})
      for (const [place, entry] of entries) look(place, entry)
    }
    return { read, findings }
  },
  planted: {
    files: { [file]: parameter('2020-01-01') },
    key: `${file}#1994-10-01`,
    corrected: { [file]: parameter('2026-01-01') },
  },
}

const reads = /\.(?:at|find)(?:<[^()]*>)?\(\s*'([a-z]+\/[a-z-]+)'/g
const rights = 'services/rights/src/rules.ts'
const rule = 'packages/law/src/rules/shift.ts'
const asks = text("const shift = (law: Law) => law.at<number>('rights/shift', day).value")

/** Who needs a figure calls the function that reads it: two readers may take it of two days, or one of them forget it. */
export const lawValuesReadOnce: Rule = {
  name: 'a value of the law is read in one file',
  check(tree) {
    const files = filesOf(tree, sources).filter(([path]) => !isTestCode(path))
    const first = new Map<string, string>()
    const findings: Finding[] = []
    for (const [path, content] of files) {
      for (const [, name = ''] of content.matchAll(reads)) {
        const known = first.get(name) ?? path
        first.set(name, known)
        if (known === path) continue
        findings.push({ key: `${path}#${name}`, message: `${path} reads ${name}: call what reads it in ${known}` })
      }
    }
    return { read: files.length, findings }
  },
  planted: {
    files: { [rule]: asks, [rights]: asks },
    key: `${rights}#rights/shift`,
    corrected: { [rule]: asks, [rights]: text("import { shift } from '@ziv/law'") },
  },
}
