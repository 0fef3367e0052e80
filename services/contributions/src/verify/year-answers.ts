import type { IsoDate } from '@ziv/kernel'
import { loadMembers } from '@ziv/members/store'
import { type Database, type KeyRange, streamBatches, type Transaction } from '@ziv/postgres'
import { assessorFor } from '../commands/assessor.ts'
import { type StoredState, stateOf } from '../commands/stored-state.ts'
import type { Context } from '../context.ts'
import type { YearState } from '../domain/contribution-year.ts'
import type { YearAssessment } from '../domain/year-assessment.ts'

/** What would be answered now of a year of a person, with today's facts of the person. */
export interface YearAnswer {
  readonly personId: string
  readonly year: number
  /** What was settled last; null while the year was not. */
  readonly settled: YearState['settled']
  /** The day it is answered on. */
  readonly asOf: IsoDate
  readonly now: YearAssessment
}

interface YearRow {
  readonly person_id: string
  readonly year: number
  readonly state: StoredState
}

const everybody: KeyRange = { after: null, through: null }

/** Every year that somebody contributed to or that was settled, in order of persons; of a range of persons when one is given. */
export async function* answerYears(
  database: Database | Transaction,
  { law, clock }: Pick<Context, 'law' | 'clock'>,
  { after, through } = everybody,
): AsyncGenerator<YearAnswer> {
  const today = clock.today()
  const sql = `select person_id, year, state from app.year_state
    where ($1::uuid is null or person_id > $1) and ($2::uuid is null or person_id <= $2) order by person_id, year`
  for await (const rows of streamBatches<YearRow>(database, sql, [after, through], { batchSize: 500 })) {
    const members = await loadMembers(database, [...new Set(rows.map((row) => row.person_id))])
    for (const { person_id: personId, year, state } of rows) {
      const member = members.get(personId)
      if (member === undefined || member.birthDate === null) continue
      const whole = stateOf(state)
      yield { personId, year, settled: whole.settled, asOf: today, now: assessorFor(law, member, year, today)(whole) }
    }
  }
}
