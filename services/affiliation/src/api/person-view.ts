import type { Instant, IsoDate } from '@ziv/kernel'
import type { z } from 'zod'
import { birthsOfDependants } from '../commands/dependants.ts'
import type { LoadedPerson } from '../commands/load-person.ts'
import { openIdentity } from '../commands/open-identity.ts'
import type { Context } from '../context.ts'
import { type Capacity, coversDay, type Dependant } from '../domain/person.ts'
import type { personView } from './schemas.ts'

type WithoutNulls<T> = { [K in keyof T as null extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as null extends T[K] ? K : never]?: Exclude<T[K], null>
}

/** Nothing is answered as null: what is not known is not there. */
const withoutNulls = <T extends object>(entry: T): WithoutNulls<T> =>
  Object.fromEntries(
    Object.entries(entry).filter(([, value]) => value !== null && value !== undefined),
  ) as WithoutNulls<T>

const capacityView = <V extends object>(view: V, { status, waitingFor, proofs }: Capacity) => ({
  ...view,
  state: status,
  waitingFor: status === 'pending' ? (waitingFor ?? undefined) : undefined,
  evidence: proofs.map(({ evidenceId, evidence }) => ({ evidenceId, kind: evidence.kind })),
})

/** A person as the API shows it on a day. */
export async function viewOf(
  context: Context,
  { person, version, events }: LoadedPerson,
  options: { readonly asOf: IsoDate; readonly knownAt?: Instant | undefined; readonly identity: boolean },
): Promise<z.infer<typeof personView>> {
  const { asOf } = options
  const personId = person.personId as string
  const identity = options.identity ? await openIdentity(context, personId, events) : null
  const home = person.affiliations.find((entry) => coversDay(entry, asOf))
  const facts = context.facts()
  const births = await birthsOfDependants(context, person, options.knownAt)
  const onDay = <E extends Capacity | Dependant>(entry: E, birthDate: IsoDate | null) => {
    // an end by the age limit that is still to come is not told as an end
    const last = facts.lastDayOf(entry, birthDate)
    const to = last !== null && last < asOf ? last : entry.to
    return { ...withoutNulls({ ...entry, to }), current: coversDay({ from: entry.from, to }, asOf) }
  }
  return {
    personId,
    version,
    asOf,
    erased: person.erased,
    // after an erasure only the fact of it is left to tell
    ...(person.erased ? {} : withoutNulls({ birthDate: person.birthDate, sex: person.sex })),
    ...withoutNulls({ diedOn: person.diedOn, identity }),
    ...(home ? { insurer: home.insurer, ziekenfonds: home.ziekenfonds } : {}),
    affiliations: person.affiliations.map(withoutNulls),
    capacities: person.capacities.map((entry) => capacityView(onDay(entry, person.birthDate), entry)),
    dependants: person.dependants
      .filter(({ displaced }) => !displaced)
      .map((entry) => onDay(entry, births.get(entry.personId) ?? null)),
  } as z.infer<typeof personView>
}
