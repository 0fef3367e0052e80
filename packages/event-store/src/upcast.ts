import type { EventDefinitions, EventSchema, EventUpcaster } from '@ziv/kernel'
import { UnknownEvent } from './errors.ts'
import type { JsonObject, NewEvent, StoredEvent } from './types.ts'

interface Known {
  readonly versions: readonly EventSchema[]
  readonly steps: Readonly<Record<number, EventUpcaster>>
}

/** Every event type of one store, from the definitions of its aggregates. */
export interface EventCatalog {
  /** Lifts an event to its newest version, one pure step at a time; the stored row stays as it is. Throws `UnknownEvent`. */
  readonly newest: (event: StoredEvent) => StoredEvent
  /** Throws `UnknownEvent` for what nobody could read later. */
  readonly assertKnown: (event: Pick<NewEvent, 'type' | 'schemaVersion'>) => void
}

/** Joins the definitions of a store. Throws when two aggregates declare one type: a type has one meaning in a service. */
export function catalogOf(definitions: readonly EventDefinitions[]): EventCatalog {
  const known = new Map<string, Known>()
  for (const { aggregate, versions, upcasters } of definitions) {
    for (const [type, schemas] of versions) {
      if (known.has(type)) throw new Error(`${aggregate}: the event type ${type} is declared by another aggregate too`)
      known.set(type, { versions: schemas, steps: upcasters[type] ?? {} })
    }
  }
  const find = ({ type, schemaVersion }: Pick<NewEvent, 'type' | 'schemaVersion'>): Known => {
    const found = known.get(type)
    if (found?.versions[schemaVersion - 1] === undefined) throw new UnknownEvent(type, schemaVersion)
    return found
  }
  return {
    assertKnown: find,
    newest: (event) => {
      const { versions, steps } = find(event)
      if (event.schemaVersion === versions.length) return event
      let { data, schemaVersion } = event
      for (; schemaVersion < versions.length; schemaVersion++) data = steps[schemaVersion]!(data) as JsonObject
      return { ...event, data, schemaVersion }
    },
  }
}
