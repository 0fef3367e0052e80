import { isoDate, uuidV5 } from '@ziv/kernel'
import { describe, expect, test } from 'vitest'
import { claimOf, facts, line, personId, provider } from '../testing/facts.ts'
import { assessClaim } from './assess-claim.ts'
import { claimRefused, claimSettled } from './claim.events.ts'
import { claim } from './claim.ts'

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
})
