import type { StoredEvent, Upcasters } from './types.ts'

/** Lifts an event to the newest shape its upcasters lead to, one pure step at a time. The stored row stays as it is. */
export function upcast(event: StoredEvent, upcasters: Upcasters): StoredEvent {
  const steps = upcasters[event.type]
  if (steps === undefined) return event
  let { data, schemaVersion } = event
  for (let step = steps[schemaVersion]; step !== undefined; step = steps[schemaVersion]) {
    data = step(data)
    schemaVersion += 1
  }
  return schemaVersion === event.schemaVersion ? event : { ...event, data, schemaVersion }
}
