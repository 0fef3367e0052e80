import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadCapacities } from '../capacities/load.ts'
import { parameterNameOf } from '../capacities/rule.ts'
import type { CapacityRule } from '../capacities/schema.ts'

/** A source file by its path from the root of the project. */
export interface Source {
  readonly path: string
  readonly text: string
}

const root = join(import.meta.dirname, '..', '..', '..', '..')
/** Source files without specs, by a pattern from the root. */
export const sourcesOf = (pattern: string): readonly Source[] =>
  globSync(pattern, { cwd: root })
    .filter((path) => !/node_modules|\.spec\.ts$|\/testing/.test(path))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))

/** Where the law is carried out: its rules, its letters, the services, and rows of tariffs, which name the share of the patient. */
export const lawSources = () => ({
  rules: [
    ...sourcesOf('packages/law/src/rules/*.ts'),
    ...sourcesOf('packages/law/src/capacities/{advantage,mending}.ts'),
  ],
  letters: sourcesOf('packages/law/src/render/*.ts'),
  services: sourcesOf('services/*/src/**/*.ts'),
  tariffRows: sourcesOf('services/reimbursement/data/*.csv'),
})

/** Whether a text reads a parameter: a whole name in quotes, or the fixed start of one that ends in a variable. */
export function reads(text: string, name: string): boolean {
  if (new RegExp(`(^|['"\`;,])${name}(['"\`;,]|$)`, 'm').test(text)) return true
  return (
    [...text.matchAll(/`([a-z-]+\/[a-z-]+-)\$\{/g)].some(([, start]) => name.startsWith(start!)) ||
    [...text.matchAll(/apacityRule\([^')]*'(\w+)'/g)].some(([, rule]) => isRuleOfCapacity(name, rule!))
  )
}

/** Rules of capacities are read by the name of the rule, for whatever capacity. */
const isRuleOfCapacity = (name: string, rule: string): boolean =>
  loadCapacities().all.some(({ code }) => name === parameterNameOf(code, rule as CapacityRule))
