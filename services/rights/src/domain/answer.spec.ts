import { loadLaw } from '@ziv/law'
import { expect, it } from 'vitest'
import { answerOn } from './answer.ts'
import { dossierOf } from './facts.ts'
import { assessed, capacity, capacityEnd, day, joined } from './testing-facts.ts'
import { timelineOf } from './timeline.ts'

it('tells who waits after a lapse why, until when, and what takes the waiting away', () => {
  const dossier = dossierOf('person', [
    joined('2020-01-01'),
    capacity('RESIDENT', '2020-01-01', { capacityId: 'old' }),
    capacityEnd('old', '2022-12-31'),
    capacity('STUDENT', '2025-04-01'),
    ...[2020, 2021, 2022].map((year) => assessed(year, false, { regime: 'personal' })),
  ])
  const timeline = timelineOf(dossier, { rules: { law: loadLaw() }, decidedThrough: 2025, holders: new Map() })
  const waiting = answerOn(dossier, timeline, day('2025-07-01'), 2025)
  expect(waiting).toMatchObject({
    inOrder: false,
    reason: 'waitingPeriod',
    decision: { kind: 'opening', outcome: 'refused', from: '2025-04-01', to: '2025-09-30', capacity: 'STUDENT' },
  })
  expect(waiting.decision?.grounds[0]).toMatchObject({ rule: 'opening.waitingPeriod', article: 'ZIV-besluit art. 130' })
  expect(waiting.decision?.repairs).toMatchObject([{ kind: 'payLapsed', until: '2027-12-31' }])
  expect(answerOn(dossier, timeline, day('2025-10-01'), 2025)).toMatchObject({ inOrder: true, reason: null })
})
