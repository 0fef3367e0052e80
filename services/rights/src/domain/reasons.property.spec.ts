import { yearOf } from '@ziv/kernel'
import { lastDayOfCapacity } from '@ziv/law'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { anyDay, anyLife, holderLife, rules } from '../testing/lives.ts'
import { answerOn } from './answer.ts'
import { dossierOf } from './facts.ts'
import { holderTimelines, timelineOf } from './timeline.ts'

const decidedThrough = 2024

it('a day without a right has the reason of that day: no default stands in for another', () => {
  fc.assert(
    fc.property(anyLife, holderLife, anyDay, (facts, holderFacts, on) => {
      const dossier = dossierOf('person', facts)
      const context = { rules, decidedThrough }
      const holders = holderTimelines(dossier, new Map([['holder', dossierOf('holder', holderFacts)]]), context)
      const timeline = timelineOf(dossier, { ...context, holders })
      const { reason, holder } = answerOn(dossier, timeline, on, { ...rules, decidedThrough, holders })
      if (reason === 'notDecidedYet') expect(yearOf(on)).toBeGreaterThan(decidedThrough)
      if (reason === 'holderNotInOrder') expect(holder?.answer.reason).not.toBeNull()
      expect(holder === null).toBe(reason !== 'holderNotInOrder')
      if (reason !== 'rightEnded') return
      const running = dossier.capacities.filter((spell) => {
        const last = lastDayOfCapacity({ ...spell, birthDate: dossier.birthDate }, rules.law)
        return spell.from <= on && (last === null || last >= on)
      })
      expect(running).toEqual([])
    }),
    { numRuns: 400 },
  )
})
