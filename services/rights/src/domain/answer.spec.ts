import type { Instant } from '@ziv/kernel'
import { loadLaw } from '@ziv/law'
import { describe, expect, it } from 'vitest'
import { answerOn, decisionOn } from './answer.ts'
import { dossierOf, type Fact } from './facts.ts'
import { assessed, capacity, capacityEnd, capacityRequested, day, died, joined } from './testing-facts.ts'
import { timelineOf } from './timeline.ts'

const of = (decidedThrough: number) => ({ law: loadLaw(), decidedThrough, holders: new Map() })

it('tells who waits after a lapse why, until when, and what takes the waiting away', () => {
  const dossier = dossierOf('person', [
    joined('2020-01-01'),
    capacity('RESIDENT', '2020-01-01', { capacityId: 'old' }),
    capacityEnd('old', '2022-12-31'),
    capacity('STUDENT', '2025-04-01'),
    ...[2020, 2021, 2022].map((year) => assessed(year, false, { regime: 'personal' })),
    assessed(2025, true, { regime: 'personal' }),
  ])
  const timeline = timelineOf(dossier, { rules: { law: loadLaw() }, decidedThrough: 2025, holders: new Map() })
  const waiting = answerOn(dossier, timeline, day('2025-07-01'), of(2025))
  expect(waiting).toMatchObject({
    inOrder: false,
    reason: 'waitingPeriod',
    decision: { kind: 'opening', outcome: 'refused', from: '2025-04-01', to: '2025-09-30', capacity: 'STUDENT' },
  })
  expect(waiting.decision?.grounds[0]).toMatchObject({ rule: 'opening.waitingPeriod', article: 'ZIV-besluit art. 130' })
  expect(waiting.decision?.repairs).toMatchObject([{ kind: 'payLapsed', until: '2027-12-31' }])
  expect(answerOn(dossier, timeline, day('2025-10-01'), of(2025))).toMatchObject({ inOrder: true, reason: null })
})

describe('the decision of a day', () => {
  const rules = { law: loadLaw() }
  const lapsed = [
    joined('2019-01-01'),
    capacity('EMPLOYEE', '2019-01-01', { capacityId: 'old' }),
    capacityEnd('old', '2022-12-31'),
    ...[2019, 2020, 2021].map((year) => assessed(year, year < 2021)),
  ]
  const fold = (...more: readonly Fact[]) => {
    const dossier = dossierOf('person', [...lapsed, ...more])
    return { dossier, timeline: timelineOf(dossier, { rules, decidedThrough: 2024, holders: new Map() }) }
  }

  it('is the refusal until the right opens anew in the year, and the opening from then on', () => {
    const { timeline } = fold(assessed(2022, false), capacity('EMPLOYEE', '2024-04-01'))
    const of2024 = timeline.decisions.filter(({ from, to }) => from <= '2024-12-31' && to >= '2024-01-01')
    expect(of2024).toMatchObject([
      { outcome: 'refused', from: '2024-01-01', to: '2024-03-31' },
      { outcome: 'granted', from: '2024-04-01', to: '2025-12-31' },
    ])
    expect(decisionOn(timeline, day('2024-03-31'))).toMatchObject({ outcome: 'refused' })
    expect(decisionOn(timeline, day('2024-04-01'))).toMatchObject({ outcome: 'granted' })
  })

  it('is none when no decision is about the day, whatever was decided before', () => {
    const { dossier, timeline } = fold(assessed(2022, false))
    expect(decisionOn(timeline, day('2026-03-01'))).toBeNull()
    expect(answerOn(dossier, timeline, day('2018-03-01'), of(2024))).toMatchObject({ inOrder: false, decision: null })
  })
})

it('a capacity that waits for others answers what it waits for, until it is acquired or refused', () => {
  const requested = capacityRequested('RESIDENT', '2024-02-10')
  const answerTo = (...facts: readonly Fact[]) => {
    const dossier = dossierOf('person', [joined('2024-01-01'), ...facts])
    const timeline = timelineOf(dossier, { rules: { law: loadLaw() }, decidedThrough: 2024, holders: new Map() })
    return answerOn(dossier, timeline, day('2024-03-01'), of(2024)).reason
  }
  expect(answerTo(requested)).toBe('capacityPending')
  expect(answerTo()).toBe('noCapacity')
  const later = { recordedAt: '2024-04-01T00:00:00.000Z', capacityId: 'RESIDENT-2024-02-10' }
  expect(answerTo(requested, capacity('RESIDENT', '2024-01-01', later))).toBeNull()
  const refused = { ...later, id: 'refused', sequence: 1, insurer: '300', ziekenfonds: '306', kind: 'refused' }
  expect(answerTo(requested, refused as Fact)).toBe('noCapacity')
})

