import type { Intake } from '@ziv/intake'
import type { KeyRange, Queryable, Transaction } from '@ziv/postgres'
import {
  addTallies,
  answerProofs,
  type Finding,
  logProofs,
  namesOf,
  naming,
  type RangedProof,
  rangedProof,
  rowsIn,
  stagedProof,
  told,
} from '@ziv/service'
import { foldPerson } from '../commands/person-work.ts'
import type { Context } from '../context.ts'
import type { Person } from '../domain/person.ts'
import { erasuresDiffer, erasuresFinding } from './erasures.ts'
import { personsOfLog } from './persons-of-log.ts'

/** The first day on which two affiliations of one person meet, or null. */
function doubleInsured(person: Person): string | null {
  const sorted = person.affiliations.toSorted((a, b) => (a.from < b.from ? -1 : 1))
  for (const [index, next] of sorted.entries()) {
    const previous = sorted[index - 1]
    if (previous && (previous.to === null || previous.to >= next.from)) return next.from
  }
  return null
}

/** Every number that leads to the person, once (a number can come back after another one), and whether another one took its place. */
const numbersOf = (person: Person): readonly string[] =>
  person.erased || person.inszIndex === null
    ? []
    : [...new Set([person.inszIndex, ...person.previousInszIndexes])].map((index) =>
        numberText(index, index !== person.inszIndex),
      )

const numberText = (index: string, replaced: boolean): string => `${index} ${replaced}`

interface AffiliationRow {
  readonly personId: string
  readonly affiliationId: string
  readonly insurer: string
  readonly ziekenfonds: string
  readonly from: string
  readonly to: string | null
  readonly reason: string | null
}

const textOf = ({ affiliationId, insurer, ziekenfonds, from, to, reason }: Omit<AffiliationRow, 'personId'>): string =>
  [affiliationId, insurer, ziekenfonds, from, to, reason].join()

/** Persons of the batch whose affiliations in the list are not those of the log. */
async function affiliationsDiffer(tx: Queryable, batch: readonly Person[]): Promise<readonly string[]> {
  const { rows } = await tx.query<AffiliationRow>({
    name: 'affiliation_prove_list',
    text: `select person_id as "personId", affiliation_id as "affiliationId", insurer, ziekenfonds, valid_from as "from",
                  valid_to as "to", reason from app.affiliations where person_id = any($1::uuid[])`,
    values: [batch.flatMap((person) => person.personId ?? [])],
  })
  const stored = Map.groupBy(rows, ({ personId }) => personId)
  return batch.flatMap(({ personId, affiliations }) => {
    const wanted = affiliations.map(textOf).sort().join(';')
    const found = (stored.get(personId ?? '') ?? []).map(textOf).sort().join(';')
    return wanted === found ? [] : [personId ?? '']
  })
}

const batchSize = 500

/** Persons of the batch whose numbers in the table are not those of the log. */
async function indexDiffers(tx: Queryable, batch: readonly Person[]): Promise<readonly string[]> {
  const ids = batch.flatMap((person) => person.personId ?? [])
  const { rows } = await tx.query<{ person_id: string; insz_index: string; replaced: boolean }>(
    'select person_id, insz_index, replaced from app.insz_index where person_id = any($1::uuid[])',
    [ids],
  )
  const stored = Map.groupBy(rows, (row) => row.person_id)
  return batch.flatMap((person) => {
    const wanted = numbersOf(person).toSorted().join()
    const own = (stored.get(person.personId ?? '') ?? []).map((row) => numberText(row.insz_index, row.replaced))
    const found = own.sort().join()
    return wanted === found ? [] : [person.personId ?? '']
  })
}

/** How many rows of a range a table has, and the persons of them whom the log does not tell of, or whose facts do not open. */
async function countedRows(
  tx: Queryable,
  { after, through }: KeyRange,
  table: 'app.affiliations' | 'app.insz_index',
  known: readonly string[],
) {
  const { rows } = await tx.query<{ person_id: string; rows: number; known: boolean }>(
    `select person_id, count(*)::int as rows, person_id = any($3::uuid[]) as known from ${table}
      where ($1::uuid is null or person_id > $1) and ($2::uuid is null or person_id <= $2)
      group by person_id order by person_id`,
    [after, through, known],
  )
  const strange = rows.filter((row) => !row.known).map((row) => `${row.person_id} (not in the log)`)
  return { count: rows.reduce((sum, row) => sum + row.rows, 0), strange }
}

