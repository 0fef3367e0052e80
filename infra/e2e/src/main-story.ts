import type { SyntheticPerson } from '@ziv/demo'
import { personsOf } from '@ziv/demo'
import { isoDate, lastDayOfMonth, type Quarter } from '@ziv/kernel'
import type { Sandbox } from '@ziv/sandbox'
import { serviceNames, verifySandbox } from '@ziv/sandbox'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { apiOf } from './api.ts'
import { advanceOf, dueOf, insurers, sharesOf } from './money-oracle.ts'
import { oracleOf } from './oracle.ts'
import {
  type BilledFile,
  lastDay,
  objectiveOf,
  type Played,
  playStory,
  receiptsOf,
  returnMonths,
  settledYear,
  shortStory,
} from './play.ts'
import { startTestSandbox, type TestSandbox, type TestSandboxOptions } from './test-sandbox.ts'

export interface MainStoryOptions {
  /** The servers of this run. */
  readonly servers: () => Omit<TestSandboxOptions, 'startAt'> | Promise<Omit<TestSandboxOptions, 'startAt'>>
  /** Something that happens when a month begins, while the story goes on. */
  readonly onMonth?: (month: string) => void
}

interface Overview {
  readonly ziekenfondsen: readonly {
    readonly ziekenfonds: string
    readonly insurer: string
    readonly insuredTotal: number
    readonly members: readonly { readonly capacity: string; readonly count: number }[]
  }[]
}

interface Return {
  readonly ziekenfonds: string
  readonly insurer: string
  readonly month: string
  readonly state: string
  readonly figures: {
    readonly membersTotal: number
    readonly insuredTotal: number
    readonly interventionCents: number
    readonly members: readonly { readonly capacity: string; readonly count: number }[]
  }
}

const sorted = (counts: ReadonlyMap<string, number>): [string, number][] =>
  [...counts].filter(([, count]) => count !== 0).sort(([a], [b]) => (a < b ? -1 : 1))

const sumBy = <T>(
  items: Iterable<T>,
  keyOf: (item: T) => string,
  amountOf: (item: T) => number,
): Map<string, number> => {
  const sums = new Map<string, number>()
  for (const item of items) sums.set(keyOf(item), (sums.get(keyOf(item)) ?? 0) + amountOf(item))
  return sums
}

/** What every part of the suite looks at. */
interface Told {
  readonly oracle: ReturnType<typeof oracleOf>
  readonly persons: readonly SyntheticPerson[]
  readonly sandbox: () => Sandbox
  readonly played: () => Played
  readonly get: <T>(path: string) => Promise<T>
}

/** What was paid in billing files that came in during a month, or at any time. */
const paidIn = ({ oracle }: Told, month: string | null, files: readonly BilledFile[]) =>
  files.filter(({ sentOn }) => month === null || sentOn.startsWith(month)).flatMap((file) => oracle.settled(file).paid)

/** What accepted returns of a year say care cost per insurer, by the month the returns are about. */
const costsOf = (told: Told, year: number, files: readonly BilledFile[]) => ({
  until: (last: string): Map<string, number> => {
    const months = returnMonths.filter((month) => month.startsWith(String(year)) && month <= last)
    const paid = months.flatMap((month) => paidIn(told, month, files))
    return sumBy(
      paid,
      ({ person }) => person.insurer,
      ({ cents }) => cents,
    )
  },
})

function countsMembers(told: Told): void {
  const { oracle, get } = told
  it('counts members per ziekenfonds and capacity, and those in order, as the population has them', async () => {
    const overview = await get<Overview>('/landsbond/v1/overview')
    const members = overview.ziekenfondsen.flatMap(({ ziekenfonds, members: list }) =>
      list.map(({ capacity, count }) => [`${ziekenfonds}/${capacity}`, count] as const),
    )
    expect(sorted(new Map(members))).toEqual(sorted(oracle.members(lastDay)))
    const insured = overview.ziekenfondsen.map(({ ziekenfonds, insuredTotal }) => [ziekenfonds, insuredTotal] as const)
    expect(sorted(new Map(insured))).toEqual(sorted(oracle.insured(lastDay)))
  })
}

