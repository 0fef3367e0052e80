import { isNode, type Node } from '../doc/components.ts'
import type { OpenapiDocument } from '../doc/document.ts'

/** A rule of the Belgian REST guide that a contract breaks. */
export interface Violation {
  /** Id of the rule in the guide: `openapi-opid`. */
  readonly rule: string
  /** Place in the document. */
  readonly where: string
  readonly detail: string
}

export interface Operation {
  readonly path: string
  readonly method: string
  readonly where: string
  readonly operation: Node
}

export const operationsOf = (document: OpenapiDocument): readonly Operation[] =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => !method.startsWith('x-'))
      .map(([method, operation]) => ({ path, method, where: `${method.toUpperCase()} ${path}`, operation })),
  )

export interface PlacedSchema {
  readonly where: string
  readonly schema: Node
  /** A component, a property or the like has its name; the rest is inline. */
  readonly kind: 'component' | 'property' | 'inline'
}

/** Every schema of the document with its place: components, bodies, answers, parameters and all that is inside. */
export function schemasOf(document: OpenapiDocument): readonly PlacedSchema[] {
  const components = Object.entries(document.components.schemas).flatMap(([name, schema]) =>
    within(schema, `components/${name}`, 'component'),
  )
  const inline = operationsOf(document).flatMap(({ operation, where }) => [
    ...parametersOf(operation).flatMap((parameter) =>
      within(parameter.schema, `${where} ${String(parameter.name)}`, 'property'),
    ),
    ...mediaOf(operation).flatMap(({ place, media }) => within(media.schema, `${where} ${place}`, 'inline')),
  ])
  return [...components, ...inline]
}

function within(schema: unknown, where: string, kind: PlacedSchema['kind']): PlacedSchema[] {
  if (!isNode(schema)) return []
  const properties = isNode(schema.properties) ? Object.entries(schema.properties) : []
  const lists = ['allOf', 'oneOf', 'anyOf'].flatMap((key) =>
    Array.isArray(schema[key]) ? (schema[key] as unknown[]) : [],
  )
  return [
    { where, schema, kind },
    ...properties.flatMap(([name, child]) => within(child, `${where}.${name}`, 'property')),
    ...within(schema.items, `${where}[]`, 'inline'),
    ...within(schema.additionalProperties, `${where}{}`, 'inline'),
    ...lists.flatMap((child, index) => within(child, `${where}/${index}`, 'inline')),
  ]
}

export const parametersOf = (operation: Node): readonly Node[] =>
  Array.isArray(operation.parameters) ? operation.parameters : []

export const responsesOf = (operation: Node): readonly (readonly [string, Node])[] =>
  Object.entries((operation.responses ?? {}) as Record<string, Node>)

export interface PlacedMedia {
  readonly place: string
  readonly type: string
  readonly status: string | null
  readonly media: Node
}

/** Bodies and answers of an operation by media type. */
export function mediaOf(operation: Node): readonly PlacedMedia[] {
  const contents: (readonly [string, string | null, unknown])[] = [
    ['body', null, (operation.requestBody as Node | undefined)?.content],
    ...responsesOf(operation).map(([status, response]) => [`answer ${status}`, status, response.content] as const),
  ]
  return contents.flatMap(([place, status, content]) =>
    isNode(content)
      ? Object.entries(content).map(([type, media]) => ({
          place: `${place} ${type}`,
          type,
          status,
          media: media as Node,
        }))
      : [],
  )
}

export function resolve(document: OpenapiDocument, schema: unknown): Node {
  if (!isNode(schema)) return {}
  const ref = typeof schema.$ref === 'string' ? schema.$ref : null
  return ref === null ? schema : resolve(document, document.components.schemas[ref.split('/').at(-1)!])
}
