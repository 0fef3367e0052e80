import { type LoadedStream, verifyChains } from '@ziv/event-store'
import type { Finding } from '@ziv/service'
import type { Context } from '../commands/context.ts'
import { foldPerson } from '../commands/person-work.ts'
import { openStreams } from '../commands/personal.ts'
import type { Person } from '../domain/person.ts'

/**
 * Every person of the log, folded, some at a time: memory does not grow with the population. Those whose sealed facts do not
 * open are left out and named in `unreadable`.
 */
async function* personsOfLog({ database, store, vault }: Context, unreadable: string[]): AsyncGenerator<Person> {
  let page: LoadedStream[] = []
  const fold = async function* (): AsyncGenerator<Person> {
    for (const { events } of await readable(vault, page, unreadable)) yield foldPerson(events)
    page = []
  }
  for await (const stream of store.streams(database, 'person')) {
    page.push(stream)
    if (page.length === batchSize) yield* fold()
  }
  yield* fold()
}

/** One call to the vault when all open; one each only when one of them does not. */
async function readable(
  vault: Context['vault'],
  streams: readonly LoadedStream[],
  unreadable: string[],
): Promise<readonly LoadedStream[]> {
  try {
    return await openStreams(vault, streams)
  } catch {
    const opened: LoadedStream[] = []
    for (const stream of streams) {
      try {
        opened.push(...(await openStreams(vault, [stream])))
      } catch {
        unreadable.push(stream.streamId)
      }
    }
    return opened
  }
}

/** The first day on which two affiliations of one person meet, or null. */
function doubleInsured(person: Person): string | null {
  const sorted = person.affiliations.toSorted((a, b) => (a.from < b.from ? -1 : 1))
  for (const [index, next] of sorted.entries()) {
    const previous = sorted[index - 1]
    if (previous && (previous.to === null || previous.to >= next.from)) return next.from
  }
  return null
}

const numbersOf = (person: Person): readonly string[] =>
  person.erased || person.inszIndex === null ? [] : [person.inszIndex, ...person.previousInszIndexes]

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
async function affiliationsDiffer({ database }: Context, batch: readonly Person[]): Promise<readonly string[]> {
  const { rows } = await database.query<AffiliationRow>({
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

const batchSize = 1_000

/** Persons of the batch whose numbers in the table are not those of the log. */
async function indexDiffers({ database }: Context, batch: readonly Person[]): Promise<readonly string[]> {
  const ids = batch.flatMap((person) => person.personId ?? [])
  const { rows } = await database.query<{ person_id: string; numbers: string[] }>(
    'select person_id, array_agg(insz_index) as numbers from app.insz_index where person_id = any($1::uuid[]) group by person_id',
    [ids],
  )
  const stored = new Map(rows.map((row) => [row.person_id, row.numbers]))
  return batch.flatMap((person) => {
    const wanted = [...new Set(numbersOf(person))].sort().join()
    const found = (stored.get(person.personId ?? '') ?? []).toSorted().join()
    return wanted === found ? [] : [person.personId ?? '']
  })
}

/** Proofs over the whole log: chains, one insurer per person per day, the index of numbers. */
export async function* verifyAffiliation(context: Context): AsyncGenerator<Finding> {
  yield { check: 'affiliation: hash chains', ...(await verifyChains(context.store, context.database)) }
  let persons = 0
  let numbers = 0
  const doubles: string[] = []
  const differing: string[] = []
  const astray: string[] = []
  let affiliations = 0
  let batch: Person[] = []
  const check = async (): Promise<void> => {
    differing.push(...(await indexDiffers(context, batch)).slice(0, 10 - differing.length))
    astray.push(...(await affiliationsDiffer(context, batch)).slice(0, 10 - astray.length))
    batch = []
  }
  const unreadable: string[] = []
  for await (const person of personsOfLog(context, unreadable)) {
    persons += 1
    numbers += numbersOf(person).length
    affiliations += person.affiliations.length
    const day = doubleInsured(person)
    if (day !== null && doubles.length < 10) doubles.push(`${person.personId} on ${day}`)
    batch.push(person)
    if (batch.length === batchSize) await check()
  }
  await check()
  yield {
    check: 'affiliation: sealed facts of persons open',
    ok: unreadable.length === 0 && persons > 0,
    examined: persons + unreadable.length,
    detail: unreadable.length === 0 ? `${persons} persons` : `do not open: ${unreadable.slice(0, 10).join('; ')}`,
  }
  const none = doubles.length === 0
  const check1 = 'affiliation: one insurer per person per day'
  yield { check: check1, ok: none, examined: persons, detail: none ? 'no day with two insurers' : doubles.join('; ') }
  const { rows } = await context.database.query<{ indexed: number; listed: number }>(
    'select (select count(*)::int from app.insz_index) as indexed, (select count(*)::int from app.affiliations) as listed',
  )
  const { indexed = 0, listed = 0 } = rows[0] ?? {}
  const agrees = differing.length === 0 && indexed === numbers
  const detail = agrees
    ? `${indexed} numbers lead to their person`
    : `log ${numbers}, index ${indexed}; ${differing.join('; ')}`
  yield { check: 'affiliation: index of numbers', ok: agrees, examined: persons, detail }
  const equal = astray.length === 0 && listed === affiliations
  yield {
    check: 'affiliation: affiliations equal the log',
    ok: equal,
    examined: persons,
    detail: equal ? `${listed} affiliations` : `log ${affiliations}, list ${listed}; ${astray.join('; ')}`,
  }
}