function answersEveryday(told: Told): void {
  const { oracle, persons, sandbox } = told
  it('answers for every person on days of all three years what the contributions say', async () => {
    const provider = apiOf(sandbox(), { roles: ['careProvider'], providerNumber: '10000007999' })
    const days = ['2023-09-30', '2023-12-31', '2024-07-01', '2024-12-31', '2025-01-01', '2025-02-28'].map(isoDate)
    const answers = await Promise.all(
      persons.flatMap(({ personId }) =>
        days.map((asOf) => provider.post<{ inOrder: boolean }>('/rights/v1/insurability/query', { personId, asOf })),
      ),
    )
    const expected = persons.flatMap((person) => days.map((day) => oracle.inOrder(person, day)))
    expect(answers.map(({ inOrder }) => inOrder)).toEqual(expected)
    // a story in which everybody was renewed would prove little
    expect(new Set(persons.map((person) => oracle.inOrder(person, lastDay)))).toEqual(new Set([true, false]))
  })
}

function keepsContributions(told: Told): void {
  const { oracle, sandbox } = told
  it('keeps every slip, attest and payment once, with the wages of the files', async () => {
    const until = '2024Q4' as Quarter
    const { rows } = await sandbox().databases.landsbond.query<{ insurer: string; n: string }>(
      'select insurer, sum(slips) as n from app.month_amounts group by insurer having sum(slips) > 0',
    )
    expect(sorted(new Map(rows.map(({ insurer, n }) => [insurer, Number(n)])))).toEqual(
      sorted(oracle.contributions(until)),
    )
    const wages = await sandbox().databases.contributions.query<{ sum: string }>(
      `select sum((s.value->>'amountCents')::bigint) as sum from app.year_state y, jsonb_each(y.state->'slips') s`,
    )
    expect(Number(wages.rows[0]?.sum)).toBe(oracle.wages(until))
  })
}

function settlesFiles(told: Told): void {
  const { oracle, sandbox, played } = told
  it('settles or refuses every billing file and pays the official amounts, to the cent', async () => {
    const expected = played().files.map((file) => oracle.settled(file))
    expect(played().files.map(({ state, paidCents }) => [state, paidCents])).toEqual(
      expected.map(({ state, paid }) => [state, paid.reduce((sum, { cents }) => sum + cents, 0)]),
    )
    const { rows } = await sandbox().databases.landsbond.query<{ insurer: string; cents: string }>(
      'select insurer, sum(intervention_cents) as cents from app.month_amounts group by insurer',
    )
    const paid = sumBy(
      paidIn(told, null, played().files),
      ({ person }) => person.insurer,
      ({ cents }) => cents,
    )
    expect(sorted(new Map(rows.map(({ insurer, cents }) => [insurer, Number(cents)])))).toEqual(sorted(paid))
    expect(paid.size).toBeGreaterThan(2)
  })
}

function reportsReturns(told: Told): void {
  const { oracle, played, get } = told
  it('reports in every return the members and the amounts of its month', async () => {
    const found = await Promise.all(
      played().returns.map(({ returnId }) => get<Return>(`/landsbond/v1/returns/${returnId}`)),
    )
    expect(found.length).toBeGreaterThanOrEqual(returnMonths.length * 3)
    for (const { ziekenfonds, month, state, figures } of found) {
      const day = lastDayOfMonth(isoDate(`${month}-01`))
      const ofFund = ([key]: [string, number]): boolean => key.startsWith(`${ziekenfonds}/`)
      const members = sorted(oracle.members(day)).filter(ofFund)
      const paid = paidIn(told, month, played().files).filter(({ person }) => person.ziekenfonds === ziekenfonds)
      expect({ month, ziekenfonds, state, ...figures, members: figures.members.length }).toMatchObject({
        state: 'accepted',
        membersTotal: members.reduce((sum, [, count]) => sum + count, 0),
        insuredTotal: oracle.insured(day).get(ziekenfonds) ?? 0,
        interventionCents: paid.reduce((sum, { cents }) => sum + cents, 0),
        members: members.length,
      })
    }
  })
}

