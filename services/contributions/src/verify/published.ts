import type { KeyRange, Transaction } from '@ziv/postgres'
import { addTallies, namesOf, type RangedProof, rangedProof, told } from '@ziv/service'
import type { YearContext } from '../commands/year-context.ts'
import type { YearAssessment } from '../domain/year-assessment.ts'
import { answerYears } from './year-answers.ts'

/** Without the repairs, whose terms pass with time though no fact changes. */
const figuresOf = ({ regime, met, requiredCents, shortCents, awaits }: YearAssessment): string =>
  [regime, met, requiredCents, shortCents, awaits ?? ''].join(' ')

async function answersOf(tx: Transaction, range: KeyRange, context: YearContext) {
  const wrong: string[] = []
  let examined = 0
  let settledYears = 0
  for await (const { personId, year, settled, now } of answerYears(tx, context, range)) {
    examined += 1
    if (settled === null) continue
    settledYears += 1
    if (figuresOf(now) !== figuresOf(settled)) wrong.push(`${personId} ${year}`)
  }
  return { examined, settledYears, wrong: namesOf(wrong) }
}

/** What would be answered now of every year that was told to others, with today's facts of the person, is what was told. */
export const toldProof = (context: YearContext): RangedProof =>
  rangedProof({
    name: 'contributions.told',
    database: context.database,
    keys: { sql: 'select distinct person_id::text as key from app.year_state' },
    prove: (tx, range) => answersOf(tx, range, context),
    conclude: (results) => {
      const { examined, settledYears, wrong } = addTallies(results)
      const ok = wrong.count === 0
      const detail = ok
        ? `${settledYears} years that were told are answered the same now`
        : `${wrong.count} of ${settledYears} years that were told are answered otherwise now (${told(wrong, 3)})`
      return [{ check: 'contributions.told', ok, examined, detail }]
    },
  })
