import { given } from '@ziv/kernel/testing'
import { loadLaw } from '@ziv/law'
import { describe, expect, it } from 'vitest'
import { basisOf, basisTree, part } from './basis.ts'
import { schemas } from './entitlement.events.ts'
import { decided, entitlement, entitlementStream, personOfStream } from './entitlement.ts'
import { dossierOf } from './facts.ts'
import { assessed, capacity, joined } from './testing-facts.ts'
import { timelineOf } from './timeline.ts'

const personId = '0198c1a2-7f00-7000-8000-0000000000aa'
const rules = { law: loadLaw() }
const decisionOf2025 = (met: boolean) => {
  const facts = [joined('2020-01-01'), capacity('EMPLOYEE', '2023-01-01'), assessed(2023, met)]
  const timeline = timelineOf(dossierOf(personId, facts), { rules, decidedThrough: 2025, holders: new Map() })
  return timeline.decisions.find(({ year }) => year === 2025) as (typeof timeline.decisions)[number]
}
const refused = decisionOf2025(false)
const granted = decisionOf2025(true)
const because = ['0198c1a2-7f00-7000-8000-0000000000bb']
const withdrawn = (decisionId: string) =>
  ({ type: 'RightWithdrawn', version: 1, data: { decisionId, personId, because } }) as const
const reinstated = (decisionId: string) =>
  ({ type: 'RightReinstated', version: 1, data: { decisionId, personId } }) as const

describe('the decisions of a year', () => {
  it('are recorded once: the same facts give no second event', () => {
    given(entitlement)
      .on(undefined)
      .when({ personId, because, desired: [granted] })
      .then(decided(granted))
    given(entitlement, decided(granted))
      .on(undefined)
      .when({ personId, because, desired: [granted] })
      .then()
  })

  it('are replaced by withdrawal, never overwritten, when a late slip arrives', () => {
    given(entitlement, decided(refused))
      .on(undefined)
      .when({ personId, because, desired: [granted] })
      .then(withdrawn(refused.decisionId), decided(granted))
  })

  it('stand again under their own name when the correction is taken back', () => {
    given(entitlement, decided(refused), withdrawn(refused.decisionId), decided(granted))
      .on(undefined)
      .when({ personId, because, desired: [refused] })
      .then(withdrawn(granted.decisionId), reinstated(refused.decisionId))
  })

  it('fall away when nothing is left to decide', () => {
    given(entitlement, decided(granted))
      .on(undefined)
      .when({ personId, because, desired: [] })
      .then(withdrawn(granted.decisionId))
  })

  it('stay while the days change: another insurer is told as a revision of days', () => {
    given(entitlement, decided(granted))
      .on(undefined)
      .when({ personId, because, desired: [granted], daysChangedFrom: '2025-07-01' })
      .then({ type: 'DaysRevised', version: 1, data: { personId, changedFrom: '2025-07-01' } })
  })

  it('tell no revision of days beside another decision: that one is the news', () => {
    given(entitlement, decided(refused))
      .on(undefined)
      .when({ personId, because, desired: [granted], daysChangedFrom: '2025-07-01' })
      .then(withdrawn(refused.decisionId), decided(granted))
  })

  it('are as they were after a revision of their days', () => {
    const revised = { type: 'DaysRevised', version: 1, data: { personId, changedFrom: '2025-07-01' } } as const
    given(entitlement, decided(granted), revised)
      .on(undefined)
      .when({ personId, because, desired: [granted] })
      .then()
  })

  it('have a stream for each person and year, which names its person', () => {
    const streams = [entitlementStream(personId, 2025), entitlementStream(personId, 2026)]
    expect(new Set(streams).size).toBe(2)
    expect(streams.map(personOfStream)).toEqual([personId, personId])
  })

  it('are written in the shape that readers of the stream expect', () => {
    expect(schemas.RightDecided.parse(granted)).toMatchObject({ year: 2025, outcome: 'granted' })
    const { id: basis } = basisOf(granted)
    expect(schemas.RightDecided.parse({ basis, values: part(granted, basisTree()).values })).toMatchObject({ basis })
    expect(schemas.RightWithdrawn.parse(withdrawn(granted.decisionId).data)).toBeDefined()
  })
})
