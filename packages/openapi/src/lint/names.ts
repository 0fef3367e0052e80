import type { OpenapiDocument } from '../doc/document.ts'
import { operationsOf, parametersOf, schemasOf, type Violation } from './walk.ts'

const lowerCamel = /^[a-z][a-zA-Z0-9]*$/
const upperCamel = /^[A-Z][a-zA-Z0-9]*$/
const shouting = /[A-Z]{3,}/
const upperKebab = /^[A-Z][A-Za-z0-9]*(-[A-Z][A-Za-z0-9]*)*$/
/** What may never stand in an address or a header. */
const sensitive =
  /^(ssin|insz|niss|nationalNumber|name|firstName|lastName|givenName|familyName|birthDate|iban|street|email|phone\w*)$/i

type Check = (document: OpenapiDocument) => readonly Violation[]

const paths: Check = (document) =>
  Object.keys(document.paths).flatMap((path) => {
    const parts = path.split('/').slice(1)
    return [
      ...(path.length > 1 && path.endsWith('/')
        ? [{ rule: 'uri-notat', where: path, detail: 'ends with a slash' }]
        : []),
      ...(path.includes('.') ? [{ rule: 'uri-extens', where: path, detail: 'has an extension' }] : []),
      ...parts
        .filter((part) => part !== '' && !lowerCamel.test(part.replace(/^\{(.*)\}$/, '$1')))
        .map((part) => ({
          rule: part.startsWith('{') ? 'path-param' : 'uri-notat',
          where: path,
          detail: `${part} is not lowerCamelCase`,
        })),
    ]
  })

const parameters: Check = (document) =>
  operationsOf(document).flatMap(({ operation, where }) =>
    parametersOf(operation).flatMap((parameter) => {
      const name = String(parameter.name)
      const header = parameter.in === 'header'
      const well = header ? upperKebab.test(name) : lowerCamel.test(name)
      return [
        ...(well
          ? []
          : [{ rule: header ? 'hdr-case' : 'uri-notat', where, detail: `parameter ${name} is badly written` }]),
        ...(sensitive.test(name)
          ? [{ rule: 'sens-dat', where, detail: `${name} belongs in a body, not in ${parameter.in}` }]
          : []),
      ]
    }),
  )

const properties: Check = (document) =>
  schemasOf(document).flatMap(({ schema, where }) =>
    Object.keys((schema.properties ?? {}) as object)
      .filter((name) => !lowerCamel.test(name) || shouting.test(name))
      .map((name) => ({
        rule: 'jsn-naming',
        where,
        detail: `property ${name} is not lowerCamelCase with abbreviations as words`,
      })),
  )

const components: Check = (document) =>
  Object.keys(document.components.schemas)
    .filter((name) => !upperCamel.test(name) || shouting.test(name))
    .map((name) => ({
      rule: 'oas-comp',
      where: `components/${name}`,
      detail: 'is not UpperCamelCase with abbreviations as words',
    }))

const operationIds: Check = (document) => {
  const seen = new Set<unknown>()
  return operationsOf(document).flatMap(({ operation: { operationId }, where }) => {
    const repeated = seen.has(operationId)
    seen.add(operationId)
    if (typeof operationId !== 'string') return [{ rule: 'openapi-opid', where, detail: 'has no operationId' }]
    if (repeated) return [{ rule: 'openapi-opid', where, detail: `operationId ${operationId} is used twice` }]
    return lowerCamel.test(operationId)
      ? []
      : [{ rule: 'openapi-opid', where, detail: `${operationId} is not lowerCamelCase` }]
  })
}

/** Rules about names. */
export const nameChecks: readonly Check[] = [paths, parameters, properties, components, operationIds]
