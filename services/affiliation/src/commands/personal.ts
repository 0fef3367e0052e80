import { personalContext } from '@ziv/contracts'
import type { JsonObject, LoadedStream, StoredEvent } from '@ziv/event-store'
import type { Vault } from '@ziv/privacy'
import type { SealedValue } from '../domain/capacities.ts'
import type { PersonEvent, PersonEventType } from '../domain/person.events.ts'
import { personalFields } from '../domain/stored-events.ts'
import { personOf } from './event-ids.ts'

interface OwnEvent {
  readonly personId: string
  readonly eventId: string
  readonly event: PersonEvent
}

/** The data of events as they are stored: what is personal under the key of the person. In the order of the events. */
export async function storedData(
  vault: Pick<Vault, 'seal'>,
  events: readonly OwnEvent[],
): Promise<readonly JsonObject[]> {
  const parts = events.map(({ event }) => split(event))
  const wanted = parts.flatMap(({ facts }, place) => {
    if (facts === null) return []
    const { personId, eventId } = events[place] as OwnEvent
    return [{ place, subjectId: personId, context: personalContext(eventId), plaintext: JSON.stringify(facts) }]
  })
  if (wanted.length === 0) return parts.map(({ rest }) => rest)
  const sealed = await vault.seal(wanted)
  const at = new Map(wanted.map(({ place }, index) => [place, sealed[index] as SealedValue]))
  return parts.map(({ rest }, place) => {
    const personal = at.get(place)
    return personal === undefined ? rest : { ...rest, personal: { ...personal } }
  })
}

function split({ type, data }: PersonEvent): { readonly rest: JsonObject; readonly facts: object | null } {
  const names = personalFields[type]
  if (names === undefined) return { rest: data as JsonObject, facts: null }
  const entries = Object.entries(data)
  const birthDate = (data as { readonly birthDate?: string }).birthDate
  const year = birthDate === undefined ? {} : { birthYear: Number(birthDate.slice(0, 4)) }
  return {
    rest: { ...Object.fromEntries(entries.filter(([name]) => !names.includes(name))), ...year },
    facts: Object.fromEntries(entries.filter(([name]) => names.includes(name))),
  }
}

/**
 * Streams of persons as the domain reads them, all with one call to the vault. Of a person whose key is destroyed the year of
 * birth is left, as 1 July; the sex is X and no number leads anywhere. A value that was changed or moved throws `TamperedError`.
 */
export async function openStreams(
  vault: Pick<Vault, 'open'>,
  streams: readonly LoadedStream[],
): Promise<readonly LoadedStream[]> {
  const wanted = streams.flatMap(({ streamId, events }) =>
    events.filter(isSealed).map((event) => ({ subjectId: personOf(streamId), event })),
  )
  if (wanted.length === 0) return streams
  const opened = await vault.open(
    wanted.map(({ subjectId, event: { eventId, data } }) => {
      return { subjectId, context: personalContext(eventId), sealed: data.personal as unknown as SealedValue }
    }),
  )
  const facts = new Map(wanted.map(({ event }, place) => [event, opened[place]]))
  return streams.map((stream) => ({
    ...stream,
    events: stream.events.map((event) => (isSealed(event) ? openedEvent(event, facts.get(event)) : event)),
  }))
}

const isSealed = ({ type }: StoredEvent): boolean => personalFields[type as PersonEventType] !== undefined

function openedEvent(event: StoredEvent, text: string | symbol | undefined): StoredEvent {
  const { personal: _, birthYear, ...rest } = event.data
  const left = { birthDate: `${birthYear}-07-01`, sex: 'X', inszIndex: '', previousInszIndex: '' } as const
  const names = personalFields[event.type as PersonEventType] ?? []
  const facts =
    typeof text === 'string'
      ? (JSON.parse(text) as JsonObject)
      : Object.fromEntries(Object.entries(left).filter(([name]) => names.includes(name)))
  return { ...event, data: { ...rest, ...facts } }
}
