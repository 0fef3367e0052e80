import type { z } from 'zod'

/** What a message carries: only the news, the facts a reader needs, or the whole current state. */
export type MessageClass = 'notification' | 'eventCarried' | 'stateCarried'

export interface IntegrationEvent<S extends z.ZodObject = z.ZodObject> {
  /** CloudEvents type: `be.ziv.<context>.v<major>.<resources>.notify.<pastTense>`. */
  readonly type: string
  /** `ziv.{insurer}.affiliation.v1` or a fixed name. */
  readonly topic: string
  readonly messageClass: MessageClass
  readonly summary: string
  readonly description: string
  readonly schema: S
}

/** Declares one integration event of the public contract. */
export function defineEvent<S extends z.ZodObject>(event: IntegrationEvent<S>): IntegrationEvent<S> {
  return event
}

/** The data of an integration event as TypeScript sees it. */
export type DataOf<E extends IntegrationEvent> = z.infer<E['schema']>
