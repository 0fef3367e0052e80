import { createHash } from 'node:crypto'
import type { IsoDate } from '@ziv/kernel'
import type { Law, Parameter, ParameterValue } from '../types.ts'
import { NoValueInForce, UnknownParameter } from './errors.ts'

/** Makes a `Law` of parameters. The version is the digest given, or one made of the values themselves. */
export function lawOf(parameters: readonly Parameter[], version = digestOf(parameters)): Law {
  const sorted = Object.freeze([...parameters].sort((a, b) => (a.name < b.name ? -1 : 1)))
  const byName = new Map(sorted.map((parameter) => [parameter.name, parameter]))

  function parameterNamed(name: string): Parameter {
    const parameter = byName.get(name)
    if (!parameter)
      throw new UnknownParameter(
        `No parameter is called "${name}"; the names are those of parameters/<theme>/<name>.yaml`,
      )
    return parameter
  }

  return Object.freeze({
    version,
    list: () => sorted,
    find<T>(name: string, date: IsoDate): ParameterValue<T> | undefined {
      const value = valueOn(parameterNamed(name), date)
      return value === undefined || value.value === null ? undefined : (value as ParameterValue<T>)
    },
    at<T>(name: string, date: IsoDate): ParameterValue<T> {
      const parameter = parameterNamed(name)
      const value = valueOn(parameter, date)
      if (value === undefined) {
        const first = parameter.values[0]!.from
        throw new NoValueInForce(
          name,
          `Parameter ${name} has no value on ${date}: its first value is in force from ${first}`,
        )
      }
      if (value.value === null) {
        throw new NoValueInForce(
          name,
          `Parameter ${name} has no value on ${date}: the rule ended on ${value.from} (${value.source})`,
        )
      }
      return value as ParameterValue<T>
    },
  })
}

function valueOn(parameter: Parameter, date: IsoDate): ParameterValue | undefined {
  const { values } = parameter
  // newest first: nearly every question is about the last years
  for (let index = values.length - 1; index >= 0; index--) {
    if (values[index]!.from <= date) return values[index]
  }
  return undefined
}

function digestOf(parameters: readonly Parameter[]): string {
  return createHash('sha256').update(JSON.stringify(parameters)).digest('hex').slice(0, 16)
}
