import type { Law, ParameterValue } from '../types.ts'
import { UnknownParameter } from './errors.ts'
import { lawOf } from './law.ts'

/** A changed value: the figure from a day on, with why. Amounts in cents, percent and ratio as `Ratio`. */
export type ReformedValue = Pick<ParameterValue, 'from' | 'value' | 'source'>

/**
 * The law with other values for some parameters, for simulations. A reformed value replaces everything of that parameter from its
 * day on and is `assumed`; the version differs from that of the law it started from.
 */
export function reformLaw(law: Law, reform: Readonly<Record<string, readonly ReformedValue[]>>): Law {
  const known = new Set(law.list().map((parameter) => parameter.name))
  for (const name of Object.keys(reform)) {
    if (!known.has(name))
      throw new UnknownParameter(`No parameter is called "${name}"; a reform changes existing parameters`)
  }
  const parameters = law.list().map((parameter) => {
    const changes = [...(reform[parameter.name] ?? [])].sort((a, b) => (a.from < b.from ? -1 : 1))
    const first = changes[0]
    if (!first) return parameter
    const kept = parameter.values.filter((value) => value.from < first.from)
    const changed = changes.map((change) =>
      Object.freeze({
        ...change,
        name: parameter.name,
        unit: parameter.unit,
        confidence: 'assumed' as const,
        checkedOn: change.from,
      }),
    )
    return Object.freeze({ ...parameter, values: Object.freeze([...kept, ...changed]) })
  })
  return lawOf(parameters)
}
