import { randomUUID } from 'node:crypto'
import type { Role } from '@ziv/http'
import { addDays, isoDate } from '@ziv/kernel'
import type { ServiceContract } from '@ziv/sandbox'

type Node = Readonly<Record<string, unknown>>
const node = (value: unknown): Node => (typeof value === 'object' && value !== null ? (value as Node) : {})
const methods = ['get', 'post', 'put', 'patch', 'delete'] as const

/** A parameter or a field of a body, by what its contract says of it. */
export interface Field {
  readonly name: string
  readonly in: 'path' | 'query' | 'body'
  readonly format: string | undefined
  readonly description: string
}

/** One request for one media type of one operation, made of nothing but the examples of the contract. */
export interface ContractRequest {
  readonly where: string
  readonly method: string
  readonly path: string
  readonly values: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  readonly fields: readonly Field[]
  readonly roles: readonly Role[]
  readonly mediaType: string | null
  readonly body: object | string | undefined
}

/** The address of a request, with other values for parameters of its path or query when given. */
export function urlOf({ path, values, query }: ContractRequest, other: Readonly<Record<string, string>> = {}): string {
  const filled = path.replace(/\{(\w+)\}/g, (_all, name: string) =>
    encodeURIComponent(other[name] ?? values[name] ?? ''),
  )
  const asked = { ...query, ...Object.fromEntries(Object.entries(other).filter(([name]) => !(name in values))) }
  const text = Object.entries(asked).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  return text.length > 0 ? `${filled}?${text.join('&')}` : filled
}

/** Whether a request can be repeated under an Idempotency-Key. */
export const takesKey = ({ fields }: ContractRequest): boolean =>
  fields.some(({ name }) => name.toLowerCase() === 'idempotency-key')

/** The same body with another value in one place: its first day a day later, or its first number one more. Null: it has neither. */
export function otherBody(body: object): object | null {
  let changed = false
  const other = JSON.parse(JSON.stringify(body), (_name, value: unknown) => {
    if (changed) return value
    const day = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? isoDate(value) : null
    if (day === null && typeof value !== 'number') return value
    changed = true
    return day === null ? Number(value) + 1 : addDays(day, 1)
  }) as object
  return changed ? other : null
}

/** A request for every media type of every operation, without the streams that never end. */
export function requestsOf({ name, openapi }: ServiceContract): readonly ContractRequest[] {
  const resolved = (value: unknown): Node => {
    const { $ref } = node(value)
    if (typeof $ref !== 'string') return node(value)
    const found = $ref
      .split('/')
      .slice(1)
      .reduce<unknown>((inside, step) => node(inside)[step], openapi)
    return resolved(found)
  }
  const fieldsOf = (schema: unknown): readonly Field[] => {
    const { properties, items, oneOf, anyOf, allOf } = resolved(schema)
    const own = Object.entries(node(properties)).flatMap(([field, value]): Field[] => {
      const { format, description = '' } = resolved(value)
      const told = { format: format as string | undefined, description: String(description) }
      return [{ name: field, in: 'body', ...told }, ...fieldsOf(value)]
    })
    return [...own, ...(items ? fieldsOf(items) : []), ...[oneOf, anyOf, allOf].flatMap((all) => each(all, fieldsOf))]
  }
  return Object.entries(openapi.paths).flatMap(([path, item]) =>
    methods.flatMap((method): ContractRequest[] => {
      const operation = node(item[method])
      if (item[method] === undefined || JSON.stringify(operation.responses ?? {}).includes('text/event-stream'))
        return []
      const parameters = [operation.parameters ?? []].flat().map(resolved)
      const inside = (place: string, wanted: (parameter: Node) => boolean) =>
        Object.fromEntries(
          parameters
            .filter((parameter) => parameter.in === place && wanted(parameter))
            .map((parameter) => [String(parameter.name), exampleOf(parameter, resolved(parameter.schema))]),
        )
      const ofParameters = parameters.map((parameter): Field => {
        const { format } = resolved(parameter.schema)
        const place = parameter.in as 'path' | 'query'
        return { name: String(parameter.name), in: place, format: format as string | undefined, description: '' }
      })
      const request = {
        where: `${method.toUpperCase()} ${path}`,
        method: method.toUpperCase(),
        path: `/${name}/v1${path}`,
        values: inside('path', () => true),
        query: inside('query', (parameter) => resolved(parameter.schema).example !== undefined),
        roles: (operation['x-roles'] ?? []) as Role[],
      }
      const content = Object.entries(node(resolved(operation.requestBody).content))
      if (content.length === 0) return [{ ...request, fields: ofParameters, mediaType: null, body: undefined }]
      return content.map(([mediaType, media]) => {
        const { example, schema } = node(media)
        const isJson = mediaType.includes('json') && typeof example === 'object'
        const body = isJson ? (example as object) : typeof example === 'string' ? example : 'x\n'
        return { ...request, fields: [...ofParameters, ...fieldsOf(schema)], mediaType, body }
      })
    }),
  )
}

const each = <T>(all: unknown, work: (one: unknown) => readonly T[]): readonly T[] =>
  Array.isArray(all) ? all.flatMap(work) : []

function exampleOf(parameter: Node, schema: Node): string {
  const example = parameter.example ?? schema.example ?? (schema.enum as unknown[] | undefined)?.[0]
  return String(example ?? (schema.format === 'uuid' ? randomUUID() : 'A'))
}
