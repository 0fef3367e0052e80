import type { StoredEvent } from '@ziv/event-store'
import { ERASED, type Sealed } from '@ziv/privacy'
import type { Context } from '../context.ts'
import { parsePersonEvent } from '../domain/person.events.ts'
import { sealContext } from './event-ids.ts'
import type { PlainAddress } from './identity.ts'

export interface OpenedIdentity {
  readonly ssin: string
  readonly lastName: string
  readonly firstNames: string
  readonly address?: PlainAddress
}

interface Place {
  readonly context: string
  readonly sealed: Sealed
}

/** Where the newest sealed value of each field stands. */
function placesOf(events: readonly StoredEvent[]): { insz?: Place; name?: Place; address?: Place } {
  const places: { insz?: Place; name?: Place; address?: Place } = {}
  for (const stored of events) {
    const event = parsePersonEvent(stored.type, stored.data)
    const place = (field: 'insz' | 'name' | 'address', sealed: Sealed): Place => ({
      context: sealContext(stored.eventId, field),
      sealed,
    })
    if (event.type === 'IdentifierReplaced') places.insz = place('insz', event.data.insz)
    if (event.type !== 'PersonRegistered') continue
    const { insz, name, address } = event.data.identity
    places.insz = place('insz', insz)
    places.name = place('name', name)
    if (address) places.address = place('address', address)
  }
  return places
}

/** The number that each event gave the person, by the id of the event; empty when the key was destroyed. */
export async function openNumbers(
  { vault }: Context,
  subjectId: string,
  events: readonly StoredEvent[],
): Promise<ReadonlyMap<string, string>> {
  const gives = events.flatMap((stored) => {
    const { insz } = placesOf([stored])
    return insz ? [{ eventId: stored.eventId, place: insz }] : []
  })
  const opened = await vault.open(gives.map(({ place }) => ({ subjectId, ...place })))
  return new Map(
    gives.flatMap(({ eventId }, index) => {
      const number = opened[index]
      return typeof number === 'string' ? [[eventId, number] as const] : []
    }),
  )
}

/** Unseals the identity; null when the key was destroyed. */
export async function openIdentity(
  { vault }: Context,
  subjectId: string,
  events: readonly StoredEvent[],
): Promise<OpenedIdentity | null> {
  const { insz, name, address } = placesOf(events)
  if (!insz || !name) return null
  const places = address ? [insz, name, address] : [insz, name]
  const opened = await vault.open(places.map((place) => ({ subjectId, ...place })))
  const [ssin, nameText, addressText] = opened
  if (typeof ssin !== 'string' || typeof nameText !== 'string' || opened.includes(ERASED)) return null
  const { lastName, firstNames } = JSON.parse(nameText) as { lastName: string; firstNames: string }
  const base = { ssin, lastName, firstNames }
  return typeof addressText === 'string' ? { ...base, address: JSON.parse(addressText) as PlainAddress } : base
}
