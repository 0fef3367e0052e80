import { type IsoDate, type Language, renderArticle } from '@ziv/kernel'
import {
  type Ground,
  isProvisional,
  type Repair,
  renderGround,
  renderRepair,
  stillPossible,
  whileStageRuns,
} from '@ziv/law'
import type { z } from 'zod'
import type { RightDecision } from '../domain/decision.ts'
import type { decisionSchema } from './schemas.ts'

const groundOf = (ground: Ground, language: Language) => ({
  rule: ground.rule,
  article: renderArticle(ground.article, language),
  satisfied: ground.satisfied,
  text: renderGround(ground, language),
  facts: ground.facts.map(({ name, value, eventId }) => ({
    name,
    ...(value === null ? {} : { value }),
    ...(eventId === undefined ? {} : { eventId }),
  })),
  parameters: ground.parameters.map(({ name, from, value, confidence }) => ({ name, from, value, confidence })),
})

const repairOf = (repair: Repair, language: Language) => ({
  kind: repair.kind,
  text: renderRepair(repair, language),
  ...(repair.until === undefined ? {} : { until: repair.until }),
})

/**
 * A decision as the API tells it, in the language of the caller, on the day of our knowledge: a stage that still ran then is told as
 * running, and repairs that were too late then are left out. What was known before is answered the same for ever.
 */
export function decisionOf(
  personId: string,
  taken: RightDecision,
  language: Language,
  knownOn: IsoDate,
): z.infer<typeof decisionSchema> {
  const decision = whileStageRuns(taken, knownOn)
  const { decisionId, kind, outcome, from, to, capacity, ground, confidence } = decision
  return {
    decisionId,
    personId,
    kind,
    outcome,
    from,
    to,
    capacity,
    ground,
    confidence,
    ...(isProvisional(decision.grounds) ? { provisional: true } : {}),
    grounds: decision.grounds.map((entry) => groundOf(entry, language)),
    repairs: stillPossible(decision.repairs, knownOn).map((repair) => repairOf(repair, language)),
  }
}