/** Persons of a range against what is stored beside the log; rows of the range that no person has are counted with it. */
async function proveRange(tx: Transaction, range: KeyRange, context: Context) {
  let [persons, numbers, affiliations] = [0, 0, 0]
  const [doubles, differing, astray, unreadable]: [string[], string[], string[], string[]] = [[], [], [], []]
  const [erased, known]: [string[], string[]] = [[], []]
  let batch: Person[] = []
  const check = async (): Promise<void> => {
    differing.push(...(await indexDiffers(tx, batch)))
    astray.push(...(await affiliationsDiffer(tx, batch)))
    batch = []
  }
  for await (const { events } of personsOfLog(tx, range, context, unreadable)) {
    const person = foldPerson(events)
    persons += 1
    known.push(person.personId ?? '')
    numbers += numbersOf(person).length
    affiliations += person.affiliations.length
    const day = doubleInsured(person)
    if (day !== null) doubles.push(`${person.personId} on ${day}`)
    if (person.erased) erased.push(person.personId ?? '')
    batch.push(person)
    if (batch.length === batchSize) await check()
  }
  await check()
  const listed = await countedRows(tx, range, 'app.affiliations', known)
  const indexed = await countedRows(tx, range, 'app.insz_index', known)
  differing.push(...indexed.strange)
  astray.push(...listed.strange)
  return {
    ...{ persons, numbers, affiliations, indexed: indexed.count, listed: listed.count },
    ...{ doubles: namesOf(doubles), differing: namesOf(differing), astray: namesOf(astray) },
    unreadable: namesOf(unreadable),
    disowned: namesOf(await erasuresDiffer(tx, range, erased, unreadable)),
  }
}

function conclude(results: readonly Awaited<ReturnType<typeof proveRange>>[]): readonly Finding[] {
  const { persons, numbers, affiliations, indexed, listed, doubles, differing, astray, unreadable, disowned } =
    addTallies(results)
  const none = doubles.count === 0
  const agrees = differing.count === 0 && indexed === numbers
  const equal = astray.count === 0 && listed === affiliations
  return [
    {
      check: 'affiliation: sealed facts of persons open',
      ok: unreadable.count === 0,
      examined: persons + unreadable.count,
      detail: unreadable.count === 0 ? `${persons} persons` : `do not open: ${told(unreadable, 10, '; ')}`,
      ...naming(unreadable),
    },
    {
      check: 'affiliation: one insurer per person per day',
      ok: none,
      examined: persons,
      detail: none ? 'no day with two insurers' : told(doubles, 10, '; '),
      ...naming(doubles),
    },
    {
      check: 'affiliation: index of numbers',
      ok: agrees,
      examined: persons,
      detail: agrees
        ? `${indexed} numbers lead to their person`
        : `log ${numbers}, index ${indexed}; ${told(differing, 10, '; ')}`,
      ...naming(differing),
    },
    {
      check: 'affiliation: affiliations equal the log',
      ok: equal,
      examined: persons,
      detail: equal ? `${listed} affiliations` : `log ${affiliations}, list ${listed}; ${told(astray, 10, '; ')}`,
      ...naming(astray),
    },
    erasuresFinding(persons, disowned),
  ]
}

/** What affiliation proves of itself: chains; of every person one insurer per day, the index of numbers, the lists of affiliations and erasures. */
export const affiliationProofs = (context: Context, intake: Pick<Intake, 'api' | 'kinds'>): readonly RangedProof[] => [
  ...logProofs('affiliation', context.database, context.store),
  rangedProof({
    name: 'affiliation: persons',
    database: context.database,
    keys: {
      sql: `select substr(stream_id, 8) as key from es.streams where stream_id >= 'person-' and stream_id < 'person.'`,
    },
    there: rowsIn(
      context.database,
      ...([`es.streams where stream_id >= 'person-' and stream_id < 'person.'`, 'app.insz_index'] as const),
      ...(['app.affiliations', 'app.erasures'] as const),
    ),
    prove: (tx, range) => proveRange(tx, range, context),
    conclude,
  }),
  ...answerProofs(context.database, context.store, intake),
  stagedProof('affiliation', context.database),
]
