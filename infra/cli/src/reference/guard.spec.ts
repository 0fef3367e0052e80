import { isoDate } from '@ziv/kernel'
import { answerableUntil, decisionLetter, exceededErrorLimit, type Law, loadLaw } from '@ziv/law'
import { guardOf, mistakesIn } from '@ziv/law/testing'
import { expect, test } from 'vitest'
import { askedScenarios } from './askers.ts'

const law = loadLaw()

/** What no scenario asks, with the answer that the law gives: a letter, a term, and the errors of a billing file. */
const witnesses: readonly ((law: Law) => boolean)[] = [
  (asked) => {
    const decided = { outcome: 'refused', result: null, grounds: [], repairs: [], confidence: 'verified' } as const
    const day = isoDate('2025-12-01')
    const letter = { language: 'en', decidedOn: day, days: { from: day, to: day }, reference: 'D-1' } as const
    return /within 3\s+months/.test(decisionLetter(decided, letter, asked))
  },
  (asked) => answerableUntil(isoDate('2026-02-02'), asked) === '2026-03-02',
  (asked) => exceededErrorLimit({ lines: 100, errorLines: 6 }, isoDate('2026-02-02'), asked) !== null,
]

/** Mistakes that nothing here notices, by the reason. A line goes when a scenario holds it; a new one is a figure that is not guarded. */
const unnoticed: Readonly<Record<string, readonly string[]>> = {
  'dependants stand beside no other capacity, so that nothing goes before or after them': [
    'capacities/dependant-ascendant-rank: rank 1',
    'capacities/dependant-ascendant-rank: rank 1000',
    'capacities/dependant-child-rank: rank 1',
    'capacities/dependant-child-rank: rank 1000',
    'capacities/dependant-cohabitant-rank: rank 1',
    'capacities/dependant-cohabitant-rank: rank 1000',
    'capacities/dependant-spouse-rank: rank 1',
    'capacities/dependant-spouse-rank: rank 1000',
  ],
  'already first or last of all': ['capacities/employee-rank: rank 1', 'capacities/resident-rank: rank 1000'],
  'nobody can be registered in it yet': [
    'capacities/dependant-ascendant-yields-to: everyOtherUnlessRepair for freeRightOfOnesOwn',
    'capacities/dependant-ascendant-yields-to: nothing for freeRightOfOnesOwn',
    'capacities/dependant-cohabitant-yields-to: everyOtherUnlessRepair for freeRightOfOnesOwn',
    'capacities/dependant-cohabitant-yields-to: nothing for freeRightOfOnesOwn',
    'capacities/unaccompanied-minor-end: childAgeLimit for asReported',
    'capacities/unaccompanied-minor-yields-to: nothing for everyOtherUnlessRepair',
  ],
}

test('every value of the law that a rule reads is missed by a scenario when it is wrong, or says why not', () => {
  expect(witnesses.map((holds) => holds(law))).toEqual([true, true, true])
  const mistakes = mistakesIn(law)
  const mistaken = new Set(mistakes.map(({ name }) => name))
  const never = law.list().filter(({ name, waitingFor }) => waitingFor === undefined && !mistaken.has(name))
  // only a rule of which one version stands here can be nothing else
  expect(never.filter(({ unit }) => unit !== 'rule')).toEqual([])
  const isNoticed = guardOf(askedScenarios(), law)
  const missed = mistakes.filter((mistake) => !isNoticed(mistake) && witnesses.every((holds) => holds(mistake.law)))
  const names = (all: readonly string[]) => all.toSorted()
  expect(names(missed.map(({ name, what }) => `${name}: ${what}`))).toEqual(names(Object.values(unnoticed).flat()))
})
