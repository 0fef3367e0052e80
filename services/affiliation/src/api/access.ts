import { assertMaySee, type Caller, mayAct, type Tenant } from '@ziv/http'
import type { LoadedPerson } from '../commands/load-person.ts'
import { openAffiliation, type Person } from '../domain/person.ts'

/** Where a person belongs now: the affiliation that runs, else the last, else whoever registered the person. */
export function homeOf({ person, registeredBy }: LoadedPerson): Tenant {
  const personId = person.personId ?? undefined
  const last = openAffiliation(person) ?? person.affiliations.at(-1)
  if (last) return { personId, insurer: last.insurer, ziekenfonds: last.ziekenfonds }
  const [insurer, ziekenfonds] = (registeredBy ?? '').split('/')
  return registeredBy === null ? { personId } : { personId, insurer, ziekenfonds }
}

/** Throws 404 unless the person is a member of the caller, now or (to read) before. */
export function requireMember(caller: Caller, loaded: LoadedPerson | null, action: 'read' | 'write'): LoadedPerson {
  const tenant = loaded && homeOf(loaded)
  const earlier = loaded?.person.affiliations ?? []
  const wasMember = action === 'read' && earlier.some((entry) => mayAct(caller, entry, 'read'))
  if (!wasMember) assertMaySee(caller, tenant)
  return loaded as LoadedPerson
}

/** What a former insurer may see ends with its own affiliations. */
export function visibleTo(caller: Caller, loaded: LoadedPerson): Person {
  const { person } = loaded
  if (mayAct(caller, homeOf(loaded), 'read')) return person
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
