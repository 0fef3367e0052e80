import { Ajv, type ValidateFunction } from 'ajv'
import formats from 'ajv-formats'
import { isNode, type Node } from '../doc/components.ts'
import type { OpenapiDocument } from '../doc/document.ts'
import { mediaOf, operationsOf, parametersOf, resolve, schemasOf, type Violation } from './walk.ts'

type Check = (document: OpenapiDocument) => readonly Violation[]

const described: Check = (document) =>
  schemasOf(document)
    .filter(({ schema, kind, where }) => {
      if (kind === 'inline' || (kind === 'property' && where.includes(' '))) return false
      return !schema.description && !resolve(document, schema).description
    })
    .map(({ where }) => ({ rule: 'oas-doc', where, detail: 'is not described' }))

const titled: Check = (document) =>
  schemasOf(document)
    .filter(({ schema, kind }) => kind !== 'component' && schema.type === 'object' && isNode(schema.properties))
    .map(({ where }) => ({
      rule: 'oas-descr',
      where,
      detail: 'an object without a title: give its schema meta({ title }) ',
    }))

const shapes: Check = (document) =>
  schemasOf(document).flatMap(({ schema, where }) => {
    const properties = (schema.properties ?? {}) as Record<string, Node>
    const required = Array.isArray(schema.required) ? (schema.required as string[]) : []
    return [
      ...required
        .filter((name) => !(name in properties))
        .map((name) => ({ rule: 'prop-req', where, detail: `${name} is required and not declared` })),
      ...required
        .filter((name) => properties[name]?.readOnly === true)
        .map((name) => ({ rule: 'oas-rdonly', where, detail: `${name} is readOnly and required` })),
      ...(typeof schema.additionalProperties === 'boolean' && schema.properties !== undefined
        ? [{ rule: 'addi-prop', where, detail: 'additionalProperties beside properties' }]
        : []),
      ...(schema.nullable === true
        ? [{ rule: 'jsn-null', where, detail: 'is nullable: leave the property out instead' }]
        : []),
      ...(schema.type === 'number'
        ? [{ rule: 'dec-type', where, detail: 'is a number: use integer cents or a string with format number' }]
        : []),
      ...unions(document, schema, where),
    ]
  })

function unions(document: OpenapiDocument, schema: Node, where: string): readonly Violation[] {
  if (!Array.isArray(schema.oneOf)) return []
  const objects = schema.oneOf.filter((member) => resolve(document, member).type === 'object')
  if (objects.length === 0 || isNode(schema.discriminator)) return []
  return [{ rule: 'sch-oneof', where, detail: 'objects in oneOf need titles and a property with one code each' }]
}

const DAY = /^(from|to|day|asOf)$|[a-z](On|From|Until|Date)$/
const MOMENT = /[a-z]At$/

/** A name that says a day or a moment has the format of one: readers parse by it, and the example shows it. */
const dated: Check = (document) =>
  schemasOf(document).flatMap(({ schema, where }) =>
    Object.entries((schema.properties ?? {}) as Record<string, Node>).flatMap(([name, property]) => {
      const wanted = DAY.test(name) ? 'date' : MOMENT.test(name) ? 'date-time' : null
      const { type, format, pattern } = resolve(document, property)
      if (wanted === null || type !== 'string' || format === wanted || pattern !== undefined) return []
      return [{ rule: 'fmt-day', where: `${where} ${name}`, detail: `says when, and has no format ${wanted}` }]
    }),
  )

const examples: Check = (document) => {
  const validator = validatorOf(document)
  const ofMedia = operationsOf(document).flatMap(({ operation, where }) =>
    mediaOf(operation)
      .filter(({ type, status }) => type === 'application/json' && status !== 'default')
      .flatMap(({ media, place }) =>
        media.example === undefined
          ? [
              {
                rule: 'oas-exampl',
                where: `${where} ${place}`,
                detail: 'has no example: give its required strings with a pattern meta({ example })',
              },
            ]
          : validator('oas-exampl', media.schema, media.example, `${where} ${place}`),
      ),
  )
  const ofParameters = operationsOf(document).flatMap(({ operation, where }) =>
    parametersOf(operation)
      .filter((parameter) => parameter.example !== undefined)
      .flatMap((parameter) =>
        validator('oas-exampl', parameter.schema, parameter.example, `${where} ${String(parameter.name)}`),
      ),
  )
  const ofSchemas = schemasOf(document).flatMap(({ schema, where }) => [
    ...(schema.example === undefined ? [] : validator('oas-exampl', schema, schema.example, where)),
    ...(schema.default === undefined ? [] : validator('oas-defaul', schema, schema.default, where)),
    ...(Array.isArray(schema.enum)
      ? schema.enum.flatMap((code) => validator('oas-enum', { ...schema, enum: undefined }, code, where))
      : []),
  ])
  return [...ofMedia, ...ofParameters, ...ofSchemas]
}

function validatorOf(document: OpenapiDocument) {
  const ajv = new Ajv({ strict: false, allErrors: true })
  formats.default(ajv)
  ajv.addSchema({ $id: 'openapi', components: document.components } as object)
  const compiled = new Map<unknown, ValidateFunction>()
  return (rule: string, schema: unknown, value: unknown, where: string): readonly Violation[] => {
    const validate = compiled.get(schema) ?? ajv.compile(absolute(schema) as object)
    compiled.set(schema, validate)
    if (validate(value)) return []
    return [{ rule, where, detail: `${JSON.stringify(value)}: ${ajv.errorsText(validate.errors)}` }]
  }
}

/** References made absolute, so that a schema can be compiled outside its document. */
function absolute(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(absolute)
  if (!isNode(node)) return node
  const entries = Object.entries(node).filter(([key, value]) => value !== undefined && key !== 'discriminator')
  return Object.fromEntries(
    entries.map(([key, value]) => [key, key === '$ref' ? `openapi${String(value)}` : absolute(value)]),
  )
}

/** Rules about schemas and their examples. */
export const schemaChecks: readonly Check[] = [described, titled, shapes, dated, examples]
