import { z } from 'zod'
import type { IntegrationEvent } from './define.ts'

const made = new WeakMap<z.core.$ZodType, z.core.$ZodType>()

/** The same schema in which every object refuses properties it does not name. */
function strictOf(schema: z.core.$ZodType): z.core.$ZodType {
  const known = made.get(schema)
  if (known !== undefined) return known
  const strict = rebuild(schema)
  made.set(schema, strict)
  return strict
}

function rebuild(schema: z.core.$ZodType): z.core.$ZodType {
  const { def } = (schema as z.core.$ZodTypes)._zod
  switch (def.type) {
    case 'object': {
      const shape = Object.fromEntries(Object.entries(def.shape).map(([name, part]) => [name, strictOf(part)]))
      return z.core.clone(schema, { ...def, shape, catchall: z.never() } as never)
    }
    case 'array':
      return z.core.clone(schema, { ...def, element: strictOf(def.element) } as never)
    case 'optional':
    case 'nullable':
    case 'default':
    case 'readonly':
      return z.core.clone(schema, { ...def, innerType: strictOf(def.innerType) } as never)
    case 'record':
      return z.core.clone(schema, { ...def, valueType: strictOf(def.valueType) } as never)
    case 'union':
      return z.core.clone(schema, { ...def, options: def.options.map(strictOf) } as never)
    default:
      return schema
  }
}

/**
 * The event for the side that writes it: its schema refuses unknown properties at every depth, so that a typing error
 * never becomes part of the contract. Readers use the event itself, which leaves unknown properties alone.
 */
export function toStrict<S extends z.ZodObject>(event: IntegrationEvent<S>): IntegrationEvent<S> {
  return { ...event, schema: strictOf(event.schema) as S }
}
