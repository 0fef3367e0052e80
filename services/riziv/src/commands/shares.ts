import { handleCommand } from '@ziv/event-store'
import { type Cents, cents, uuidV5 } from '@ziv/kernel'
import { type BudgetShare, budgetShares, type LawDecision, withTexts } from '@ziv/law'
import { yearBasis } from '../domain/year-basis.ts'
import { actualExpenditure, findBudget } from '../projections/ledger.ts'
import { refuse, type Work } from './command.ts'

type Amounts = ReadonlyMap<string, Cents>

export interface YearShares {
  readonly objectiveCents: Cents
  readonly decision: LawDecision<{ shares: readonly BudgetShare[] }>
}

/** Divides the objective of a year over the insurers, by an expenditure. */
export async function sharesOf({ tx, deps }: Work, year: number, basis: Amounts): Promise<YearShares> {
  const objectiveCents = (await findBudget(tx, year)) ?? refuse({ code: 'budgetMissing', params: { year } })
  const insurers = deps.insurers.map((insurer) => ({ insurer, actualCents: basis.get(insurer) ?? cents(0) }))
  return { objectiveCents, decision: withTexts(budgetShares({ year, objectiveCents, insurers }, deps.law)) }
}

/**
 * The expenditure the advances of a year are divided by: that of the year before, as known when the first was paid. It stays
 * that, whatever is accepted later, so that twelve advances are one budget, to the cent.
 */
export async function basisOf(work: Work, year: number): Promise<Amounts> {
  const { tx, deps, actor } = work
  const outcome = await handleCommand(tx, deps.store, {
    ...{ decider: yearBasis, streamId: `basis-${year}`, commandId: `basis/${year}`, facts: undefined },
    command: { year, basis: Object.fromEntries(await actualExpenditure(tx, year - 1)) },
    recordedAt: () => deps.clock.now(),
    metadata: { actor, correlationId: uuidV5(`basis/${year}`), law: deps.law.version },
  })
  return new Map(Object.entries(outcome.state ?? {}).map(([insurer, amount]) => [insurer, cents(amount)]))
}
