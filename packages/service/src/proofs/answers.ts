import type { EventStore } from '@ziv/event-store'
import { type AnyDefinedFile, answerDigests, type Intake } from '@ziv/intake'
import type { Database } from '@ziv/postgres'
import { type RangedProof, rangedProof, rowsIn } from './proof.ts'
import { addTallies, namesOf, naming, told } from './tally.ts'

const aggregateOf = ({ kind, answers }: AnyDefinedFile): string => answers.aggregate ?? kind

/** The answer to every file that ended is made of what was there when it ended: a proof for each sort of end that the kinds record. */
export function answerProofs(
  database: Database,
  store: EventStore,
  { api, kinds }: Pick<Intake, 'api' | 'kinds'>,
): readonly RangedProof[] {
  const byAggregate = Map.groupBy(kinds, aggregateOf)
  return [...byAggregate].map(([aggregate, own]) => answersProof(database, store, { api, aggregate, kinds: own }))
}

function answersProof(
  database: Database,
  store: EventStore,
  {
    api,
    aggregate,
    kinds,
  }: Pick<Intake, 'api'> & { readonly aggregate: string; readonly kinds: readonly AnyDefinedFile[] },
): RangedProof {
  const what = [...new Set(kinds.map(({ answers }) => answers.what))].join(', ')
  const check = `${api}: answers to ${what} equal what was recorded with their end`
  const done = `app_files.files where kind in (${kinds.map(({ kind }) => `'${kind}'`).join(', ')}) and state = 'done'`
  return rangedProof({
    name: check,
    database,
    keys: {
      sql: `select file_id::text as key from ${done}
            union select substr(stream_id, ${aggregate.length + 2}) from es.streams
             where stream_id >= '${aggregate}-' and stream_id < '${aggregate}.'`,
    },
    perRange: 20,
    there: rowsIn(database, done),
    prove: async (tx, range) => {
      const now = new Map<string, string>()
      for (const { kind, answers } of kinds) {
        for (const [fileId, digest] of await answerDigests(tx, kind, range, answers.rows)) now.set(fileId, digest)
      }
      const files = now.size
      const wrong: string[] = []
      for await (const { streamId, events } of store.streams(tx, aggregate, range)) {
        const fileId = streamId.slice(aggregate.length + 1)
        for (const { data } of events) if (now.get(fileId) !== data.answerDigest) wrong.push(fileId)
        now.delete(fileId)
      }
      return { files, wrong: namesOf([...wrong, ...now.keys()]) }
    },
    conclude: (results) => {
      const { files, wrong } = addTallies(results)
      const ok = wrong.count === 0
      const detail = ok ? `${files} files` : `${wrong.count} differ: ${told(wrong)}`
      return [{ check, ok, examined: files, detail, ...naming(wrong) }]
    },
  })
}
