import { type EventStore, walkChains } from '@ziv/event-store'
import { proveMembers } from '@ziv/members/store'
import type { Database } from '@ziv/postgres'
import { type RangedProof, rangedProof, rowsIn } from './proof.ts'
import { addTallies, namesOf, naming, told } from './tally.ts'
import { toldMessagesProof } from './told-messages.ts'

/** What every service proves of its log: its chains, and that its messages are those of its events. */
export const logProofs = (service: string, database: Database, store: EventStore): readonly RangedProof[] => [
  chainsProof(service, database, store),
  toldMessagesProof(service, database),
]

/** Every chain of a service's store holds. */
const chainsProof = (service: string, database: Database, store: EventStore): RangedProof =>
  rangedProof({
    name: `${service}: hash chains`,
    database,
    keys: { sql: 'select stream_id as key from es.streams' },
    there: rowsIn(database, 'es.streams', 'es.events'),
    prove: async (tx, range) => {
      const { examined, broken } = await walkChains(store, tx, range)
      return { examined, broken: namesOf(broken) }
    },
    conclude: (results) => {
      const { examined, broken } = addTallies(results)
      const holds = broken.count === 0
      const detail = holds ? `every chain holds, ${examined} events hashed again` : told(broken, 5, '; ')
      return [{ check: `${service}: hash chains`, ok: holds, examined, detail, ...naming(broken) }]
    },
  })

/** What a service keeps of the members is the fold of the facts that it was told. */
export const membersProof = (check: string, database: Database): RangedProof =>
  rangedProof({
    name: check,
    database,
    keys: { sql: 'select person_id::text as key from app_members.persons' },
    there: rowsIn(database, 'app_members.persons', 'app_members.facts', 'app_members.identifiers'),
    prove: async (tx, range) => {
      const { examined, wrong } = await proveMembers(tx, range)
      return { examined, wrong: namesOf(wrong) }
    },
    conclude: (results) => {
      const { examined, wrong } = addTallies(results)
      const detail = `${examined} members, ${wrong.count} do not agree with their facts: ${told(wrong) || 'none'}`
      return [{ check, ok: wrong.count === 0, examined, detail, ...naming(wrong) }]
    },
  })
