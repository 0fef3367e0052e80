import { type Cents, cents, uuidV5 } from '@ziv/kernel'
import { type BudgetShare, budgetShares, type LawDecision, withTexts } from '@ziv/law'
import { actualExpenditure, findBudget } from '../projections/ledger.ts'
import { refuse, type Work } from './command.ts'

type Amounts = ReadonlyMap<string, Cents>

export interface YearShares {
  readonly objectiveCents: Cents
  readonly decision: LawDecision<{ shares: readonly BudgetShare[] }>
}

/** Divides the objective of a year over the insurers, by an expenditure. */
export async function sharesOf({ tx, deps }: Work, year: number, basis: Amounts): Promise<YearShares> {
  const objectiveCents = (await findBudget(tx, year)) ?? refuse({ code: 'RIZ-0001', params: { year } })
  const insurers = deps.insurers.map((insurer) => ({ insurer, actualCents: basis.get(insurer) ?? cents(0) }))
  return { objectiveCents, decision: withTexts(budgetShares({ year, objectiveCents, insurers }, deps.law)) }
}

/**
 * The expenditure the advances of a year are divided by: that of the year before, as known when the first was paid. It stays
 * that, whatever is accepted later, so that twelve advances are one budget, to the cent.
 */
export async function basisOf({ tx, deps, actor }: Work, year: number): Promise<Amounts> {
  const streamId = `basis-${year}`
  const { events, head } = await deps.store.load(tx, streamId)
  const known = events[0]?.data as { basis: Record<string, number> } | undefined
  if (known !== undefined)
    return new Map(Object.entries(known.basis).map(([insurer, amount]) => [insurer, cents(amount)]))
  const basis = await actualExpenditure(tx, year - 1)
  const eventId = uuidV5(`basis/${year}`)
  await deps.store.append(tx, {
    streamId,
    expected: head,
    events: [{ eventId, type: 'BasisFixed', schemaVersion: 1, data: { year, basis: Object.fromEntries(basis) } }],
    recordedAt: deps.clock.now(),
    metadata: { actor, correlationId: eventId, law: deps.law.version },
  })
  return basis
}
