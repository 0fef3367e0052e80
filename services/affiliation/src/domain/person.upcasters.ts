type Data = { readonly [key: string]: unknown }

/**
 * Steps from an older event shape to the next, `{ [type]: { 1: v1 -> v2 } }`. Every shape is still the first one:
 * the fixtures of `fixtures/events` hold them, and a spec parses each with the current schema.
 */
export const personUpcasters: Readonly<Record<string, Readonly<Record<number, (data: Data) => Data>>>> = {}