describe('the explanation of a reference year', () => {
  const place = { id: 'settled', recordedAt: '2025-02-01T00:00:00.000Z' as Instant, sequence: 2 }
  const grounds = [
    { rule: 'minimum.wage', article: 'ZIV-besluit art. 286', satisfied: false, facts: [], parameters: [] },
  ]
  const repairs = [
    {
      rule: 'minimum.wage',
      kind: 'payComplement',
      params: { referenceYear: 2023, payCents: 16_351 },
      until: day('2028-12-31'),
    },
  ]
  const settled = assessed(2023, false, { ...place, explanation: { ...place, met: false, grounds, repairs } })
  const slip = assessed(2023, false, { id: 'slip', sequence: 3, recordedAt: '2025-02-02T00:00:00.000Z' })
  const refusalOf = (...facts: readonly Fact[]) => {
    const dossier = dossierOf('person', [joined('2023-01-01'), capacity('EMPLOYEE', '2023-01-01'), ...facts])
    const timeline = timelineOf(dossier, { rules: { law: loadLaw() }, decidedThrough: 2025, holders: new Map() })
    return decisionOn(timeline, day('2025-03-01'))
  }

  it('is that of contributions word for word: its grounds, its repairs, and no repair of our own', () => {
    for (const facts of [[settled], [settled, slip], [slip, settled]]) {
      const refusal = refusalOf(...facts)
      expect(refusal?.grounds).toEqual(expect.arrayContaining(grounds))
      expect(refusal?.repairs).toMatchObject([
        { kind: 'payComplement', params: repairs[0]?.params, until: '2028-12-31' },
      ])
    }
  })

  it('of a year for which nothing came in is what the law says of nothing, settled or not', () => {
    const facts = [joined('2022-07-01', { birthDate: day('2003-05-14') }), capacity('STUDENT', '2022-07-01')]
    const dossier = dossierOf('person', facts)
    const timeline = timelineOf(dossier, { rules: { law: loadLaw() }, decidedThrough: 2024, holders: new Map() })
    const refusal = decisionOn(timeline, day('2024-03-01'))
    expect(refusal?.grounds[1]).toMatchObject({ rule: 'minimum.personal', satisfied: false })
    const params = { referenceYear: 2022, quarters: '2022Q3 2022Q4', shortCents: 11_672 }
    expect(refusal?.repairs).toEqual([
      { rule: 'prolongation.contributions', kind: 'payQuarters', params, until: '2027-12-31' },
    ])
  })

  it('of a year without a capacity and a contribution asks for the capacity, and names no amount', () => {
    const facts = [joined('2019-01-01'), capacity('EMPLOYEE', '2019-01-01', { capacityId: 'work' })]
    const paid = [2019, 2020, 2021].map((year) => assessed(year, true))
    const dossier = dossierOf('person', [...facts, ...paid, capacityEnd('work', '2021-12-31')])
    const timeline = timelineOf(dossier, { rules: { law: loadLaw() }, decidedThrough: 2024, holders: new Map() })
    const refusal = decisionOn(timeline, day('2024-03-01'))
    const named = refusal?.grounds.flatMap(({ facts: used }) => used.filter(({ name }) => name.endsWith('Cents')))
    expect(named?.filter(({ value }) => value !== null && value !== 0)).toEqual([])
    expect(refusal?.grounds).toContainEqual(expect.objectContaining({ rule: 'minimum.unknown', satisfied: false }))
    expect(refusal?.repairs.map(({ kind }) => kind)).toEqual(['proveCapacity', 'residentRegistration', 'proveCapacity'])
    expect(refusal?.repairs.at(-1)?.params).toMatchObject({ capacities: expect.stringMatching(/\bEMPLOYEE\b/) })
    const dead = dossierOf('person', [...facts, ...paid, capacityEnd('work', '2021-12-31'), died('2024-05-01')])
    const then = timelineOf(dead, { rules: { law: loadLaw() }, decidedThrough: 2024, holders: new Map() })
    // nobody can give the dead a capacity any more
    expect(decisionOn(then, day('2024-03-01'))).toMatchObject({ outcome: 'refused', repairs: [] })
  })

  it('tells no amount of its own: a wage that is short is not to be paid, nor what a fund said is due', () => {
    const short = assessed(2023, false, { shortCents: 222_464 })
    expect(refusalOf(short)?.repairs).toMatchObject([{ kind: 'proveContributions', params: { referenceYear: 2023 } }])
    const unpaid = assessed(2023, false, { regime: 'selfEmployed', shortCents: 85_000 })
    expect(refusalOf(unpaid)?.repairs).toMatchObject([{ kind: 'proveContributions' }])
  })

  it('asks for other amounts in a decision of another name', () => {
    const told = (birth: string) => {
      const facts = [joined('2023-01-01', { birthDate: day(birth) }), capacity('EMPLOYEE', '2023-01-01')]
      const timeline = timelineOf(dossierOf('person', facts), {
        ...{ rules: { law: loadLaw() }, decidedThrough: 2025, holders: new Map() },
      })
      return decisionOn(timeline, day('2025-03-01'))?.decisionId
    }
    expect(told('2003-05-14')).not.toBe(told('1990-05-14'))
  })

  it('is not shown with another outcome than the one it explains', () => {
    const met = assessed(2023, true, { id: 'met', sequence: 4, recordedAt: '2025-02-03T00:00:00.000Z' })
    expect(refusalOf(settled, met)).toMatchObject({ outcome: 'granted', repairs: [] })
    expect(refusalOf(settled, met)?.grounds.map(({ rule }) => rule)).not.toContain('minimum.wage')
  })
})
