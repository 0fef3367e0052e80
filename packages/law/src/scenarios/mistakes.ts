import { type CapacityRules, capacityRules } from '../capacities/schema.ts'
import { datedRules } from '../dated-rule.ts'
import { reformLaw } from '../parameters/reform.ts'
import type { Law, ParameterValue, Ratio } from '../types.ts'
import { checkScenario } from './run.ts'
import type { Scenario } from './schema.ts'
import type { Questions } from './vocabulary.ts'

/** A value of the law mistaken in the smallest way, and the law as it would then stand. */
export interface Mistake {
  readonly name: string
  readonly what: string
  readonly law: Law
}

type Value = ParameterValue['value']

/** Every smallest mistake in the parameters that rules read: a figure one more, or another of the rules that stand here. */
export function mistakesIn(law: Law): readonly Mistake[] {
  return law
    .list()
    .filter(({ waitingFor }) => waitingFor === undefined)
    .flatMap(({ name, values }) =>
      changesOf(name, values[0]?.value as Value).map(({ what, change }) => {
        const changed = values.map(({ from, value }) => ({ from, value: change(value) as Value, source: 'a mistake' }))
        return { name, what, law: reformLaw(law, { [name]: changed }) }
      }),
    )
}

/** A scenario and the questions of whoever asks it. */
export interface Asked {
  readonly scenario: Scenario
  readonly questions: Questions
}

/** Whether a scenario has another outcome under a mistaken law. */
function notices({ scenario, questions }: Asked, { law }: Mistake): boolean {
  try {
    return checkScenario(scenario, law, questions).length > 0
  } catch {
    return true
  }
}

/** Whether the answer to a scenario reads a value of the law; one that goes through the whole list reads them all. */
function readsOf({ scenario, questions }: Asked, law: Law): (name: string) => boolean {
  const names = new Set<string>()
  let all = false
  // an object of its own, so that nothing resolved for another scenario spares a look
  const watched: Law = {
    version: law.version,
    at: (name, date) => law.at(names.add(name) && name, date),
    find: (name, date) => law.find(names.add(name) && name, date),
    list: () => {
      all = true
      return law.list()
    },
  }
  checkScenario(scenario, watched, questions)
  return (name) => all || names.has(name)
}

/** Whether one of some scenarios notices a mistake. Only those are asked whose answer reads the value mistaken. */
export function guardOf(asked: readonly Asked[], law: Law): (mistake: Mistake) => boolean {
  const reading = asked.map((one) => ({ one, reads: readsOf(one, law) }))
  return (mistake) => reading.some(({ one, reads }) => reads(mistake.name) && notices(one, mistake))
}

interface Change {
  readonly what: string
  readonly change: (value: Value) => unknown
}

function changesOf(name: string, value: Value): readonly Change[] {
  // a rank says which goes before which: it is mistaken when its capacity goes last, or first
  if (/^capacities\/.*-rank$/.test(name)) return [1, 1000].map((rank) => ({ what: `rank ${rank}`, change: () => rank }))
  const choices = datedRules.get(name) ?? choicesOfCapacity(name)
  if (choices === undefined) return [{ what: 'one more', change: nudge }]
  // a file in which one of these stands elsewhere than with dependants cannot be loaded
  const ofDependants = ['followsHolder', 'freeRightOfOnesOwn']
  const allowed = value === 'followsHolder' ? [] : choices.filter((choice) => !ofDependants.includes(choice))
  return allowed
    .filter((choice) => choice !== value)
    .map((choice) => ({ what: `${choice} for ${String(value)}`, change: () => choice }))
}

/** Values that a rule of a capacity can have, by the longest name that fits; undefined for a figure. */
function choicesOfCapacity(name: string): readonly string[] | undefined {
  if (!name.startsWith('capacities/')) return undefined
  const kebab = (rule: string): string => rule.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  const [rule] = (Object.keys(capacityRules) as (keyof CapacityRules)[])
    .filter((one) => name.endsWith(`-${kebab(one)}`))
    .sort((a, b) => b.length - a.length)
  return rule && capacityRules[rule]
}

/** One more, one percent more, a month earlier. */
function nudge(value: Value): unknown {
  if (typeof value === 'number') return value + 1
  if (typeof value === 'string') return value.replace(/^\d\d/, (month) => String(Number(month) - 1).padStart(2, '0'))
  const table = value as Record<string, unknown>
  if ('numerator' in table) {
    const { numerator, denominator } = value as Ratio
    return { numerator: numerator + 1, denominator }
  }
  return Object.fromEntries(Object.entries(table).map(([key, one]) => [key, nudge(one as Value)]))
}
