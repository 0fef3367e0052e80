import { articles, type RuleId } from './articles.ts'
import type { FactRef, Ground, ParameterRef } from './types.ts'

/** A ground of a rule, with the article of the rule. */
export function ground(
  rule: RuleId,
  satisfied: boolean,
  facts: readonly FactRef[],
  parameters: readonly ParameterRef[] = [],
): Ground {
  return { rule, article: articles[rule], satisfied, facts, parameters }
}
