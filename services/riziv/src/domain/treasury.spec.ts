import { addDays, cents, foldEvents, isoDate } from '@ziv/kernel'
import { given } from '@ziv/kernel/testing'
import { budgetShares, loadLaw } from '@ziv/law'
import { describe, expect, it } from 'vitest'
import { advance } from './advance.ts'
import { budget } from './budget.ts'
import { balancedEntry, credit, debit } from './ledger.ts'
import { type Receipt, receipt } from './receipt.ts'
import { settlement } from './settlement.ts'
import { advanceEntry, receiptEntry } from './treasury.ts'
import { yearBasis } from './year-basis.ts'

const law = loadLaw()

describe('a receipt', () => {
  const today = isoDate('2024-01-06')
  const money: Receipt = {
    receiptId: 'r1',
    source: 'rsz',
    amountCents: cents(125_000),
    receivedOn: isoDate('2024-01-05'),
  }
  const booked = { type: 'ReceiptBooked', version: 1, data: { ...money, entry: receiptEntry(money) } } as const

  it('is booked once', () => {
    given(receipt).on({ today }).when(money).then(booked)
    given(receipt, booked).on({ today }).when(money).then()
  })

  it('of a day to come is refused, that of today is booked', () => {
    given(receipt)
      .on({ today })
      .when({ ...money, receivedOn: isoDate('2024-01-07') })
      .thenRejected('receivedInFuture', { receivedOn: '2024-01-07' })
    expect(
      given(receipt)
        .on({ today })
        .when({ ...money, receivedOn: today }).decision.ok,
    ).toBe(true)
  })

  it('with another amount under the same reference is refused', () => {
    given(receipt, booked)
      .on({ today })
      .when({ ...money, amountCents: cents(1) })
      .thenRejected('receiptDiffers', { amountCents: 125_000, receivedOn: '2024-01-05' })
  })

  it.each([
    ['of another day', { receivedOn: isoDate('2024-01-06') }],
    ['from another source', { source: 'state' }],
  ] as const)('%s under the same reference is refused', (_name, changes) => {
    given(receipt, booked)
      .on({ today })
      .when({ ...money, ...changes })
      .thenRejected('receiptDiffers')
  })
})

describe('a budget', () => {
  const set = (objective: number) =>
    ({ type: 'BudgetSet', version: 1, data: { year: 2024, objectiveCents: cents(objective) } }) as const

  it('is set for the first time whatever was paid: there was nothing to pay on', () => {
    for (const distributed of [false, true]) given(budget).on({ distributed }).when(set(100).data).then(set(100))
  })

  it('can change until money is paid on it', () => {
    given(budget, set(100)).on({ distributed: false }).when(set(200).data).then(set(200))
    given(budget, set(100)).on({ distributed: true }).when(set(100).data).then()
    given(budget, set(100)).on({ distributed: true }).when(set(200).data).thenRejected('budgetDiffers', { year: 2024 })
  })
})

it('the expenditure that the advances of a year are divided by stays as it was fixed first', () => {
  const fixed = (basis: Readonly<Record<string, number>>) =>
    ({ type: 'BasisFixed', version: 1, data: { year: 2025, basis } }) as const
  const first = fixed({ '100': 60, '300': 40 })
  given(yearBasis).on(undefined).when(first.data).then(first)
  given(yearBasis, first)
    .on(undefined)
    .when(fixed({ '100': 61, '300': 40 }).data)
    .then()
  expect(foldEvents(yearBasis, [first])).toEqual({ '100': 60, '300': 40 })
})

describe('the advances of a month', () => {
  const command = { distributionId: 'd1', month: '2024-03' }
  const shares = [
    { insurer: '100', amountCents: cents(60) },
    { insurer: '300', amountCents: cents(40) },
  ]
  const groundsDigest = 'ab'.repeat(32)
  const paidOn = isoDate('2024-03-01')
  const facts = { shares, availableCents: cents(100), paidOn, settled: false, groundsDigest }
  const entry = advanceEntry({ ...command, paidOn: facts.paidOn, shares })
  const paid = { type: 'AdvancesPaid', version: 1, data: { ...command, paidOn, shares, entry, groundsDigest } } as const

  it('are paid when the last cent of them is at the bank, and only once', () => {
    given(advance).on(facts).when(command).then(paid)
    given(advance, paid).on(facts).when(command).then()
  })

  it('are refused before their month begins, and after their year was settled', () => {
    const on = (paidOn: string, settled = false) =>
      given(advance)
        .on({ ...facts, paidOn: isoDate(paidOn), settled })
        .when(command)
    const begins = `${command.month}-01`
    on(addDays(isoDate(begins), -1)).thenRejected('monthNotBegun', { month: command.month, begins })
    expect(on(begins).decision.ok).toBe(true)
    const year = Number(command.month.slice(0, 4))
    on('2025-07-01', true).thenRejected('yearSettled', { month: command.month, year })
    given(advance, paid)
      .on({ ...facts, settled: true })
      .when(command)
      .then()
  })

  it('are refused when one cent is missing', () => {
    given(advance)
      .on({ ...facts, availableCents: cents(99) })
      .when(command)
      .thenRejected('receiptsNotEnough', { availableCents: 99, neededCents: 100 })
  })
})

