import { proveSent } from '@ziv/messaging'
import type { Database } from '@ziv/postgres'
import { type MasterKeys, proveKeys } from '@ziv/privacy'
import { addTallies, namesOf, type RangedProof, rangedProof, told, wholeProof } from '@ziv/service'
import { notesTopic } from './anchor-topic.ts'

/** Whether the key of every person opens with the master key. */
export const keysProof = (keys: Database, masterKey: MasterKeys): RangedProof =>
  rangedProof({
    name: 'keys of persons',
    database: keys,
    keys: { sql: 'select subject_id as key from privacy.keys' },
    prove: async (tx, range) => {
      const { examined, damaged } = await proveKeys(tx, masterKey, range)
      return { examined, damaged: namesOf(damaged) }
    },
    conclude: (results) => {
      const { examined, damaged } = addTallies(results)
      const open = damaged.count === 0
      const detail = open
        ? `${examined} keys open or were destroyed`
        : `${damaged.count} keys do not open: ${told(damaged)}`
      return [{ check: 'keys of persons open', ok: open && examined > 0, examined, detail }]
    },
  })

/** Whether the embedded log holds the messages of the outboxes, each as it was written. */
export const messagesProof = (outboxes: readonly Database[], log: Database): RangedProof =>
  wholeProof('messages sent', log, async () => ({
    check: 'messages sent are those of the outboxes',
    ...(await proveSent(outboxes, log, [notesTopic])),
  }))
