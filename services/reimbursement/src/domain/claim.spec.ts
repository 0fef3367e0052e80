import { isoDate, uuidV5 } from '@ziv/kernel'
import { describe, expect, test } from 'vitest'
import { claimOf, facts, line, personId, provider } from '../testing/facts.ts'
import { assessClaim } from './assess-claim.ts'
import { claimRefused, claimSettled } from './claim.events.ts'
import { claim, claimStream } from './claim.ts'

const today = isoDate('2024-06-10')
const head = { claimId: uuidV5('spec-claim'), channel: 'rest', providerNumber: provider, receivedOn: today } as const
const decide = (
  lines: Parameters<typeof claimOf>[0],
  state = claim.initialState(),
  person: ReturnType<typeof facts>['person'] | null = facts().person,
) =>
  claim.decide(
    { type: 'SettleClaim', head, assessment: assessClaim(claimOf(lines), facts({ person: person ?? undefined })) },
    state,
    {
      today,
    },
  )

describe('a claim', () => {
  test('is settled when a line is paid, with what is paid in all', () => {
    const decision = decide([line(), line({ number: 2, nomenclature: '999935' })])
    if (!decision.ok) throw new Error('refused')
    const [event] = decision.events
    expect(event).toMatchObject({ type: 'ClaimSettled', data: { personId, interventionCents: 1968, settledOn: today } })
    expect(claimSettled.parse(event!.data).lines.map((item) => item.outcome)).toEqual([undefined, 'refused'])
  })

  test('is refused when no line is', () => {
    const decision = decide([line({ nomenclature: '999935' })])
    if (!decision.ok) throw new Error('refused')
    expect(decision.events[0]).toMatchObject({ type: 'ClaimRefused', data: { personId, refusedOn: today } })
  })

  test('of nobody is refused without a person', () => {
    const decision = decide([line()], 'open', null)
    if (!decision.ok) throw new Error('refused')
    const data = claimRefused.parse(decision.events[0]!.data)
    expect(data).toMatchObject({ codes: ['200820'] })
    expect(data).not.toHaveProperty('personId')
  })

  test('is decided once', () => {
    expect(decide([line()], 'settled')).toEqual({ ok: true, events: [] })
    expect(decide([line()], 'refused')).toEqual({ ok: true, events: [] })
  })

  test('is refused in the name of the member it is about, with nobody’s insurer when nobody was', () => {
    const ofMember = decide([line({ nomenclature: '999935' })])
    const ofNobody = decide([line({ careDate: isoDate('2019-12-31') })])
    if (!ofMember.ok || !ofNobody.ok) throw new Error('refused')
    expect(claimRefused.parse(ofMember.events[0]!.data)).toMatchObject({ insurer: '300', ziekenfonds: '306' })
    const data = claimRefused.parse(ofNobody.events[0]!.data)
    expect(data).toMatchObject({ personId, codes: ['200742'] })
    expect(data).not.toHaveProperty('insurer')
    expect(data).not.toHaveProperty('ziekenfonds')
  })

  test('that was decided stays decided, each in a stream of its own', () => {
    for (const [lines, state] of [
      [[line()], 'settled'],
      [[line({ nomenclature: '999935' })], 'refused'],
    ] as const) {
      const decision = decide(lines)
      if (!decision.ok) throw new Error('refused')
      expect(decision.events.reduce(claim.evolve, claim.initialState())).toBe(state)
    }
    expect(claimStream(head.claimId)).toBe(`claim-${head.claimId}`)
  })
})
