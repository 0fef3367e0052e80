import { isNode, type Node } from './components.ts'

const byFormat: Readonly<Record<string, string>> = {
  date: '2025-01-15',
  'date-time': '2025-01-15T09:30:00.000Z',
  uuid: '0198c1a2-7f00-7000-8000-000000000001',
  binary: 'content of the file',
}

/**
 * A valid value for a schema: its example, default or first code, and for objects and arrays what their parts give.
 * undefined when a part cannot be made up: such a schema needs an example of its own.
 */
export function exampleOf(schema: Node, components: Readonly<Record<string, Node>>, depth = 0): unknown {
  if (depth > 12) return undefined
  if (schema.example !== undefined) return schema.example
  if (schema.default !== undefined) return schema.default
  if (Array.isArray(schema.enum)) return schema.enum[0]
  if (typeof schema.$ref === 'string') {
    const target = components[schema.$ref.split('/').at(-1)!]
    return target === undefined ? undefined : exampleOf(target, components, depth + 1)
  }
  const combined = [schema.allOf, schema.oneOf, schema.anyOf].find((list) => Array.isArray(list)) as Node[] | undefined
  if (combined?.[0] !== undefined) return exampleOf(combined[0], components, depth + 1)
  if (schema.type === 'object') return exampleObject(schema, components, depth)
  if (schema.type === 'array') return exampleArray(schema, components, depth)
  return exampleScalar(schema)
}

function exampleObject(schema: Node, components: Readonly<Record<string, Node>>, depth: number): unknown {
  const properties = isNode(schema.properties) ? schema.properties : {}
  const required = new Set(Array.isArray(schema.required) ? schema.required : [])
  const example: Node = {}
  for (const [name, property] of Object.entries(properties)) {
    const value = exampleOf(property as Node, components, depth + 1)
    if (value !== undefined) example[name] = value
    else if (required.has(name)) return undefined
  }
  return example
}

function exampleArray(schema: Node, components: Readonly<Record<string, Node>>, depth: number): unknown {
  if (!isNode(schema.items)) return []
  const item = exampleOf(schema.items, components, depth + 1)
  if (item === undefined) return undefined
  return Array.from({ length: Math.max(1, Number(schema.minItems ?? 1)) }, () => item)
}

function exampleScalar(schema: Node): unknown {
  if (schema.type === 'boolean') return true
  if (schema.type === 'integer' || schema.type === 'number')
    return schema.minimum ?? Math.min(1, Number(schema.maximum ?? 1))
  if (schema.type !== 'string') return undefined
  const known = byFormat[String(schema.format)]
  if (known !== undefined) return known
  if (schema.pattern !== undefined) return undefined
  return 'text'.padEnd(Number(schema.minLength ?? 0), 'x').slice(0, Number(schema.maxLength ?? 40))
}
