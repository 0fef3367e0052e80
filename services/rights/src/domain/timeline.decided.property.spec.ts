import fc from 'fast-check'
import { expect, it } from 'vitest'
import { anyLife, dependantLife, fold, holderLife, paying } from '../testing/lives.ts'
import { dossierOf } from './facts.ts'
import { timelineOfDecisions } from './timeline.ts'

it('decisions that were taken give their days again, in whatever order a store gives them', () => {
  const lives = fc.tuple(fc.oneof(anyLife, dependantLife), fc.oneof(holderLife, paying))
  const taken = lives.map(([facts, holder]) => ({ dossier: dossierOf('person', facts), ...fold(facts, holder) }))
  const shuffled = taken.chain((one) =>
    fc.tuple(fc.constant(one), fc.shuffledSubarray([...one.decisions], { minLength: one.decisions.length })),
  )
  fc.assert(
    fc.property(shuffled, ([{ dossier, periods }, decisions]) => {
      expect(timelineOfDecisions(dossier, decisions).periods).toEqual(periods)
    }),
  )
})
