import { type PersonalFacts, personalContext, personalFacts } from '@ziv/contracts'
import type { ReceivedEvent } from '@ziv/messaging'
import type { Sealed, Vault } from '@ziv/privacy'

/** Events whose personal facts lie open: see `openPersonal`. */
export type OpenedEvents = readonly ReceivedEvent[] & { readonly opened?: never }

interface WithPersonal {
  readonly personal?: Sealed
  readonly birthYear?: number
}

/**
 * Opens what the affiliation service sealed under the keys of the persons, for a whole batch with one call to the vault:
 * the same events, with date of birth, sex and keyed hashes of numbers in their data. Of a person who was erased only 1 July
 * of the year of birth comes back, and no hash. A value that was changed or moved throws `TamperedError`.
 */
export async function openPersonal(
  vault: Pick<Vault, 'open'>,
  events: readonly ReceivedEvent[],
): Promise<readonly ReceivedEvent[]> {
  const sealed = events.flatMap((event) => {
    const { personal } = event.data as WithPersonal
    return personal === undefined ? [] : [{ event, sealed: personal }]
  })
  if (sealed.length === 0) return events
  const opened = await vault.open(
    sealed.map(({ event, sealed: value }) => {
      return { subjectId: event.key, context: personalContext(event.id), sealed: value }
    }),
  )
  const facts = new Map(sealed.map(({ event }, place) => [event, opened[place]]))
  return events.map((event) => {
    const found = facts.get(event)
    if (found === undefined) return event
    const known =
      typeof found === 'string' ? personalFacts.parse(JSON.parse(found)) : leftOf(event.data as WithPersonal)
    return { ...event, data: { ...(event.data as object), ...known } }
  })
}

/** What is left after an erasure. */
function leftOf({ birthYear }: WithPersonal): PersonalFacts {
  return birthYear === undefined ? {} : { birthDate: `${birthYear}-07-01` }
}
