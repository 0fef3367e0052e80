import type { ServiceContext } from '@ziv/service'
import type { Treasury } from './commands/types.ts'

/** What the parts of this service share. */
export type Context = ServiceContext

/** What its routes have beside that. */
export interface ApiContext extends Context {
  readonly treasury: Treasury
}
