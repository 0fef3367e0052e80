import type { Caller } from '@ziv/http'
import { z } from 'zod'
import { loadPerson } from '../commands/load-person.ts'
import { type OpenedIdentity, openIdentity } from '../commands/open-identity.ts'
import type { ApiContext } from '../context.ts'
import type { PersonEvent } from '../domain/person.events.ts'
import { isMember, seesIdentity } from './access.ts'
import { answer, identityFields } from './schemas.ts'

export const otherPerson = answer('HistoryPerson', {
  personId: z.uuid().describe('Identifier of that person'),
  role: z.enum(['dependant', 'holder']).describe('What that person is of the one whose history it is'),
  href: z.string().optional().describe('Address of that person, for those who may read it'),
  identity: answer('HistoryIdentity', identityFields)
    .optional()
    .describe('Only for those who may read that person and need it; absent after an erasure'),
})

/** What the history of one person shows of another. */
export type OtherPerson = z.infer<typeof otherPerson>

/** Whom else an event is about; null for one that is about its own person alone. */
export function otherOf({ data }: PersonEvent): Pick<OtherPerson, 'personId' | 'role'> | null {
  if ('dependantPersonId' in data) return { personId: data.dependantPersonId, role: 'dependant' }
  return 'holderPersonId' in data && data.holderPersonId !== undefined
    ? { personId: data.holderPersonId, role: 'holder' }
    : null
}

type Shown = Omit<OtherPerson, 'role'>

/** Persons as a caller may see them, by id: whoever may not read them learns nothing but the id. */
export async function othersFor(
  context: ApiContext,
  caller: Caller,
  personIds: ReadonlySet<string>,
): Promise<ReadonlyMap<string, Shown>> {
  const shown = new Map<string, Shown>()
  for (const personId of personIds) {
    const loaded = await loadPerson(context, personId)
    if (loaded === null) throw new Error(`person ${personId} is in the history of another and is not known`)
    if (!isMember(caller, loaded, 'read', context.clock.today())) {
      shown.set(personId, { personId })
      continue
    }
    const identity = seesIdentity(caller) ? await openIdentity(context, personId, loaded.events) : null
    const named = identity === null ? {} : { identity: withoutAddress(identity) }
    shown.set(personId, { personId, href: `/affiliation/v1/persons/${personId}`, ...named })
  }
  return shown
}

const withoutAddress = ({ ssin, lastName, firstNames }: OpenedIdentity): NonNullable<OtherPerson['identity']> => ({
  ssin,
  lastName,
  firstNames,
})
