import { TOLD_DIGESTS_SQL } from '@ziv/event-store'
import {
  compareTold,
  compareTopic,
  type DeclaredTopic,
  type MessagingDriver,
  type ToldCompared,
  type TopicCompared,
  type TopicSpec,
} from '@ziv/messaging'
import type { Database } from '@ziv/postgres'
import {
  addTallies,
  type Finding,
  namesOf,
  naming,
  notesTopic,
  type RangedProof,
  rangedProof,
  rowsIn,
  told,
  within,
} from '@ziv/service'
import { hosted } from './hosted.ts'
import type { ServiceName } from './services.ts'
import { comparedAgain, type Moving } from './verification/look-again.ts'

/** Whether a principal of the list of topics is that of a database's service, for one insurer or for all. */
const isPrincipalOf = (name: string) => {
  const principal = name === 'sandbox' ? 'ziv-clock' : hosted[name as ServiceName].principal
  return (writer: string) => writer === principal || writer.startsWith(`${principal}-`)
}

/**
 * Whether every topic holds the messages of the outboxes, each as it was written and in its order, and no others. A range is a
 * topic; that of the notes gets its messages from elsewhere.
 */
export const messagesProof = (
  sandbox: Database,
  topics: readonly DeclaredTopic[],
  driver: Pick<MessagingDriver, 'read'>,
  moving: Moving & { readonly databases: Readonly<Record<string, Database>> },
): RangedProof => {
  const outboxes = Object.values(moving.databases)
  // what another outbox tells there, nobody told
  const writersOf = ({ write }: DeclaredTopic) =>
    Object.entries(moving.databases).flatMap(([name, outbox]) => (write.some(isPrincipalOf(name)) ? [outbox] : []))
  const compared = topics.filter(({ name }) => name !== notesTopic)
  return rangedProof({
    name: 'messages sent',
    database: sandbox,
    keys: { sql: 'select unnest($1::text[]) as key', values: [compared.map(({ name }) => name)] },
    perRange: 1,
    there: async () => {
      const told = await Promise.all(outboxes.map((outbox) => rowsIn(outbox, 'es.topic_keys')()))
      return told.reduce((sum, keys) => sum + keys, 0)
    },
    prove: (tx, range) =>
      comparedAgain(tx, { database: sandbox, moving }, async () => {
        const found: TopicCompared[] = []
        for (const topic of compared.filter(({ name }) => within(name, range))) {
          found.push(await compareTopic(topic, writersOf(topic), driver))
        }
        const examined = found.reduce((sum, one) => sum + one.examined, 0)
        const old = found.reduce((sum, one) => sum + one.examined - one.compared, 0)
        // by topic, key and number; its problem may be another one at the next look
        const different = found.flatMap((one) =>
          one.wrong.map((what) => ({ key: what.slice(0, what.indexOf(':')), what })),
        )
        return { examined, old, different }
      }),
    conclude: (results) => {
      const { examined, old, different: wrong } = addTallies(results)
      const none = wrong.count === 0
      const before =
        old === 0
          ? ''
          : `, ${old} of them from before what outboxes keep: in their order, without a gap, and held to the log`
      const detail = none
        ? `${examined} messages are in the topics as they were written${before}`
        : `${wrong.count} differ: ${told(wrong, 5, '; ')}`
      return [{ check: 'messages sent are those of the outboxes', ok: none, examined, detail, ...naming(wrong) }]
    },
  })
}

/** Of one range: some 100 bytes each in memory, and the topics are read once per range. */
const DIGESTS = 500_000

/**
 * Whether the topics of a service hold what its log told, also where upkeep removed the row from the outbox. It says nothing while
 * no row was removed: the outbox itself is held to the log.
 */
export const removedProof = (
  service: string,
  database: Database,
  topics: readonly TopicSpec[],
  driver: Pick<MessagingDriver, 'read'>,
): RangedProof =>
  rangedProof<ToldCompared>({
    name: `messages in the topics of ${service}`,
    database,
    keys: { sql: TOLD_DIGESTS_SQL },
    perRange: DIGESTS,
    there: rowsIn(database, `(${TOLD_DIGESTS_SQL}) told`),
    prove: (tx, range) => {
      const told = topics.filter(({ name }) => name !== notesTopic)
      return compareTold(tx, (digest) => within(digest, range), told, driver)
    },
    conclude: (ranges) => removedFinding(`topics hold what the log of ${service} told`, ranges),
  })

function removedFinding(check: string, ranges: readonly ToldCompared[]): readonly Finding[] {
  const examined = ranges.reduce((sum, range) => sum + range.examined, 0)
  if (examined === 0) return []
  const missing = ranges.reduce((sum, range) => sum + range.missingCount, 0)
  const forgotten = Math.max(...ranges.map((range) => range.forgotten))
  const problems = ranges.flatMap((range) => range.strange.map((name) => `${name}: no event of the log told this`))
  if (missing !== forgotten) {
    const named = ranges.flatMap((range) => range.missing.map((event) => `${event}: what it told is in no topic`))
    problems.push(...(named.length > 0 ? named : [`${forgotten} numbers of topics that forget were told by no event`]))
  }
  const ok = problems.length === 0
  const gone = forgotten === 0 ? '' : `, ${forgotten} went from topics that forget: of them the number is proved`
  const named = namesOf(problems)
  const detail = ok ? `${examined} messages${gone}` : told(named, 5, '; ')
  return [{ check, ok, examined, detail, ...naming(named) }]
}
