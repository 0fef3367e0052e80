import type { ModuleOf } from '@ziv/service'
import { hosted } from './hosted.ts'

export { hosted }

export type ServiceName = keyof typeof hosted
export const serviceNames = Object.keys(hosted) as ServiceName[]

/** The services of one process, each by its name with everything it offers in-process. */
export type HostedModules = { readonly [Name in ServiceName]: ModuleOf<(typeof hosted)[Name]> }
