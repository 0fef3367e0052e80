import { addDays, type IsoDate, maxDate } from '@ziv/kernel'
import { acquire } from './decide-capacity.ts'
import { allow, type PersonDecision, refuse, requireLiving } from './decision.ts'
import type { PersonCommandOf } from './person.commands.ts'
import { type PersonEvent, personEvent } from './person.events.ts'
import type { PersonFacts } from './person.facts.ts'
import { evolvePerson, openAffiliation, type Person } from './person.ts'

export type Placement =
  | { readonly kind: 'existing'; readonly affiliationId: string; readonly from: IsoDate }
  | { readonly kind: 'new'; readonly from: IsoDate }
  | { readonly kind: 'elsewhere' }

/**
 * Where an insurance that starts on a day belongs: days that an earlier affiliation already holds stay with it, so that
 * there is at most one insurer on every day.
 */
export function placeInAffiliation(person: Person, ziekenfonds: string, start: IsoDate): Placement {
  const open = openAffiliation(person)
  if (open) {
    if (open.ziekenfonds !== ziekenfonds) return { kind: 'elsewhere' }
    return { kind: 'existing', affiliationId: open.affiliationId, from: maxDate(start, open.from) }
  }
  const lastDays = person.affiliations.map((entry) => entry.to).filter((to) => to !== null)
  const lastDay = lastDays.reduce<IsoDate | null>((last, to) => (last === null || to > last ? to : last), null)
  return { kind: 'new', from: lastDay !== null && lastDay >= start ? addDays(lastDay, 1) : start }
}

const holdsRailwayAttest = (command: PersonCommandOf<'Affiliate'>): boolean =>
  command.capacity?.evidence.some(({ evidence }) => ['railwayStaffAttest', 'migratedRecord'].includes(evidence.kind)) ??
  false

/** The staff statute decides who is insured with the HR Rail fund; everybody else chooses freely (art. 118 ZIV-wet). */
const railwayInsurer = '900'

export function affiliate(command: PersonCommandOf<'Affiliate'>, person: Person, facts: PersonFacts): PersonDecision {
  const barred = requireLiving(person)
  if (barred) return barred
  const { capacity, requestedOn, ziekenfonds } = command
  if (requestedOn > facts.today) return refuse('dateInFuture', { field: 'requestedOn', day: requestedOn })
  const ruleStart = capacity
    ? facts.startOfInsurance(capacity.kind, capacity.acquiredOn, capacity.requestedOn)
    : command.from
  if (ruleStart === undefined) return refuse('startMissing')
  if (person.birthDate !== null && ruleStart < person.birthDate && capacity === undefined) {
    return refuse('beforeBirth', { field: 'from', day: ruleStart })
  }
  const insurer = facts.insurerOf(ziekenfonds, facts.today)
  if (insurer === null) return refuse('ziekenfondsUnknown', { ziekenfonds })
  if (insurer === railwayInsurer && !holdsRailwayAttest(command)) return refuse('railwayStaffOnly')
  const place = placeInAffiliation(person, ziekenfonds, ruleStart)
  if (place.kind !== 'new') return refuse('alreadyAffiliated')
  const { affiliationId } = command
  const opened = personEvent('AffiliationOpened', {
    affiliationId,
    insurer,
    ziekenfonds,
    from: place.from,
    requestedOn,
  })
  if (!capacity) return allow(opened)
  const acquired = acquire(capacity, evolvePerson(person, opened), facts)
  return acquired.ok ? allow(opened, ...acquired.events) : acquired
}

/** Closes an affiliation with what depends on it: capacities that still run end on the same day. */
export function closeAffiliation(
  person: Person,
  affiliationId: string,
  to: IsoDate,
  reason: 'death' | 'departure',
): PersonDecision {
  const affiliation = person.affiliations.find((entry) => entry.affiliationId === affiliationId)
  if (!affiliation) return refuse('affiliationNotFound')
  if (affiliation.from > to) return refuse('endBeforeStart', { from: affiliation.from, to })
  const own = person.capacities.filter((entry) => entry.affiliationId === affiliationId && entry.status !== 'refused')
  const later = own.find((entry) => entry.status === 'acquired' && entry.from !== null && entry.from > to)
  if (later?.from) return refuse('endBeforeCapacityStart', { capacity: later.capacity, from: later.from, to })
  const { insurer, ziekenfonds } = affiliation
  const events: PersonEvent[] = own.flatMap((entry): PersonEvent[] => {
    if (entry.status === 'pending') {
      return [personEvent('CapacityRefused', { capacityId: entry.capacityId, capacity: entry.capacity, decidedOn: to })]
    }
    if (entry.to !== null && entry.to <= to) return []
    return [
      personEvent('CapacityEnded', {
        capacityId: entry.capacityId,
        insurer,
        ziekenfonds,
        capacity: entry.capacity,
        to,
      }),
    ]
  })
  return allow(...events, personEvent('AffiliationClosed', { affiliationId, insurer, ziekenfonds, to, reason }))
}

export function endAffiliation(command: PersonCommandOf<'EndAffiliation'>, person: Person): PersonDecision {
  const barred = requireLiving(person)
  if (barred) return barred
  const affiliation = person.affiliations.find((entry) => entry.affiliationId === command.affiliationId)
  if (!affiliation) return refuse('affiliationNotFound')
  if (affiliation.to !== null) return refuse('affiliationAlreadyEnded', { to: affiliation.to })
  const closed = closeAffiliation(person, command.affiliationId, command.to, command.reason)
  return closed.ok ? allow(...closed.events, ...releaseDependants(person, command.to)) : closed
}

/** The holder lets go of everyone who still depends on a day: their insurer was the holder's (art. 118 ZIV-wet). */
export function releaseDependants(person: Person, to: IsoDate): readonly PersonEvent[] {
  return person.dependants
    .filter((entry) => entry.to === null || entry.to > to)
    .map((entry) => {
      const lastDay = maxDate(entry.from, to)
      return personEvent('DependantReleased', {
        dependantPersonId: entry.personId,
        capacityId: entry.capacityId,
        to: lastDay,
      })
    })
}
