import { assertMaySee, type Caller, mayAct, type Tenant } from '@ziv/http'
import type { IsoDate } from '@ziv/kernel'
import type { LoadedPerson } from '../commands/load-person.ts'
import type { Affiliation, Person } from '../domain/person.ts'
import { tenantOn } from '../domain/tenant.ts'

/** Where a person belongs today, by the rule of every other service; before the first affiliation, at whoever registered the person. */
export function homeOf({ person, registeredBy }: LoadedPerson, today: IsoDate): Tenant {
  const personId = person.personId ?? undefined
  const home = tenantOn(person, today)
  if (home) return { personId, ...home }
  const [insurer, ziekenfonds] = (registeredBy ?? '').split('/')
  return registeredBy === null ? { personId } : { personId, insurer, ziekenfonds }
}

/** Whether the person is a member of the caller: now, also (to read) before, also (to write) from a day to come. */
export function isMember(caller: Caller, loaded: LoadedPerson, action: 'read' | 'write', today: IsoDate): boolean {
  const entitled = (entry: Affiliation): boolean =>
    (action === 'read' || entry.from > today) && mayAct(caller, entry, action)
  return mayAct(caller, homeOf(loaded, today), 'read') || loaded.person.affiliations.some(entitled)
}

/** Throws 404 unless the person is a member of the caller, see `isMember`. */
export function requireMember(
  caller: Caller,
  loaded: LoadedPerson | null,
  action: 'read' | 'write',
  today: IsoDate,
): LoadedPerson {
  if (loaded === null || !isMember(caller, loaded, action, today)) assertMaySee(caller, loaded && homeOf(loaded, today))
  return loaded as LoadedPerson
}

/** What a former insurer may see ends with its own affiliations. */
export function visibleTo(caller: Caller, loaded: LoadedPerson, today: IsoDate): Person {
  const { person } = loaded
  if (mayAct(caller, homeOf(loaded, today), 'read')) return person
  const affiliations = person.affiliations.filter((entry) => mayAct(caller, entry, 'read'))
  const own = new Set(affiliations.map((entry) => entry.affiliationId))
  const capacities = person.capacities.filter((entry) => own.has(entry.affiliationId))
  const kept = new Set(capacities.map((entry) => entry.capacityId))
  return {
    ...person,
    affiliations,
    capacities,
    dependants: person.dependants.filter((entry) => kept.has(entry.capacityId)),
  }
}

/** Names and numbers are for those who handle the file and for the person; a landsbond and the RIZIV work without them. */
export const seesIdentity = (caller: Caller): boolean =>
  caller.roles.some((role) => role === 'clerk' || role === 'insured' || role === 'system')
