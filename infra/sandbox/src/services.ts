import { migrations as affiliation, createAffiliation } from '@ziv/affiliation'
import { migrations as contributions, createContributions } from '@ziv/contributions'
import { createLandsbond, migrations as landsbond } from '@ziv/landsbond'
import { createReimbursement, migrations as reimbursement } from '@ziv/reimbursement'
import { createRights, migrations as rights } from '@ziv/rights'
import { createRiziv, migrations as riziv } from '@ziv/riziv'
import type { ServiceDeps } from '@ziv/service'

/** Every service, with the folder of its migrations and the function that puts it together. */
export const hosted = {
  affiliation: { migrations: affiliation, create: createAffiliation },
  contributions: { migrations: contributions, create: createContributions },
  rights: { migrations: rights, create: (deps: ServiceDeps) => createRights(deps) },
  reimbursement: { migrations: reimbursement, create: createReimbursement },
  landsbond: { migrations: landsbond, create: createLandsbond },
  riziv: { migrations: riziv, create: createRiziv },
} as const

export type ServiceName = keyof typeof hosted
export const serviceNames = Object.keys(hosted) as ServiceName[]

/** The services of one process, each by its name with everything it offers in-process. */
export type HostedModules = { readonly [Name in ServiceName]: Awaited<ReturnType<(typeof hosted)[Name]['create']>> }