function dividesMoney(told: Told): void {
  const { played, get } = told
  it('divides the money over the insurers and books every cent twice', async () => {
    const lines = await ledgerOf(get)
    const side = (line: Line): number => line.debitCents - line.creditCents
    expect([...sumBy(lines, ({ entryId }) => entryId, side).values()].every((sum) => sum === 0)).toBe(true)
    const objective = objectiveOf(shortStory)
    const months = [...new Set(lines.map(({ subject }) => /^advances:(.*)/.exec(subject)?.[1]))].filter(
      (month) => month !== undefined,
    )
    expect(months).toHaveLength(16)
    const costs = (year: number) => costsOf(told, year, played().files)
    // the shares of a year rest on the returns of the year before that were accepted by its first advance
    const basis = new Map([
      ['2023', sharesOf(objective, new Map())],
      ['2024', sharesOf(objective, new Map())],
      ['2025', sharesOf(objective, costs(2024).until('2024-06'))],
    ])
    const advanced = (insurer: string, of: readonly string[]): number =>
      of.reduce((sum, month) => {
        const share = basis.get(month.slice(0, 4))?.get(insurer) ?? 0
        return sum + advanceOf(share, Number(month.slice(5)))
      }, 0)
    const settlement = sharesOf(objective, costs(settledYear).until('2023-12'))
    for (const insurer of insurers) {
      const cost = costs(settledYear).until('2023-12').get(insurer) ?? 0
      const due = dueOf(settlement.get(insurer) ?? 0, cost)
      const of2023 = advanced(insurer, ['2023-11', '2023-12'])
      const of = (account: string): number =>
        lines.filter((line) => line.account === `${account}:${insurer}`).reduce((sum, line) => sum + side(line), 0)
      expect({ insurer, advanced: of('advanced'), cost: of('cost'), owed: of('owed') }).toEqual({
        insurer,
        advanced: advanced(insurer, months) - of2023,
        cost: due,
        owed: of2023 - due,
      })
    }
    const received = months.length * receiptsOf(shortStory).reduce((sum, { amountCents }) => sum + amountCents, 0)
    const paid = insurers.reduce((sum, insurer) => sum + advanced(insurer, months), 0)
    const bank = lines.filter(({ account }) => account === 'bank').reduce((sum, line) => sum + side(line), 0)
    expect(bank).toBe(received - paid)
  })
}

/** What the story leaves nothing of to look at: nobody waits at its end, pays by a communication or sends a list of fees. */
const leftEmpty = [
  'contributions.waiting',
  'contributions.references',
  'reimbursement: answers to lists of fees equal what was recorded with their end',
]

function provesItself(told: Told): void {
  const { sandbox } = told
  it('proves itself: every check holds and has looked at something, where there is something', async () => {
    const findings = await Array.fromAsync(verifySandbox(sandbox()))
    expect(findings.filter(({ ok }) => !ok)).toEqual([])
    const empty = findings.filter(({ examined }) => examined === 0).map(({ check, detail }) => [check, detail])
    // a service that no chapter is about recorded nothing
    const unplayed = serviceNames.filter((name) => empty.some(([check]) => check === `${name}: hash chains`))
    expect(empty.filter(([check]) => !unplayed.some((name) => check?.startsWith(`${name}:`)))).toEqual(
      leftEmpty.map((check) => [check, 'nothing to compare']),
    )
    expect(findings.length).toBeGreaterThanOrEqual(20)
  })
}

/**
 * The end-to-end suite: a short story through files and REST, its figures against a recomputation from the population, and
 * every proof. Written once; a spec per driver calls it.
 */
export function mainStory({ servers, onMonth }: MainStoryOptions): { readonly sandbox: () => Sandbox } {
  let test: TestSandbox
  let story: Played
  const sandbox = (): Sandbox => test.sandbox
  const told: Told = {
    oracle: oracleOf(shortStory),
    persons: [...personsOf(shortStory)],
    sandbox,
    played: () => story,
    get: <T>(path: string): Promise<T> => apiOf(sandbox(), { roles: ['system'] }).get<T>(path),
  }

  beforeAll(async () => {
    test = await startTestSandbox({ ...(await servers()), startAt: shortStory.from })
    story = await playStory(sandbox(), shortStory, onMonth)
  }, 400_000)
  afterAll(() => test?.drop(), 60_000)

  countsMembers(told)
  answersEveryday(told)
  keepsContributions(told)
  settlesFiles(told)
  reportsReturns(told)
  dividesMoney(told)
  provesItself(told)
  return { sandbox }
}

interface Line {
  readonly entryId: string
  readonly account: string
  readonly subject: string
  readonly debitCents: number
  readonly creditCents: number
}

async function ledgerOf(get: <T>(path: string) => Promise<T>): Promise<Line[]> {
  const lines: Line[] = []
  for (let path: string | undefined = '/riziv/v1/ledger?pageSize=100'; path !== undefined; ) {
    const page: { items: Line[]; next?: string } = await get(path)
    lines.push(...page.items)
    path = page.next
  }
  return lines
}
