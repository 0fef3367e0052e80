import type { Random } from '@ziv/demo'

type Node = Readonly<Record<string, unknown>>
export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Values that are known to exist, by the name of the property or parameter that takes them. */
export type Known = Readonly<Record<string, readonly string[]>>

/** Makes values that a schema of a contract allows. */
export class Values {
  readonly #schemas: Readonly<Record<string, Node>>
  readonly #known: Known
  readonly #random: Random

  constructor(schemas: Readonly<Record<string, Node>>, known: Known, random: Random) {
    this.#schemas = schemas
    this.#known = known
    this.#random = random
  }

  /** A value for a schema; `name` is that of its property, so that identifiers of things that exist are used. */
  of(schema: unknown, name = '', depth = 0): unknown {
    if (!isNode(schema) || depth > 8) return undefined
    const known = this.#known[name]
    if (known !== undefined && this.#random.chance(0.9)) return this.#random.pick(known)
    const reference = schema.$ref
    if (typeof reference === 'string') return this.of(this.#schemas[reference.split('/').at(-1)!], name, depth + 1)
    const choices = (schema.oneOf ?? schema.anyOf) as readonly unknown[] | undefined
    if (choices !== undefined) return this.of(this.#random.pick(choices), name, depth + 1)
    const all = schema.allOf as readonly unknown[] | undefined
    if (all !== undefined) return this.of(all[0], name, depth + 1)
    if (Array.isArray(schema.enum)) return this.#random.pick(schema.enum)
    if (schema.example !== undefined && this.#random.chance(0.7)) return schema.example
    return this.#plain(schema, depth)
  }

  #plain(schema: Node, depth: number): unknown {
    switch (schema.type) {
      case 'object':
        return this.#object(schema, depth)
      case 'array': {
        const most = Math.min(Number(schema.maxItems ?? 3), 3)
        const count = this.#random.int(Math.min(Number(schema.minItems ?? 0), most), most)
        return Array.from({ length: count }, () => this.of(schema.items, '', depth + 1))
      }
      case 'integer':
      case 'number': {
        const low = Math.max(Number(schema.minimum ?? 0), Number.MIN_SAFE_INTEGER)
        const high = Math.min(Number(schema.maximum ?? low + 1_000_000), Number.MAX_SAFE_INTEGER)
        return this.#random.chance(0.2) ? this.#random.pick([low, high]) : this.#random.int(low, high)
      }
      case 'boolean':
        return this.#random.chance(0.5)
      default:
        return this.#text(schema)
    }
  }

  #object(schema: Node, depth: number): unknown {
    const required = new Set((schema.required ?? []) as readonly string[])
    const entries = Object.entries((schema.properties ?? {}) as Record<string, unknown>)
      .filter(([key]) => required.has(key) || this.#random.chance(0.5))
      .map(([key, property]) => [key, this.of(property, key, depth + 1)] as const)
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
  }

  #text(schema: Node): string {
    if (schema.format === 'date') return this.#random.pick(['2023-01-01', '2023-04-15', '2022-12-31', '2024-02-29'])
    if (schema.format === 'date-time') return '2023-04-15T12:00:00.000Z'
    if (schema.format === 'uuid') return '0198c1a2-7f00-7000-8000-000000000001'
    if (typeof schema.example === 'string') return schema.example
    return 'x'.repeat(Math.max(1, Math.min(Number(schema.minLength ?? 4), 300)))
  }
}
