import type { FastifySchemaCompiler } from 'fastify'
import { z } from 'zod'
import { InputError } from '../problems/input-error.ts'

/** Validates with zod. Headers that a schema does not name are left alone: unknown headers are accepted. */
export const validateWithZod: FastifySchemaCompiler<z.ZodType<unknown, unknown>> =
  ({ schema, httpPart }) =>
  (data: unknown) => {
    const result = z.safeDecode(schema, data as never)
    if (!result.success) return { error: new InputError(schema, data) }
    if (httpPart === 'headers') return { value: { ...(data as object), ...(result.data as object) } }
    return { value: result.data }
  }

/**
 * Paths of objects in an input schema that would let unknown properties through; empty when every one is strict.
 * Records (maps) are allowed: they declare what their values are.
 */
export function looseObjects(schema: z.ZodType): readonly string[] {
  return looseIn(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', cycles: 'ref' }), '$')
}

/** Places in an input schema that take an identifier as it came: the one in capitals would be another one inside. */
export function rawIdentifiers(schema: z.core.$ZodType, path = '$'): readonly string[] {
  const { def } = schema._zod
  if ('format' in def && (def.format === 'uuid' || def.format === 'guid')) {
    return def.checks?.some(({ _zod }) => _zod.def.check === 'overwrite') === true ? [] : [path]
  }
  const children = Object.values(def).flatMap((value: unknown) =>
    typeof value === 'object' && value !== null && !(value instanceof z.core.$ZodType)
      ? Object.entries(value)
      : [['', value]],
  )
  return children.flatMap(([name, child]) =>
    child instanceof z.core.$ZodType ? rawIdentifiers(child, name === '' ? path : `${path}.${name}`) : [],
  )
}

interface ObjectNode {
  readonly type?: unknown
  readonly properties?: object
  readonly additionalProperties?: unknown
}

function looseIn(node: unknown, path: string): string[] {
  if (typeof node !== 'object' || node === null) return []
  const { type, properties = {}, additionalProperties: others } = node as ObjectNode
  const anythingGoes = others === undefined || (Object.keys(properties).length > 0 && others !== false)
  const own = type === 'object' && anythingGoes ? [path] : []
  return [...own, ...Object.entries(node).flatMap(([key, child]) => looseIn(child, `${path}.${key}`))]
}
