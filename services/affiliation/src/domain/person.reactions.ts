import { isDependant } from './capacities.ts'
import type { PersonCommand } from './person.commands.ts'
import type { PersonEvent, PersonEventType } from './person.events.ts'
import { type Affiliation, bearing, type Dependant, type Person, type Span } from './person.ts'

/** A command for another person that follows from events of one person; decided in the same transaction. */
export interface Reaction {
  readonly personId: string
  readonly command: PersonCommand
}

type Acquired = Extract<PersonEvent, { type: 'CapacityAcquired' }>['data']

function addToHolder(data: Acquired, dependantPersonId: string): Reaction[] {
  if (data.holderPersonId === undefined) return []
  const { capacityId, capacity: kind, from, partnership, holderTo } = data
  const command: PersonCommand = {
    ...{ type: 'AddDependant', dependantPersonId, capacityId, kind, from },
    ...(partnership ? { partnership } : {}),
    ...(holderTo ? { until: holderTo } : {}),
  }
  return [{ personId: data.holderPersonId, command }]
}

/** The holder's side follows the days of a dependant. */
function alignWithHolder(capacityId: string, before: Person, person: Person): Reaction[] {
  const { personId } = person
  const entry = person.capacities.find((capacity) => capacity.capacityId === capacityId)
  const holderId = (entry ?? before.capacities.find((capacity) => capacity.capacityId === capacityId))?.holderPersonId
  if (!holderId || personId === null) return []
  const { from = null, to = null } = entry ?? {}
  const days = { from, to, claimed: entry !== undefined }
  return [{ personId: holderId, command: { type: 'AlignDependant', dependantPersonId: personId, capacityId, ...days } }]
}

/** Events after which the days on which a holder gives the quality may be others. */
const movesDependants: ReadonlySet<PersonEventType> = new Set([
  'AffiliationOpened',
  'AffiliationClosed',
  'AffiliationCorrected',
  'AffiliationWithdrawn',
  'CapacityAcquired',
  'CapacityWithdrawn',
])

const hasQuality = (person: Person, { affiliationId }: Affiliation): boolean =>
  person.capacities.some(
    (entry) => entry.affiliationId === affiliationId && entry.verdict === 'acquired' && !isDependant(entry),
  )

/** The dependant is told on which days the holder gives the quality, whatever was told before. */
function followed(person: Person, { personId, capacityId }: Dependant, home: Affiliation | undefined): Reaction {
  const span: Span | null = home && hasQuality(person, home) ? { from: home.from, to: home.to } : null
  const leavesInsurer = home?.to !== null && home?.reason === 'departure'
  const ziekenfonds = home?.ziekenfonds ?? null
  return { personId, command: { type: 'FollowHolder', capacityId, span, ziekenfonds, leavesInsurer } }
}

function dependantsFollow(before: Person, person: Person): Reaction[] {
  return person.dependants.flatMap((entry): Reaction[] => {
    const home = bearing(person, entry.from)
    const was = bearing(before, entry.from)
    const quality = home !== undefined && hasQuality(person, home)
    // what ended before the holder's last day is not moved by it
    const same = was && home && was.from === home.from && was.to === home.to && hasQuality(before, was) === quality
    return same ? [] : [followed(person, entry, home)]
  })
}

/** Days that ended before the holder's last one were not moved by it, and nobody kept it: put right, they may lie behind it. */
function notBeyondHolder(person: Person, capacityId: string): Reaction[] {
  const entry = person.dependants.find((dependant) => dependant.capacityId === capacityId)
  const home = entry && bearing(person, entry.from)
  if (!entry || !home || home.to === null || (entry.to !== null && entry.to <= home.to)) return []
  return [followed(person, entry, home)]
}

/**
 * Keeps the two sides of a dependency equal: what begins, ends or is corrected on one side is so on the other. Ends when nothing is
 * left to say, because days that are told already decide nothing.
 */
export function reactionsTo(events: readonly PersonEvent[], before: Person, person: Person): readonly Reaction[] {
  const personId = person.personId
  if (personId === null) return []
  const own = events.flatMap((event): Reaction[] => {
    switch (event.type) {
      case 'CapacityAcquired':
        return addToHolder(event.data, personId)
      case 'CapacityEnded':
      case 'CapacityCorrected':
      case 'CapacityWithdrawn':
        return alignWithHolder(event.data.capacityId, before, person)
      case 'DependantCorrected':
        return notBeyondHolder(person, event.data.capacityId)
      default:
        return []
    }
  })
  return events.some(({ type }) => movesDependants.has(type)) ? [...own, ...dependantsFollow(before, person)] : own
}
