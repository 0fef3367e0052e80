import type { AccessLog } from '@ziv/http'
import type { Intake } from '@ziv/intake'
import type { ServiceContext } from '@ziv/service'
import type { PersonFacts } from './domain/person.facts.ts'

/** What the parts of this service share. */
export interface Context extends ServiceContext {
  /** Facts of this moment: today and the law on it. */
  readonly facts: () => PersonFacts
}

/** What its routes have beside that. */
export interface ApiContext extends Context {
  readonly accessLog: AccessLog
  readonly intake: Intake
}
