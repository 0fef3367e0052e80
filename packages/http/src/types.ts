import type { Clock, RejectionCatalog } from '@ziv/kernel'
import type { Law } from '@ziv/law'
import type { ConsumerDefinition, MessagingDriver } from '@ziv/messaging'
import type { Database } from '@ziv/postgres'
import type { Vault } from '@ziv/privacy'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'

/** Everything a token can allow its bearer to be. */
export const roles = [
  'clerk',
  'landsbondViewer',
  'landsbondApprover',
  'rizivDistributor',
  'rizivSupervisor',
  'careProvider',
  'ocmw',
  'rsz',
  'insured',
  'system',
] as const
export type Role = (typeof roles)[number]

/** Who calls, as the verified token says. */
export interface Caller {
  /** `sub` of the token; goes into event metadata as actor. */
  readonly subject: string
  readonly roles: readonly Role[]
  /** Insurer the caller works for (`300`). */
  readonly insurer?: string
  /** Ziekenfonds the caller works for (`306`). */
  readonly ziekenfonds?: string
  /** For role insured: the person the caller is. */
  readonly personId?: string
  /** For role careProvider: the RIZIV number. */
  readonly providerNumber?: string
}

/** Verifies a bearer token; throws an Unauthorized problem. */
export interface Authenticator {
  verify(token: string): Promise<Caller>
}

/** Where the process runs; what belongs to the sandbox only is refused in production. */
export type Environment = 'sandbox' | 'production'

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

/** One thing that `ziv verify` checked. */
export interface Finding {
  readonly check: string
  readonly ok: boolean
  /** How much was looked at: a check that read nothing is not ok. */
  readonly examined: number
  readonly detail: string
}

/** What the contract at `/doc/openapi.yaml` says of an API beside its routes. */
export interface ApiDescription {
  readonly title: string
  readonly description: string
  /** `major.minor.patch` of the contract. */
  readonly version: string
  /** Every tag that an operation uses, in title style. */
  readonly tags: readonly { readonly name: string; readonly description: string }[]
  /** Refusals of the domain: listed at `/refData/problemTypes` and in the contract. */
  readonly rejections?: RejectionCatalog
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
  readonly verify: () => AsyncIterable<Finding>
  /** Waits for background work of this process to end. */
  readonly stop: () => Promise<void>
}
