import { compareOutbox, looseMessages, OUTBOX_PLACES_SQL, type OutboxCompared } from '@ziv/event-store'
import type { Database } from '@ziv/postgres'
import type { Finding } from '../types.ts'
import { type RangedProof, rangedProof, rowsIn } from './proof.ts'
import { namesOf, naming, told } from './tally.ts'

/** Every message of the outbox is the one that was told with an event of the log, and every event's messages are there. */
export const toldMessagesProof = (service: string, database: Database): RangedProof =>
  rangedProof<OutboxCompared>({
    name: `${service}: messages`,
    database,
    keys: { sql: OUTBOX_PLACES_SQL },
    there: rowsIn(database, 'es.outbox'),
    prove: compareOutbox,
    conclude: (ranges) => [findingOf(`${service}: messages equal the log`, ranges)],
  })

function findingOf(check: string, ranges: readonly OutboxCompared[]): Finding {
  const { strange, missing, disordered, beyond } = looseMessages(ranges)
  const examined = ranges.reduce((sum, { messages }) => sum + messages, 0)
  const astray = [...new Set([...disordered, ...ranges.flatMap((range) => range.disordered)])]
  const problems = [
    ...strange.map((row) => `${row}: no event of the log told this`),
    ...missing.map((event) => `${event}: what it told is not in the outbox`),
    ...astray.map((row) => `${row}: not in its order`),
  ]
  const named = namesOf(problems)
  const differ = strange.length + missing.length + astray.length + beyond
  const ok = differ === 0
  return {
    check,
    ok,
    examined,
    detail: ok
      ? `${examined} messages as the events of the log told them`
      : `${differ} differ: ${told({ ...named, count: differ }, 5, '; ')}`,
    ...naming(named),
  }
}
