import { fileURLToPath } from 'node:url'
import type { Stryker } from '@stryker-mutator/core'

export type Mutant = Awaited<ReturnType<Stryker['runMutationTest']>>[number]
const NOTICED = ['Killed', 'Timeout']
const MISSED = ['Survived', 'NoCoverage']
const STEP = 100

/** Folder that the names of files begin at. */
export const root = fileURLToPath(new URL('../../../', import.meta.url))

/** Share of the mutants that a spec noticed, with those that were ended by their time. */
export function percent(mutants: readonly Mutant[]): string {
  const noticed = mutants.filter(({ status }) => NOTICED.includes(status)).length
  const judged = noticed + mutants.filter(({ status }) => MISSED.includes(status)).length
  const slow = mutants.filter(({ status }) => status === 'Timeout').length
  return `${judged === 0 ? '-' : ((100 * noticed) / judged).toFixed(1)} % of ${judged}${slow === 0 ? '' : ` (${slow} by their time)`}`
}

const place = ({ fileName, location, mutatorName, replacement }: Mutant): string =>
  `  ${fileName.slice(root.length)}:${location.start.line}:${location.start.column} ${mutatorName} ${(replacement ?? '').replaceAll(/\s+/g, ' ').slice(0, 80)}`

/** A folder can take half an hour: each mutant that no spec notices is told at once, so that work on it can begin. */
const told = () => {
  const tested: Mutant[] = []
  let planned = 0
  return {
    onMutationTestingPlanReady: ({ mutantPlans }: { readonly mutantPlans: readonly { readonly plan: string }[] }) => {
      planned = mutantPlans.filter(({ plan }) => plan === 'Run').length
    },
    onMutantTested: (mutant: Mutant) => {
      if (mutant.status === 'Ignored') return
      tested.push(mutant)
      if (MISSED.includes(mutant.status)) process.stdout.write(`${place(mutant)}\n`)
      if (tested.length % STEP === 0) process.stdout.write(`after ${tested.length} of ${planned}: ${percent(tested)}\n`)
    },
  }
}

/**
 * As Stryker finds a reporter of ours.
 * @public
 */
export const strykerPlugins = [{ kind: 'Reporter', name: 'told', factory: told }]
