import { INSURERS } from '@ziv/contracts'
import { isoDate, movableClock } from '@ziv/kernel'
import { loadLaw } from '@ziv/law'
import type { ApiDescription, OpenapiDocument } from '@ziv/openapi'
import { openapiOf, type ServiceDeps } from '@ziv/service'
import { pino } from 'pino'
import { hosted, type ServiceName, serviceNames } from './services.ts'

export interface ServiceContract {
  readonly name: ServiceName
  readonly api: ApiDescription | undefined
  readonly openapi: OpenapiDocument
}

/** Stands for what a service is given to work with; a contract is made of routes alone, so nothing may use it. */
const unused = (what: string): never =>
  new Proxy({} as never, {
    get: (_target, property) =>
      typeof property === 'symbol' || property === 'then'
        ? undefined
        : () => {
            throw new Error(`the contract of a service was made by using its ${what}: ${String(property)}`)
          },
  })

/** The contract of every service, without a database: the same document that `/doc/openapi.yaml` serves. */
export async function serviceContracts(insurers: readonly string[] = INSURERS): Promise<readonly ServiceContract[]> {
  const deps: ServiceDeps = {
    database: unused('database'),
    driver: unused('driver'),
    vault: unused('vault'),
    auth: unused('authenticator'),
    clock: movableClock(isoDate('2026-01-01')),
    law: loadLaw(),
    logger: pino({ level: 'silent' }),
    insurers,
    environment: 'sandbox',
  }
  const contracts: ServiceContract[] = []
  for (const name of serviceNames) {
    const { api, routes, stop } = await hosted[name].create(deps)
    const openapi = await openapiOf({ name, routes, ...(api === undefined ? {} : { api }) })
    await stop()
    contracts.push({ name, api, openapi })
  }
  return contracts
}

/** A route that takes a file, as the contracts tell it. */
export interface FileRoute {
  /** Name of its resource: `/<api>/v1/<resource>` is its address. */
  readonly resource: string
  readonly url: string
  /** Media types that it reads. */
  readonly types: readonly string[]
  /** Statuses of its good answers. */
  readonly answers: readonly string[]
}

interface Operation {
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: { readonly format?: string } }>>
  }
  readonly responses: Readonly<Record<string, unknown>>
}

/** Every route that takes a file: the contracts are made of the routes, so a new kind of file is among them. */
export function fileRoutesOf(contracts: readonly ServiceContract[]): readonly FileRoute[] {
  return contracts.flatMap(({ name, openapi }) =>
    Object.entries(openapi.paths).flatMap(([path, operations]) =>
      Object.values(operations as unknown as Readonly<Record<string, Operation>>).flatMap((operation): FileRoute[] => {
        const content = Object.entries(operation.requestBody?.content ?? {})
        const types = content.filter(([, { schema }]) => schema.format === 'binary').map(([type]) => type)
        if (types.length === 0) return []
        const answers = Object.keys(operation.responses).filter((status) => status < '300')
        return [{ resource: path.slice(1), url: `/${name}/v1${path}`, types, answers }]
      }),
    ),
  )
}
