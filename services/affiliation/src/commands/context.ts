import type { EventStore } from '@ziv/event-store'
import type { ServiceDeps } from '@ziv/service'
import type { PersonFacts } from '../domain/person.facts.ts'

/** What the use cases of this service work with. */
export interface Context extends ServiceDeps {
  readonly store: EventStore
  /** Facts of this moment: today and the law on it. */
  readonly facts: () => PersonFacts
}
