import type { IsoDate } from '@ziv/kernel'
import { UnknownParameter } from './parameters/errors.ts'
import type { Law, ParameterValue } from './types.ts'

/** The version of a rule in force on a day, and the parameter that names it, to be cited. */
export type DatedRule<V> = (
  law: Law,
  day: IsoDate,
) => { readonly version: V; readonly parameter: ParameterValue<string> }

/** Versions of every dated rule, by the parameter that chooses among them. */
export const datedRules = new Map<string, readonly string[]>()

/**
 * A rule of which versions follow one another, or of which two readings exist: the parameter (unit `rule`) names the version in force
 * on a day, so that a change of the law is a new dated value beside the old one and a new version beside the old function. Throws
 * `NoValueInForce` before the first value, and `UnknownParameter` for a version that does not stand here: nothing is taken instead.
 */
export function datedRule<V>(name: string, versions: Readonly<Record<string, V>>): DatedRule<V> {
  datedRules.set(name, Object.keys(versions))
  return (law, day) => {
    const parameter = law.at<string>(name, day)
    if (!Object.hasOwn(versions, parameter.value)) {
      const known = Object.keys(versions).join(', ')
      throw new UnknownParameter(
        `${name} names the version "${parameter.value}" from ${parameter.from}; known: ${known}`,
      )
    }
    return { version: versions[parameter.value] as V, parameter }
  }
}
