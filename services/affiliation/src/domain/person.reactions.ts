import { isDependantKind } from './capacities.ts'
import type { EvidenceOf } from './evidence.ts'
import type { PersonCommand } from './person.commands.ts'
import type { PersonEvent } from './person.events.ts'
import type { Person } from './person.ts'

/** A command for another person that follows from events of one person; decided in the same transaction. */
export interface Reaction {
  readonly personId: string
  readonly command: PersonCommand
}

type Acquired = Extract<PersonEvent, { type: 'CapacityAcquired' }>['data']

function addToHolder(data: Acquired, dependantPersonId: string): Reaction[] {
  if (data.holderPersonId === undefined || !isDependantKind(data.capacity)) return []
  const household = data.evidence
    .map((entry) => entry.evidence)
    .find((proof): proof is EvidenceOf<'householdComposition'> => proof.kind === 'householdComposition')
  const { capacityId, capacity: kind, from, partnership } = data
  const command: PersonCommand = {
    ...{ type: 'AddDependant', dependantPersonId, capacityId, kind, from },
    ...(partnership ? { partnership } : {}),
    ...(household?.holderSpouseInHousehold ? { holderSpouseInHousehold: true } : {}),
  }
  return [{ personId: data.holderPersonId, command }]
}

/**
 * Keeps the two sides of a dependency equal: what begins or ends on one side begins or ends on the other. Ends when
 * nothing is left to say, because a release of what is already released decides nothing.
 */
export function reactionsTo(events: readonly PersonEvent[], person: Person): readonly Reaction[] {
  const personId = person.personId
  if (personId === null) return []
  const leavesInsurer = events.some((event) => event.type === 'AffiliationClosed' && event.data.reason === 'departure')
  return events.flatMap((event): Reaction[] => {
    switch (event.type) {
      case 'CapacityAcquired':
        return addToHolder(event.data, personId)
      case 'CapacityEnded': {
        const { capacityId, to } = event.data
        const holder = person.capacities.find((entry) => entry.capacityId === capacityId)?.holderPersonId
        if (!holder) return []
        return [
          { personId: holder, command: { type: 'ReleaseDependant', dependantPersonId: personId, capacityId, to } },
        ]
      }
      case 'DependantReleased': {
        const { dependantPersonId, capacityId, to } = event.data
        return [{ personId: dependantPersonId, command: { type: 'LoseHolder', capacityId, to, leavesInsurer } }]
      }
      default:
        return []
    }
  })
}
