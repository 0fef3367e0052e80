import { optionalHoles } from '@ziv/law/testing'
import { expect, test } from 'vitest'
import { askedScenarios } from './askers.ts'

/** Inputs that are always set, or never, with the reason; a line goes when a scenario tells the other case. */
const excused: Readonly<Record<string, string>> = {}

test('every input that may be left out is set in a scenario and left out in another', () => {
  const holes = optionalHoles(askedScenarios()).map(({ input, never }) => `${input}: never ${never}`)
  expect(holes.toSorted()).toEqual(Object.keys(excused).toSorted())
})
