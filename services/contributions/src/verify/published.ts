import { loadMembers } from '@ziv/members/store'
import { streamBatches } from '@ziv/postgres'
import type { Finding } from '@ziv/service'
import type { YearAssessment } from '../domain/year-assessment.ts'
import { assessorFor } from '../year/assessor.ts'
import { type StoredState, stateOf } from '../year/stored-state.ts'
import type { YearContext } from '../year/year-context.ts'

interface YearRow {
  readonly person_id: string
  readonly year: number
  readonly state: StoredState
}

/** Without the repairs, whose terms pass with time though no fact changes. */
const figuresOf = ({ regime, met, requiredCents, shortCents }: YearAssessment): string =>
  [regime, met, requiredCents, shortCents].join(' ')

/** What would be answered now of every year that was told to others, with today's facts of the person, is what was told. */
export async function proveWhatWasTold({ database, law, clock }: YearContext): Promise<Finding> {
  const wrong: string[] = []
  let examined = 0
  let told = 0
  const today = clock.today()
  const sql = 'select person_id, year, state from app.year_state order by person_id, year'
  for await (const rows of streamBatches<YearRow>(database, sql, [], { batchSize: 500 })) {
    const members = await loadMembers(database, [...new Set(rows.map((row) => row.person_id))])
    for (const { person_id, year, state } of rows) {
      examined += 1
      const whole = stateOf(state)
      const member = members.get(person_id)
      if (whole.settled === null || member === undefined || member.birthDate === null) continue
      told += 1
      const now = assessorFor(law, member, year, today)(whole)
      if (figuresOf(now) !== figuresOf(whole.settled)) wrong.push(`${person_id} ${year}`)
    }
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
