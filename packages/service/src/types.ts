import type { EventStore } from '@ziv/event-store'
import type { Authenticator, Environment } from '@ziv/http'
import type { Clock } from '@ziv/kernel'
import type { Law } from '@ziv/law'
import type { MemberCopy } from '@ziv/members/store'
import type { ConsumerDefinition, MessagingDriver } from '@ziv/messaging'
import type { ApiDescription } from '@ziv/openapi'
import type { Database } from '@ziv/postgres'
import type { Vault } from '@ziv/privacy'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import type { MessageCopy } from './proofs/message-copy.ts'
import type { RangedProof } from './proofs/proof.ts'

/** What a composition root hands to a service. Nothing in a service opens a pool or a socket by itself. */
export interface ServiceDeps {
  readonly database: Database
  readonly driver: MessagingDriver
  readonly clock: Clock
  readonly vault: Vault
  readonly auth: Authenticator
  readonly law: Law
  readonly logger: Logger
  /** Insurers this cell works for; all seven by default. */
  readonly insurers: readonly string[]
  readonly environment: Environment
}

/**
 * What a service is put together on: what the composition root hands over, and the store of its own events. Each service
 * extends it once, in its `context.ts`, with what its parts share beside this; a part takes all of it or a `Pick` of it.
 */
export interface ServiceContext extends ServiceDeps {
  readonly store: EventStore
}

/** One thing that `ziv verify` checked. */
export interface Finding {
  readonly check: string
  readonly ok: boolean
  /** How much was looked at: a check that looked at none of what is there is not ok. */
  readonly examined: number
  readonly detail: string
  /** Everything that differs, by name, 1,000 at most; absent where nothing is named. */
  readonly names?: readonly string[]
}

/** A service as its composition root sees it: routes to mount, consumers and a relay to run, proofs to ask for. */
export interface ServiceModule {
  /** API name and first part of the URL: `/affiliation/v1`. */
  readonly name: string
  /** For the contract; a service without one is documented by its name only. */
  readonly api?: ApiDescription
  /** Whether the service can answer now, beside its database being there. Default: it can. */
  readonly healthy?: () => Promise<boolean>
  /** Registers the routes inside the prefix the host chose. */
  readonly routes: (app: FastifyInstance) => Promise<void>
  readonly consumers: readonly ConsumerDefinition[]
  /** Work that must be taken up again after a restart (interrupted intakes, renewal runs). Awaited at start. */
  readonly resume: () => Promise<void>
  /** What it can prove of itself, in the order in which it is told. */
  readonly proofs: readonly RangedProof[]
  /** What it keeps of the members; absent: nothing. */
  readonly memberCopy?: MemberCopy
  /** What it keeps of messages about days, years and amounts; absent: nothing. */
  readonly messageCopies?: readonly MessageCopy[]
  /** All of them, one after the other. */
  readonly verify: () => AsyncIterable<Finding>
  /** Waits for background work of this process to end. */
  readonly stop: () => Promise<void>
}
