import { type IsoDate, isoDate } from '@ziv/kernel'
import { parseDocument } from 'yaml'
import type { z } from 'zod'
import type { Parameter, ParameterValue, Unit } from '../types.ts'
import { convertValue } from './convert.ts'
import { InvalidParameterFile } from './errors.ts'
import { type ParameterFile, parameterFile } from './schema.ts'

/** Reads one parameter file. Throws `InvalidParameterFile` with every problem at once. */
export function parseParameter(name: string, text: string, file: string): Parameter {
  return toParameter(name, readYaml(text, file, parameterFile), file)
}

/** The content of a file of the law in the form of its schema. Throws `InvalidParameterFile` with every problem at once. */
export function readYaml<S extends z.ZodType>(text: string, file: string, schema: S): z.output<S> {
  const document = parseDocument(text, { uniqueKeys: true, prettyErrors: true })
  const faults = [...document.errors, ...document.warnings].map((fault) => fault.message.trim())
  if (faults.length > 0) throw new InvalidParameterFile(file, faults)
  const parsed = schema.safeParse(document.toJS())
  if (!parsed.success) throw new InvalidParameterFile(file, parsed.error.issues.map(describeIssue))
  return parsed.data
}

function describeIssue(issue: { path: PropertyKey[]; message: string }): string {
  return `${issue.path.map(String).join('.') || 'file'}: ${issue.message}`
}

/** A checked file as a parameter. Throws `InvalidParameterFile` when its dates or values are not right. */
export function toParameter(name: string, content: ParameterFile, file: string): Parameter {
  const problems: string[] = []
  const values: ParameterValue[] = []
  for (const [from, dated] of Object.entries(content.values)) {
    const previous = values.at(-1)
    if (previous && previous.from >= from) problems.push(`values: ${from} stands after ${previous.from}; dates ascend`)
    values.push(toValue(name, content.unit, isoDate(from), dated, problems))
  }
  if (problems.length > 0) throw new InvalidParameterFile(file, problems)
  const { description, unit, waitingFor } = content
  return Object.freeze({ name, description, unit, ...(waitingFor && { waitingFor }), values: Object.freeze(values) })
}

function toValue(
  name: string,
  unit: Unit,
  from: IsoDate,
  dated: ParameterFile['values'][string],
  problems: string[],
): ParameterValue {
  const { source, confidence } = dated
  let value: unknown = null
  try {
    value = convertValue(dated.value, unit)
  } catch (error) {
    problems.push(`values.${from}.value: ${error instanceof Error ? error.message : String(error)}`)
  }
  return Object.freeze({ name, value, unit, from, source, confidence, checkedOn: isoDate(dated.checkedOn) })
}
