import type { KeyRange } from '@ziv/postgres'
import type { Outcome, Task } from '@ziv/service'

/** What a worker is told. */
export type Order = { readonly what: 'prove'; readonly task: Task; readonly range: KeyRange } | { readonly what: 'end' }

/** What a worker says. */
export type Answer =
  | { readonly what: 'opened' }
  | { readonly what: 'proved'; readonly task: Task; readonly outcome: Outcome }
