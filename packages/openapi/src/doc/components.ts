import { z } from 'zod'

/** A piece of an OpenAPI document. */
export type Node = { [key: string]: unknown }

export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const componentName = /^[A-Z][A-Za-z0-9]*$/
const formatsThatSayItAll = new Set(['date', 'date-time', 'uuid', 'email', 'uri'])

/** Collects named schemas (zod `meta({ title: 'UpperCamelCase' })`) while others refer to them. */
export class Components {
  readonly schemas: Record<string, Node> = {}

  /** The OpenAPI 3.0 form of a zod schema; titled schemas in it become components. */
  add(schema: z.ZodType, io: 'input' | 'output'): Node {
    const json = z.toJSONSchema(schema, {
      target: 'openapi-3.0',
      io,
      unrepresentable: 'any',
      cycles: 'ref',
      reused: 'inline',
    }) as Node
    const { definitions, ...root } = json
    for (const [name, definition] of Object.entries((definitions ?? {}) as Record<string, Node>)) {
      this.#register(name, this.#children(definition, io), io)
    }
    return this.#lift(root, io)
  }

  #lift(node: Node, io: 'input' | 'output'): Node {
    const clean = this.#children(node, io)
    const { title } = clean
    if (typeof title !== 'string' || !componentName.test(title)) return clean
    const { description } = clean
    const ref = { $ref: `#/components/schemas/${this.#register(title, clean, io)}` }
    const named = this.schemas[ref.$ref.split('/').at(-1)!]!
    return description === undefined || description === named.description ? ref : { allOf: [ref], description }
  }

  /** The same schema without what only JSON Schema needs, its children lifted. */
  #children(node: Node, io: 'input' | 'output'): Node {
    const clean: Node = {}
    for (const [key, value] of Object.entries(node)) {
      if (key === '$schema' || key === 'id' || (key === 'additionalProperties' && value === false)) continue
      if ((key === 'minimum' || key === 'maximum') && Math.abs(value as number) === Number.MAX_SAFE_INTEGER) continue
      if (key === 'pattern' && formatsThatSayItAll.has(String(node.format))) continue
      clean[key] = key === 'example' || key === 'default' || key === 'enum' ? value : this.#value(key, value, io)
    }
    return clean
  }

  #value(key: string, value: unknown, io: 'input' | 'output'): unknown {
    if (key === '$ref') return String(value).replace('#/definitions/', '#/components/schemas/')
    if (Array.isArray(value)) return value.map((each) => (isNode(each) ? this.#lift(each, io) : each))
    if (!isNode(value)) return value
    if (key !== 'properties') return this.#lift(value, io)
    return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, this.#lift(child as Node, io)]))
  }

  /** The name under which the schema is kept. What differs between request and answer gets a name of its own. */
  #register(name: string, { title: _title, ...schema }: Node, io: 'input' | 'output'): string {
    const known = this.schemas[name]
    if (known === undefined) {
      this.schemas[name] = schema
      return name
    }
    if (sameShape(known, schema)) return name
    const other = `${name}${io === 'input' ? 'Request' : 'Response'}`
    if (this.schemas[other] === undefined) this.schemas[other] = schema
    else if (!sameShape(this.schemas[other], schema))
      throw new Error(`two different schemas have the title ${name}: rename one`)
    return other
  }
}

const sameShape = (a: Node, b: Node): boolean => {
  const { description: _a, ...left } = a
  const { description: _b, ...right } = b
  return JSON.stringify(left) === JSON.stringify(right)
}
