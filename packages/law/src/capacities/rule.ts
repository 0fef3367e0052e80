import type { IsoDate } from '@ziv/kernel'
import { UnknownParameter } from '../parameters/errors.ts'
import { perLaw } from '../per-law.ts'
import type { Law, ParameterValue } from '../types.ts'
import type { CapacityRule, CapacityRuleValue } from './schema.ts'

const names = new Map<string, string>()

/** Name under which the law lists a rule of a capacity: `capacities/dependant-child-start`. */
export function parameterNameOf(code: string, rule: CapacityRule): string {
  const key = `${code} ${rule}`
  let name = names.get(key)
  if (name === undefined) {
    const kebab = rule.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
    name = `capacities/${code.toLowerCase().replaceAll('_', '-')}-${kebab}`
    names.set(key, name)
  }
  return name
}

/**
 * What the law says of a capacity on a day. Throws `UnknownParameter` for a capacity (or a rule) that no file describes and
 * `NoValueInForce` for a day before its first value: where the law is silent nothing is decided.
 */
export function capacityRule<R extends CapacityRule>(
  law: Law,
  code: string,
  rule: R,
  day: IsoDate,
): ParameterValue<CapacityRuleValue<R>> {
  try {
    return law.at<CapacityRuleValue<R>>(parameterNameOf(code, rule), day)
  } catch (error) {
    if (!(error instanceof UnknownParameter)) throw error
    throw new UnknownParameter(
      `No capacity is called "${code}" here (its ${rule} was asked for), so nothing is decided in it: if a newer service told it, update this one and release what stands still; else correct the code`,
      { cause: error },
    )
  }
}

/** First day for which the law here says how insurance in a capacity starts: what begins before it nobody can decide. */
export const capacityKnownFrom = perLaw((law, code: string): IsoDate => {
  const name = parameterNameOf(code, 'start')
  const first = law.list().find((parameter) => parameter.name === name)?.values[0]
  if (first === undefined) throw new UnknownParameter(`No capacity is called "${code}"`)
  return first.from
})
