import { z } from 'zod'
import type { IntegrationEvent } from './define.ts'

/** A JSON Schema or a part of one. */
export interface JsonSchema {
  readonly type?: string
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly items?: JsonSchema
  readonly additionalProperties?: JsonSchema | boolean
  readonly enum?: readonly unknown[]
  readonly [keyword: string]: unknown
}

const saidByFormat = new Set(['date', 'date-time', 'uuid'])

/**
 * JSON Schema (2020-12) of the data of an event, as a reader may rely on it: unknown properties are allowed, because
 * they may come with the next release.
 */
export function jsonSchemaOf(event: IntegrationEvent): JsonSchema {
  const schema = z.toJSONSchema(event.schema, { target: 'draft-2020-12', io: 'input', reused: 'inline' })
  const { $schema, ...rest } = clean(schema) as Record<string, unknown>
  return { $schema, $id: `urn:ziv:event:${event.type}`, title: event.summary, description: event.description, ...rest }
}

/** Without the bounds of safe integers and the patterns that only repeat a format; `example` as 2020-12 writes it. */
function clean(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(clean)
  if (typeof node !== 'object' || node === null) return node
  const format = 'format' in node ? String(node.format) : ''
  const entries = Object.entries(node)
    .filter(
      ([key, value]) =>
        !((key === 'minimum' || key === 'maximum') && Math.abs(Number(value)) === Number.MAX_SAFE_INTEGER),
    )
    .filter(([key]) => !(key === 'pattern' && saidByFormat.has(format)))
    .map(([key, value]) => (key === 'example' ? ['examples', [value]] : [key, clean(value)]))
  return Object.fromEntries(entries)
}
