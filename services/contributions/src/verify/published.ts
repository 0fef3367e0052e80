import type { Finding } from '@ziv/service'
import type { YearContext } from '../commands/year-context.ts'
import type { YearAssessment } from '../domain/year-assessment.ts'
import { answerYears } from './year-answers.ts'

/** Without the repairs, whose terms pass with time though no fact changes. */
const figuresOf = ({ regime, met, requiredCents, shortCents, awaits }: YearAssessment): string =>
  [regime, met, requiredCents, shortCents, awaits ?? ''].join(' ')

/** What would be answered now of every year that was told to others, with today's facts of the person, is what was told. */
export async function proveWhatWasTold(context: YearContext): Promise<Finding> {
  const wrong: string[] = []
  let examined = 0
  let told = 0
  for await (const { personId, year, settled, now } of answerYears(context)) {
    examined += 1
    if (settled === null) continue
    told += 1
    if (figuresOf(now) !== figuresOf(settled)) wrong.push(`${personId} ${year}`)
  }
  return {
    check: 'contributions.told',
    ok: wrong.length === 0,
    examined,
    detail:
      wrong.length === 0
        ? `${told} years that were told are answered the same now`
        : `${wrong.length} of ${told} years that were told are answered otherwise now (${wrong.slice(0, 3).join(', ')})`,
  }
}
