import type { Law } from '@ziv/law'
import type { Database, KeyRange, Transaction } from '@ziv/postgres'
import { addTallies, namesOf, naming, type RangedProof, rangedProof, rowsIn, told } from '@ziv/service'
import type { CountChange } from '../domain/count-changes.ts'
import { businessDay } from '../projections/member-counts.ts'
import { FIGURES, foldPlace, placeOf } from '../runs/rebuild.ts'

const CHECK = 'landsbond: changes of members to come equal the fold of the facts'

const textOf = ({ ziekenfonds, capacity, day, members, insured }: Omit<CountChange, 'insurer' | 'partition'>): string =>
  [ziekenfonds, capacity, day, members, insured].join('/')

/** The changes that wait for their day, partition by partition, against a fold of the facts of its persons. */
async function proveRange(tx: Transaction, law: Law, { after, through }: KeyRange) {
  const day = await businessDay(tx)
  const { rows: places } = await tx.query<{ key: string }>(
    `select key from (${FIGURES}) keys
      where ($1::text is null or key collate "C" > $1) and ($2::text is null or key collate "C" <= $2) order by key collate "C"`,
    [after, through],
  )
  let persons = 0
  const wrong: string[] = []
  for (const { key } of places) {
    const { insurer, partition } = placeOf(key)
    const folded = await foldPlace(tx, law, { insurer, partition })
    persons += folded.persons
    const wanted = folded.changes.list().filter((change) => change.day > day)
    // what cancelled out may stand as a row of nothing
    const { rows: stored } = await tx.query<Omit<CountChange, 'insurer' | 'partition'>>(
      `select day, ziekenfonds, capacity, members::int, insured::int from app.member_changes_to_come
        where insurer = $1 and partition = $2 and (members <> 0 or insured <> 0)`,
      [insurer, partition],
    )
    if (wanted.map(textOf).sort().join() !== stored.map(textOf).sort().join()) wrong.push(key)
  }
  return { persons, wrong: namesOf(wrong) }
}

/** Counts are moved to a new day by what waits for it: a change that is missing or too much makes every later count wrong. */
export const changesToComeProof = (database: Database, law: Law): RangedProof =>
  rangedProof({
    name: CHECK,
    database,
    keys: { sql: FIGURES },
    perRange: 4,
    there: rowsIn(database, 'app.member_facts', 'app.member_changes_to_come'),
    prove: (tx, range) => proveRange(tx, law, range),
    conclude: (results) => {
      const { persons, wrong } = addTallies(results)
      const ok = wrong.count === 0
      const detail =
        wrong.count === 0 ? `${persons} persons` : `differ: ${told(wrong)}; make them again with: ziv rebuild landsbond`
      return [{ check: CHECK, ok, examined: persons, detail, ...naming(wrong) }]
    },
  })
