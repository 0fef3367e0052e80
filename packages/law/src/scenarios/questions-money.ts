import { z } from 'zod'
import { advances } from '../rules/advances.ts'
import { budgetShares } from '../rules/budget-shares.ts'
import { euro, inEuro, question, year } from './vocabulary.ts'

const perInsurer = z.record(z.string(), euro)

export const moneyQuestions = {
  budgetShares: question(
    z.strictObject({ year, objective: euro, actual: perInsurer, normative: perInsurer.optional() }),
    ({ year, objective, actual, normative }, law) => {
      const insurers = Object.entries(actual).map(([insurer, actualCents]) => ({
        insurer,
        actualCents,
        ...(normative?.[insurer] === undefined ? {} : { normativeCents: normative[insurer] }),
      }))
      const { result, grounds } = budgetShares({ year, objectiveCents: objective, insurers }, law)
      const each = (field: 'budgetCents' | 'resultCents' | 'borneCents' | 'dueCents') =>
        Object.fromEntries(result.shares.map((share) => [share.insurer, inEuro(share[field])]))
      const words = {
        budget: each('budgetCents'),
        result: each('resultCents'),
        borne: each('borneCents'),
        due: each('dueCents'),
      }
      return { words, grounds }
    },
  ),
  advances: question(z.strictObject({ year, budget: euro }), ({ year, budget }, law) => {
    const { result, grounds } = advances({ year, budgetCents: budget }, law)
    return { words: { amounts: result.amounts.map(inEuro) }, grounds }
  }),
}
