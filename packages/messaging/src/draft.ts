import type { DataOf, IntegrationEvent } from '@ziv/contracts'
import type { JsonObject, OutboxDraft } from '@ziv/event-store'
import { uuidV7 } from '@ziv/kernel'
import type { z } from 'zod'

export interface DraftOptions<D> {
  readonly data: D
  /** The id whose order matters, most often the person id. Also the CloudEvents subject. */
  readonly key: string
  readonly insurer?: string
  readonly ziekenfonds?: string
  /** The moment the owner of the fact recorded it. */
  readonly recordedAt: string
  readonly actor: string
  readonly correlationId: string
  readonly causationId?: string
  readonly traceparent?: string
  /** CloudEvents source, for instance `/affiliation`. */
  readonly source: string
  /** Derive it from the command when the command can come twice; default a new UUIDv7. */
  readonly id?: string
}

/** The topic of an event: `{insurer}` filled in. Throws when the contract names an insurer and none is given. */
export function topicFor(event: IntegrationEvent, insurer?: string): string {
  if (!event.topic.includes('{insurer}')) return event.topic
  if (!insurer) throw new RangeError(`${event.type} goes to the topic of an insurer: say which`)
  return event.topic.replace('{insurer}', insurer)
}

/** The first path of `given` that the schema did not keep, null when it kept all. */
function droppedPath(given: unknown, kept: unknown): string | null {
  if (typeof given !== 'object' || given === null) return null
  const keptFields = kept as Record<string, unknown>
  for (const name of Object.keys(given)) {
    const value = (given as Record<string, unknown>)[name]
    if (value === undefined) continue
    if (!(name in keptFields)) return name
    const below = droppedPath(value, keptFields[name])
    if (below !== null) return `${name}.${below}`
  }
  return null
}

/** `be.ziv.<context>.v1...` */
const contextOf = (type: string): string => type.split('.')[2] ?? type

/** Data of a contract, or a throw: an event we write ourselves that breaks our own contract is our defect. */
function checked<S extends z.ZodObject>(event: IntegrationEvent<S>, data: unknown): JsonObject {
  const parsed = event.schema.safeParse(data)
  if (!parsed.success) {
    const issues = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'data'}: ${issue.message}`)
    throw new TypeError(`${event.type} cannot be published, its data breaks the contract: ${issues.join('; ')}`)
  }
  const dropped = droppedPath(data, parsed.data)
  if (dropped !== null) {
    throw new TypeError(
      `${event.type} cannot be published: the contract has no field ${dropped}; add it to the contract first`,
    )
  }
  return parsed.data as JsonObject
}

/**
 * A public message for the outbox, checked strictly against its contract: also a field too many is refused, at any depth.
 * Reading stays tolerant, writing is exact.
 */
export function draft<E extends IntegrationEvent>(event: E, options: DraftOptions<DataOf<E>>): OutboxDraft {
  const { key, insurer, ziekenfonds, causationId, traceparent } = options
  return {
    eventId: options.id ?? uuidV7(),
    topic: topicFor(event, insurer),
    key,
    type: event.type,
    payload: checked(event, options.data),
    // in the order of their names, as the store writes them
    attributes: {
      actor: options.actor,
      ...(causationId !== undefined && { causationid: causationId }),
      correlationid: options.correlationId,
      ...(insurer !== undefined && { insurer }),
      service: contextOf(event.type),
      source: options.source,
      subject: key,
      time: options.recordedAt,
      ...(traceparent !== undefined && { traceparent }),
      ...(ziekenfonds !== undefined && { ziekenfonds }),
    },
  }
}
