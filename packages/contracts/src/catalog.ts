import type { IntegrationEvent } from './define.ts'
import * as affiliation from './events/affiliation.ts'
import * as contributions from './events/contributions.ts'
import * as landsbond from './events/landsbond.ts'
import * as reimbursement from './events/reimbursement.ts'
import * as rights from './events/rights.ts'
import * as riziv from './events/riziv.ts'

const isEvent = (value: unknown): value is IntegrationEvent =>
  typeof value === 'object' && value !== null && 'type' in value && 'schema' in value && 'topic' in value

/** Every integration event of the public contract, by CloudEvents type. */
export const catalog: ReadonlyMap<string, IntegrationEvent> = new Map(
  [affiliation, contributions, rights, reimbursement, landsbond, riziv]
    .flatMap((module): unknown[] => Object.values(module))
    .filter(isEvent)
    // the order of a module's exports differs between runtimes; what is generated from the catalog may not
    .sort((a, b) => (a.type < b.type ? -1 : 1))
    .map((event) => [event.type, event] as const),
)
