import type { IntegrationEvent } from './define.ts'
import * as events from './events/index.ts'

const isEvent = (value: unknown): value is IntegrationEvent =>
  typeof value === 'object' && value !== null && 'type' in value && 'schema' in value && 'topic' in value

/** Every integration event of the public contract, by CloudEvents type. */
export const catalog: ReadonlyMap<string, IntegrationEvent> = new Map(
  (Object.values(events) as unknown[])
    .filter(isEvent)
    // the order of a module's exports differs between runtimes; what is generated from the catalog may not
    .sort((a, b) => (a.type < b.type ? -1 : 1))
    .map((event) => [event.type, event] as const),
)
