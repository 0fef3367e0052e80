import type { EventStore } from '@ziv/event-store'
import type { Database } from '@ziv/postgres'
import { addTallies, namesOf, type RangedProof, rangedProof, rowsIn, told } from '@ziv/service'
import { answerDigests } from '../intake/answer-digest.ts'

const CHECK = 'reimbursement: answers to billing files equal what was recorded with their end'

const FINISHED = `app_files.files where kind = 'invoiceFile' and state = 'done'`

/** The answer to every file that ended is made of what was there when it ended; there may be no file yet. */
export const answersProof = (database: Database, store: EventStore): RangedProof =>
  rangedProof({
    name: CHECK,
    database,
    keys: {
      sql: `select file_id::text as key from app_files.files where kind = 'invoiceFile' and state = 'done'
            union select substr(stream_id, 13) from es.streams
             where stream_id >= 'invoiceFile-' and stream_id < 'invoiceFile.'`,
    },
    perRange: 20,
    there: rowsIn(database, FINISHED),
    prove: async (tx, range) => {
      const now = new Map(await answerDigests(tx, range))
      const files = now.size
      const wrong: string[] = []
      for await (const { events } of store.streams(tx, 'invoiceFile', range)) {
        for (const { data } of events) {
          const fileId = String(data.fileId)
          if (now.get(fileId) !== data.answerDigest) wrong.push(fileId)
          now.delete(fileId)
        }
      }
      return { files, wrong: namesOf([...wrong, ...now.keys()]) }
    },
    conclude: (results) => {
      const { files, wrong } = addTallies(results)
      const ok = wrong.count === 0
      const detail = ok ? `${files} files` : `${wrong.count} differ: ${told(wrong)}`
      return [{ check: CHECK, ok, examined: files, detail }]
    },
  })
