import { canonicalJson, type EventStore, type JsonObject } from '@ziv/event-store'
import type { Queryable } from '@ziv/postgres'
import { type Finding, namesOf, naming, told } from '@ziv/service'
import { groundsDigest } from '../commands/grounds-digest.ts'
import { findBudget, findDistribution } from '../projections/ledger.ts'

interface Share {
  readonly insurer: string
  readonly amountCents?: number
  readonly dueCents?: number
}

interface Distributed {
  readonly distributionId: string
  readonly year?: number
  readonly month?: string
  readonly paidOn?: string
  readonly settledOn?: string
  readonly shares: readonly Share[]
  readonly groundsDigest: string
}

const same = (one: unknown, other: unknown): boolean =>
  canonicalJson(one as JsonObject) === canonicalJson(other as JsonObject)

/** What a distribution has to say, by its event. */
function expectedOf({ distributionId, year, month, paidOn, settledOn, shares }: Distributed) {
  return {
    distributionId,
    kind: month === undefined ? 'settlement' : 'advance',
    year: year ?? Number(month?.slice(0, 4)),
    month: month ?? null,
    decidedOn: paidOn ?? settledOn,
    totalCents: shares.reduce((sum, share) => sum + (share.amountCents ?? share.dueCents ?? 0), 0),
    shares,
  }
}

/** Every stored advance, settlement and objective is what its event says, and none has no event. */
export async function proveDistributions(tx: Queryable, store: EventStore): Promise<Finding> {
  const wrong: string[] = []
  const heard = new Set<string>()
  let distributions = 0
  let budgets = 0
  for (const aggregate of ['advance', 'settlement']) {
    for await (const { streamId, events } of store.streams(tx, aggregate)) {
      for (const { data, version } of events) {
        distributions += 1
        const event = data as unknown as Distributed
        const expected = expectedOf(event)
        heard.add(expected.distributionId)
        const stored = await findDistribution(tx, expected.distributionId)
        const { grounds, ...rest } = stored ?? { grounds: [] }
        if (!same(rest, expected) || groundsDigest(grounds) !== event.groundsDigest)
          wrong.push(`${streamId}@${version}`)
      }
    }
  }
  for await (const { streamId, events } of store.streams(tx, 'budget')) {
    budgets += 1
    const newest = events.at(-1)?.data as { year: number; objectiveCents: number } | undefined
    heard.add(String(newest?.year))
    if ((await findBudget(tx, newest?.year ?? 0)) !== newest?.objectiveCents) wrong.push(streamId)
  }
  const { rows } = await tx.query<{ name: string }>(
    `select distribution_id::text as name from app.distributions union all select year::text from app.budgets order by name`,
  )
  const extra = rows.map(({ name }) => name).filter((name) => !heard.has(name))
  const examined = distributions + budgets
  const problems = [...wrong, ...extra.map((name) => `${name} (no event says it)`)]
  const found = namesOf(problems)
  const ok = problems.length === 0
  return {
    check: 'riziv: distributions and objectives equal the events',
    ok,
    examined,
    detail: ok ? `${distributions} distributions, ${budgets} objectives` : `${problems.length} differ: ${told(found)}`,
    ...naming(found),
  }
}
