/** Reads the data of one version of an event type; throws on data of another shape. A zod schema is one. */
export interface EventSchema {
  parse(data: unknown): unknown
}

/** The data of an event as JSON. */
export type EventData = { readonly [key: string]: unknown }

/** A pure step from the data of one version to that of the next. */
export type EventUpcaster = (data: EventData) => EventData

/** Every event type that one kind of stream may hold, in every version ever written. */
export interface EventDefinitions {
  /** What the ids of the streams begin with, up to the first dash. */
  readonly aggregate: string
  /** Schemas by type; the first is that of version 1, the last that of the version written today. */
  readonly versions: ReadonlyMap<string, readonly EventSchema[]>
  /** `{ [type]: { 1: v1 -> v2 } }`. */
  readonly upcasters: Readonly<Record<string, Readonly<Record<number, EventUpcaster>>>>
}

/**
 * Declares the private events of one aggregate: a schema per type, or a list of schemas from version 1 on, and a step between
 * every two versions that follow each other. Throws when a step is missing or leads from a version that does not exist.
 */
export function defineEvents(given: {
  readonly aggregate: string
  readonly schemas: Readonly<Record<string, EventSchema | readonly EventSchema[]>>
  readonly upcasters?: EventDefinitions['upcasters']
}): EventDefinitions {
  const { aggregate, schemas, upcasters = {} } = given
  if (!/^[a-z][A-Za-z0-9]*$/.test(aggregate)) throw new Error(`"${aggregate}" cannot begin the id of a stream`)
  const versions = new Map(
    Object.entries(schemas).map(([type, known]) => [type, isList(known) ? known : ([known] as const)] as const),
  )
  for (const [type, known] of versions) {
    // numbers come in their order from the keys of an object
    const steps = Object.keys(upcasters[type] ?? {}).map(Number)
    const wanted = known.slice(1).map((_schema, index) => index + 1)
    if (known.length === 0 || steps.join() !== wanted.join()) {
      throw new Error(`${aggregate}: ${type} has ${known.length} versions and the steps [${steps.join()}]`)
    }
  }
  const stray = Object.keys(upcasters).find((type) => !versions.has(type))
  if (stray !== undefined) throw new Error(`${aggregate}: there are steps for ${stray}, which is not declared`)
  return { aggregate, versions, upcasters }
}

const isList = (schema: EventSchema | readonly EventSchema[]): schema is readonly EventSchema[] => Array.isArray(schema)
