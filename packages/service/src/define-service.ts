import { join } from 'node:path'
import { createEventStore } from '@ziv/event-store'
import type { EventDefinitions } from '@ziv/kernel'
import type { ApiDescription } from '@ziv/openapi'
import type { Runs } from '@ziv/runs'
import { proveAll } from './proofs/proof.ts'
import type { ServiceContext, ServiceDeps, ServiceModule } from './types.ts'

/** What only a service itself can say of its parts; the others have a default. */
export type ServiceParts = Pick<ServiceModule, 'routes' | 'proofs'> &
  Partial<Omit<ServiceModule, 'name' | 'api' | 'verify'>> & {
    /** Long work of the service: taken up when it resumes, stopped with it. */
    readonly runs?: Runs
  }

/** The description of one service. `P`: what it offers in process beside its API; `O`: what specs may set. */
export interface ServiceDescription<P extends ServiceParts, O> {
  /** Name of the API, of the log lines, of the consumers; lower case letters only. */
  readonly name: string
  /** `import.meta.dirname` of the service's `src`: its migrations lie in the folder beside it. */
  readonly folder: string
  readonly api: ApiDescription
  /** The private events of its aggregates; every version of each has a frozen example in `fixtures/events`. */
  readonly events: readonly EventDefinitions[]
  /** Puts the service together. Opens nothing, starts nothing. */
  readonly create: (context: ServiceContext, options?: O) => P | Promise<P>
}

/** A service as every host takes it: the sandbox, a process of its own, the bench, a spec. */
export interface ServiceDefinition<M extends ServiceModule = ServiceModule, O = never> {
  readonly name: string
  /** Database of the service on the server of its installation. */
  readonly database: string
  /** Who the service is for the broker; the access lists of `infra/topics.yaml` name it. */
  readonly principal: string
  readonly migrations: string
  readonly api: ApiDescription
  readonly events: readonly EventDefinitions[]
  /** Folder of the frozen examples of its events, `<type>.v<version>.json`. */
  readonly fixtures: string
  /** File that says who may call what; the specs of access hold the routes to it. */
  readonly access: string
  readonly create: (deps: ServiceDeps, options?: O) => Promise<M>
}

/** A service that was put together: what its parts offer and what every service has. */
export type ModuleOf<D> = D extends { create: (...given: never[]) => Promise<infer M> } ? M : never

/**
 * Defines a service once; whatever needs its name, database, principal, migrations or contract takes it from here.
 * Throws when the name could not be part of an address, a database name and a principal alike.
 */
export function defineService<P extends ServiceParts, O = undefined>(
  service: ServiceDescription<P, O>,
): ServiceDefinition<P & ServiceModule, O> {
  const { name, folder, api, events } = service
  if (!/^[a-z]{3,30}$/.test(name)) throw new Error(`the name of a service is 3 to 30 lower case letters, not "${name}"`)
  return {
    name,
    database: `ziv_${name}`,
    principal: `ziv-${name}`,
    migrations: join(folder, '..', 'migrations'),
    api,
    events,
    fixtures: join(folder, '..', 'fixtures', 'events'),
    access: join(folder, '..', 'access.yaml'),
    create: async (deps, options) => {
      const parts = await service.create({ ...deps, store: createEventStore(events) }, options)
      return {
        consumers: [],
        ...parts,
        name,
        api,
        verify: () => proveAll(parts.proofs),
        resume: async () => {
          await parts.resume?.()
          await parts.runs?.resume()
        },
        stop: async () => {
          await parts.runs?.stop()
          await parts.stop?.()
        },
      }
    },
  }
}