describe('the settlement of a year', () => {
  const actual = (hundred: number, three: number) => {
    const objectiveCents = cents(1_000_000)
    const insurers = [
      { insurer: '100', actualCents: cents(hundred) },
      { insurer: '300', actualCents: cents(three) },
    ]
    const { shares } = budgetShares({ year: 2024, objectiveCents, insurers }, law).result
    return {
      objectiveCents,
      shares,
      advanced: new Map([['100', cents(400_000)]]),
      today: isoDate('2025-06-01'),
      groundsDigest: 'cd'.repeat(32),
    }
  }
  const settled = (facts: ReturnType<typeof actual>) => {
    const { decision } = given(settlement).on(facts).when({ year: 2024 })
    if (!decision.ok || decision.events[0] === undefined) throw new Error('not settled')
    return decision.events[0]
  }

  it('waits for the end of the year', () => {
    given(settlement)
      .on({ ...actual(1, 1), today: isoDate('2024-12-31') })
      .when({ year: 2024 })
      .thenRejected('yearNotOver', { year: 2024 })
  })

  it('twice on the same returns changes nothing', () => {
    const first = settled(actual(450_000, 520_000))
    expect(first.data).toMatchObject({ number: 1, settledOn: '2025-06-01' })
    given(settlement, first).on(actual(450_000, 520_000)).when({ year: 2024 }).then()
  })

  it('is told with its year, and books the whole of it the first time', () => {
    const { type, data } = settled(actual(450_000, 520_000))
    expect(type).toBe('YearSettled')
    expect(data.entry).toMatchObject({ entryId: data.distributionId, subject: 'settlement:2024' })
    const costs = data.entry.lines.filter(({ account }) => account.startsWith('cost:'))
    expect(costs.map(({ debitCents }) => debitCents)).toEqual(data.shares.map(({ dueCents }) => dueCents))
  })

  it('has an identity of its own for every year and every revision', () => {
    const facts = actual(450_000, 520_000)
    const first = settled(facts)
    const revised = given(settlement, first).on(actual(450_000, 530_000)).when({ year: 2024 }).decision
    const ofBefore = given(settlement).on(facts).when({ year: 2023 }).decision
    if (!revised.ok || !ofBefore.ok) throw new Error('refused')
    const ids = [first, ...revised.events, ...ofBefore.events].map(({ data }) => data.distributionId)
    expect(new Set(ids).size).toBe(3)
    expect(settled(facts).data.distributionId).toBe(first.data.distributionId)
  })

  it('is revised when an insurer is added or another one takes its place at the same amounts', () => {
    const facts = actual(0, 0)
    const [one] = facts.shares
    if (one === undefined) throw new Error('no share')
    const nothing = { ...one, budgetCents: cents(0), resultCents: cents(0), borneCents: cents(0), dueCents: cents(0) }
    const shares = ['100', '300'].map((insurer) => ({ ...nothing, insurer }))
    const first = settled({ ...facts, shares: shares.slice(0, 1), advanced: new Map() })
    const numberOf = (changed: typeof shares) => {
      const { decision } = given(settlement, first)
        .on({ ...facts, shares: changed, advanced: new Map() })
        .when({ year: 2024 })
      return decision.ok ? decision.events.map(({ data }) => data.number) : []
    }
    expect([numberOf(shares.slice(0, 1)), numberOf(shares), numberOf(shares.slice(1))]).toEqual([[], [2], [2]])
  })

  it('is revised by a return accepted late, and books only the difference', () => {
    const first = settled(actual(450_000, 520_000))
    const { decision } = given(settlement, first).on(actual(450_000, 530_000)).when({ year: 2024 })
    if (!decision.ok) throw new Error('refused')
    const revision = decision.events[0]?.data
    expect(revision?.number).toBe(2)
    const cost = (insurer: string) =>
      (revision?.entry.lines ?? [])
        .filter(({ account }) => account === `cost:${insurer}`)
        .reduce((sum, line) => sum + line.debitCents - line.creditCents, 0)
    for (const share of revision?.shares ?? []) {
      const before = first.data.shares.find(({ insurer }) => insurer === share.insurer)
      expect(cost(share.insurer)).toBe(share.dueCents - (before?.dueCents ?? 0))
    }
  })
})

it('an entry that does not balance is our defect', () => {
  const line = { account: 'bank', debitCents: cents(1), creditCents: cents(0) }
  const entry = { entryId: 'e', bookedOn: '2024-01-01', subject: 'odd', lines: [line] }
  expect(() => balancedEntry(entry)).toThrow(/does not balance/)
})

it('nothing is booked for no money, and money the other way on the other side', () => {
  expect([debit('bank', cents(0)), credit('bank', cents(0))]).toEqual([[], []])
  expect(debit('bank', cents(5))).toEqual([{ account: 'bank', debitCents: 5, creditCents: 0 }])
  expect(debit('bank', cents(-5))).toEqual(credit('bank', cents(5)))
  expect(credit('bank', cents(-5))).toEqual(debit('bank', cents(5)))
})
