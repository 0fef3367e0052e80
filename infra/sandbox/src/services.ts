import { affiliation } from '@ziv/affiliation'
import { contributions } from '@ziv/contributions'
import { landsbond } from '@ziv/landsbond'
import { reimbursement } from '@ziv/reimbursement'
import { rights } from '@ziv/rights'
import { riziv } from '@ziv/riziv'
import type { ModuleOf } from '@ziv/service'

/** Every service: the one list of them. Compose, proxy, databases, principals and boundaries are made from it. */
export const hosted = { affiliation, contributions, rights, reimbursement, landsbond, riziv } as const

export type ServiceName = keyof typeof hosted
export const serviceNames = Object.keys(hosted) as ServiceName[]

/** The services of one process, each by its name with everything it offers in-process. */
export type HostedModules = { readonly [Name in ServiceName]: ModuleOf<(typeof hosted)[Name]> }
