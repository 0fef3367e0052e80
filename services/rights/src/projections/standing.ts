import type { StoredMember } from '@ziv/members/store'
import type { Queryable } from '@ziv/postgres'
import type { RightPeriod } from '../domain/decision.ts'

/** A person as stored now: who may see the person, and the days in order, ascending. */
export interface Standing {
  readonly personId: string
  /** Null when it depends on the day: then `member` tells it. */
  readonly insurer: string | null
  readonly ziekenfonds: string | null
  readonly member: StoredMember | null
  readonly periods: readonly RightPeriod[]
}

/** Who is asked about: by person id, or by the keyed hash of an INSZ. */
export type StandingKey = { readonly personId: string } | { readonly inszIndex: string }

interface Waiting {
  readonly key: StandingKey
  readonly resolve: (standing: Standing | null) => void
  readonly reject: (error: unknown) => void
}

type Row = Omit<Standing, 'periods'> & { readonly n: number; readonly periods: readonly RightPeriod[] | null }

/**
 * The limit is for the planner alone: of arrays it does not know it expects ten rows, and would plan this anew for each question because
 * the plan for the one row that came looks cheaper. Under a limit it does not know it expects one, and keeps its plan.
 */
const QUESTION = `
  select k.n, p.person_id as "personId", p.insurer, p.ziekenfonds,
         case when p.insurer is null then p.dossier -> 0 end as member, days.periods
    from (select * from unnest($1::int[], $2::uuid[], $3::text[]) as u (n, person_id, insz_index) limit $4) k
    left join app_members.identifiers i on i.insz_index = k.insz_index
    join app.persons p on p.person_id = coalesce(k.person_id, i.person_id)
    left join lateral (
      select json_agg(json_build_object('from', from_day, 'to', to_day, 'insurer', insurer, 'ziekenfonds', ziekenfonds,
               'capacity', capacity, 'ground', ground, 'decisionId', decision_id) order by from_day) as periods
        from app.periods where person_id = p.person_id) days on true`

/** Most questions in one statement, and statements on their way at the same time. */
const QUESTIONS_MAX = 200
const STATEMENTS_MAX = 2

/** Answers of one moment about persons. */
export interface Standings {
  find(key: StandingKey): Promise<Standing | null>
}

/**
 * Looks persons up, all questions that wait at a moment in one statement: under load a question costs a part of a round
 * trip, and a single one goes out at once.
 */
export function createStandings(q: Queryable): Standings {
  let waiting: Waiting[] = []
  let running = 0

  const ask = async (asked: readonly Waiting[]): Promise<void> => {
    try {
      const { rows } = await q.query<Row>({
        name: 'rights_standings',
        text: QUESTION,
        values: [
          asked.map((_, n) => n),
          asked.map(({ key }) => ('personId' in key ? key.personId : null)),
          asked.map(({ key }) => ('inszIndex' in key ? key.inszIndex : null)),
          asked.length,
        ],
      })
      const found = new Map(rows.map(({ n, ...row }) => [n, { ...row, periods: row.periods ?? [] }]))
      asked.forEach(({ resolve }, n) => {
        resolve(found.get(n) ?? null)
      })
    } catch (error) {
      for (const { reject } of asked) reject(error)
    } finally {
      running -= 1
      next()
    }
  }

  const next = (): void => {
    if (waiting.length === 0 || running >= STATEMENTS_MAX) return
    const asked = waiting.slice(0, QUESTIONS_MAX)
    waiting = waiting.slice(QUESTIONS_MAX)
    running += 1
    void ask(asked)
  }

  return {
    find: (key) =>
      new Promise((resolve, reject) => {
        waiting.push({ key, resolve, reject })
        // the requests of this turn of the loop go together
        if (waiting.length === 1) setImmediate(next)
      }),
  }
}
