import { type MessageCopy, MOMENT_SQL, textDigest, textDigestSql } from '@ziv/service'
import { isAssessment } from '../domain/facts.ts'
import { textOfAssessment } from '../projections/facts.ts'
import { toFact } from '../reactors/to-fact.ts'

/**
 * What is kept of the years that contributions told: every fact, also one that a newer one replaced. A timeline of now is not folded
 * with it, and an answer as it was known earlier is.
 */
export const factsCopy: MessageCopy = {
  table: 'app.facts',
  context: 'contributions',
  row: `concat_ws(' ', event_id, kind, ${MOMENT_SQL}, sequence, ${textDigestSql('data::text')})`,
  wanted: (event) => {
    const fact = toFact(event)
    if (fact === null || !isAssessment(fact)) return null
    const { id, kind, recordedAt, sequence } = fact
    return [id, kind, recordedAt, sequence, textDigest(textOfAssessment(fact))].join(' ')
  },
}
