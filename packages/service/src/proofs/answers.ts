import type { EventStore } from '@ziv/event-store'
import { type AnswerRows, answerDigests } from '@ziv/intake'
import type { Database } from '@ziv/postgres'
import { type RangedProof, rangedProof, rowsIn } from './proof.ts'
import { addTallies, namesOf, told } from './tally.ts'

/** Files of one kind, and where their end is recorded. */
export interface AnsweredFiles {
  readonly service: string
  /** What the files are called in the check: `billing files`. */
  readonly what: string
  readonly kind: string
  /** The streams `<aggregate>-<fileId>` hold the end of a file, an event with its `answerDigest`. */
  readonly aggregate: string
  /** What the kind keeps of a file for its answer. */
  readonly rows?: AnswerRows
}

/** The answer to every file that ended is made of what was there when it ended. */
export function answersProof(
  database: Database,
  store: EventStore,
  { service, what, kind, aggregate, rows }: AnsweredFiles,
): RangedProof {
  const check = `${service}: answers to ${what} equal what was recorded with their end`
  const done = `app_files.files where kind = '${kind}' and state = 'done'`
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
      const now = new Map(await answerDigests(tx, kind, range, rows))
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
      return [{ check, ok, examined: files, detail: ok ? `${files} files` : `${wrong.count} differ: ${told(wrong)}` }]
    },
  })
}
