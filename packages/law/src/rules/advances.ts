import { type Cents, splitByLargestRemainder } from '@ziv/kernel'
import { cite, decision, fact, newYear } from '../decision.ts'
import { ground } from '../ground.ts'
import type { Law, LawDecision } from '../types.ts'

/** Advances on the yearly budget of an insurer, in cents, in equal parts to the cent; together they are the budget. */
export function advances(
  facts: { year: number; budgetCents: Cents },
  law: Law,
): LawDecision<{ amounts: readonly Cents[] }> {
  const count = law.at<number>('distribution/advances-per-year', newYear(facts.year))
  const amounts = splitByLargestRemainder(
    facts.budgetCents,
    Array.from({ length: count.value }, () => 1),
  )
  const used = [fact('year', facts.year), fact('budgetCents', facts.budgetCents)]
  return decision('granted', { amounts }, [ground('distribution.advances', true, used, [cite(count)])])
}
