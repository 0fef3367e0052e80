import { compareTopic, type MessagingDriver, type TopicCompared, type TopicSpec } from '@ziv/messaging'
import type { Database } from '@ziv/postgres'
import { type MasterKeys, proveKeys } from '@ziv/privacy'
import { addTallies, namesOf, notesTopic, type RangedProof, rangedProof, told, within } from '@ziv/service'

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

/**
 * Whether every topic holds the messages of the outboxes, each as it was written and in its order, and no others. A range is a
 * topic; that of the notes gets its messages from elsewhere.
 */
export const messagesProof = (
  sandbox: Database,
  outboxes: readonly Database[],
  topics: readonly TopicSpec[],
  driver: Pick<MessagingDriver, 'read'>,
): RangedProof => {
  const compared = topics.filter(({ name }) => name !== notesTopic)
  return rangedProof({
    name: 'messages sent',
    database: sandbox,
    keys: { sql: 'select unnest($1::text[]) as key', values: [compared.map(({ name }) => name)] },
    perRange: 1,
    prove: async (_tx, range) => {
      const found: TopicCompared[] = []
      for (const topic of compared.filter(({ name }) => within(name, range))) {
        found.push(await compareTopic(topic, outboxes, driver))
      }
      const examined = found.reduce((sum, one) => sum + one.examined, 0)
      const old = found.reduce((sum, one) => sum + one.examined - one.compared, 0)
      return { examined, old, wrong: namesOf(found.flatMap((one) => one.wrong)) }
    },
    conclude: (results) => {
      const { examined, old, wrong } = addTallies(results)
      const none = wrong.count === 0
      const before =
        old === 0 ? '' : `, ${old} of them from before what outboxes keep: in their order and without a gap`
      const detail = none
        ? `${examined} messages are in the topics as they were written${before}`
        : `${wrong.count} differ: ${told(wrong, 5, '; ')}`
      return [{ check: 'messages sent are those of the outboxes', ok: none && examined > 0, examined, detail }]
    },
  })
}
