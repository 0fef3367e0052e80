import { isNode } from '../doc/components.ts'
import type { OpenapiDocument } from '../doc/document.ts'
import { mediaOf, operationsOf, parametersOf, resolve, responsesOf, type Violation } from './walk.ts'

type Check = (document: OpenapiDocument) => readonly Violation[]

/** Statuses of answers that the guide excludes for a method. */
const excluded: Readonly<Record<string, readonly string[]>> = {
  get: ['201', '202', '204', '409', '412', '413'],
  put: ['202', '304'],
  post: ['304'],
  patch: ['201', '202', '304'],
  delete: ['201', '304', '409', '412', '413'],
}

const basics: Check = ({ openapi, info, servers }) => [
  ...(/^3\.0\.\d+$/.test(openapi) ? [] : [{ rule: 'oas-contra', where: 'openapi', detail: `is ${openapi}, not 3.0` }]),
  ...(info.title ? [] : [{ rule: 'oas-descr', where: 'info', detail: 'has no title' }]),
  ...(info.description ? [] : [{ rule: 'oas-doc', where: 'info', detail: 'has no description' }]),
  ...(/^\d+\.\d+(\.\d+)?$/.test(String(info.version))
    ? []
    : [{ rule: 'api-version', where: 'info', detail: 'version is not major.minor[.patch]' }]),
  ...servers
    .filter(({ url }) => !/^(https?:\/\/[^/]+)?(\/[\w-]+)*\/[a-z][A-Za-z0-9]*\/v[1-9]\d*$/.test(String(url)))
    .map(({ url }) => ({ rule: 'uri-format', where: 'servers', detail: `${String(url)} is not apiName/v1` })),
]

const health: Check = ({ paths }) => {
  const get = paths['/health']?.get
  const statuses = get === undefined ? [] : responsesOf(get).map(([status]) => status)
  return statuses.includes('200') && statuses.includes('503')
    ? []
    : [{ rule: 'hlth-res', where: '/health', detail: 'GET with 200 and 503 is missing' }]
}

const documentation: Check = (document) =>
  operationsOf(document).flatMap(({ operation, where }) => [
    ...(operation.summary ? [] : [{ rule: 'oas-descr', where, detail: 'has no summary' }]),
    ...(operation.description ? [] : [{ rule: 'oas-doc', where, detail: 'has no description' }]),
    ...parametersOf(operation)
      .filter((parameter) => !parameter.description && !resolve(document, parameter.schema).description)
      .map((parameter) => ({ rule: 'oas-doc', where, detail: `parameter ${String(parameter.name)} is not described` })),
  ])

const tags: Check = (document) => {
  const declared = new Set(document.tags.map((tag) => tag.name))
  const used = operationsOf(document).flatMap(({ operation, where }) => {
    const list = Array.isArray(operation.tags) ? operation.tags : []
    if (list.length !== 1) return [{ rule: 'oas-tags', where, detail: `has ${list.length} tags instead of one` }]
    return declared.has(list[0]) ? [] : [{ rule: 'oas-tags', where, detail: `tag ${list[0]} is not declared` }]
  })
  const written = [...declared]
    .filter((name) => !/^[A-Z]/.test(name))
    .map((name) => ({ rule: 'oas-tags', where: 'tags', detail: `${name} is not in title style` }))
  return [...used, ...written]
}

const bodies: Check = (document) =>
  operationsOf(document).flatMap(({ operation, method, where }) => {
    const body = operation.requestBody
    if (!isNode(body)) return []
    const types = Object.keys((body.content ?? {}) as object)
    return [
      ...(typeof body.required === 'boolean'
        ? []
        : [{ rule: 'opbody-req', where, detail: 'does not say whether the body is required' }]),
      ...(['get', 'head', 'delete', 'options'].includes(method)
        ? [{ rule: 'meth-http', where, detail: 'has a body' }]
        : []),
      ...(method === 'patch' && !types.includes('application/merge-patch+json')
        ? [{ rule: 'doc-patch', where, detail: 'does not take application/merge-patch+json' }]
        : []),
    ]
  })

const answers: Check = (document) =>
  operationsOf(document).flatMap(({ operation, method, where }) => {
    const responses = responsesOf(operation)
    const success = responses.filter(([status]) => /^[123]/.test(status))
    return [
      ...(success.length > 0
        ? []
        : [{ rule: 'stat-codes', where, detail: 'documents no answer that is not a problem' }]),
      ...responses
        .filter(([status]) => excluded[method]?.includes(status))
        .map(([status]) => ({ rule: 'stat-codes', where, detail: `${status} is not for ${method.toUpperCase()}` })),
      ...responses
        .filter(
          ([status, response]) =>
            status === '202' && !isNode((response.headers as { Location?: unknown } | undefined)?.Location),
        )
        .map(() => ({ rule: 'lng-task', where, detail: '202 without the header Location' })),
    ]
  })

const problems: Check = (document) =>
  operationsOf(document).flatMap(({ operation, where }) => {
    const fallback = responsesOf(operation).find(([status]) => status === 'default')?.[1]
    const refersToProblem = fallback !== undefined && String(fallback.$ref ?? '').endsWith('/Problem')
    return [
      ...(refersToProblem ? [] : [{ rule: 'prb-defaul', where, detail: 'has no default problem answer' }]),
      ...mediaOf(operation)
        .filter(({ type, status }) => type === 'application/problem+json' && /^2/.test(status ?? ''))
        .map(({ status }) => ({ rule: 'err-problem', where, detail: `a problem with ${status}` })),
    ]
  })

const security: Check = (document) => {
  const schemes = Object.keys((document.components.securitySchemes ?? {}) as object)
  return operationsOf(document).flatMap(({ operation, where }) => {
    const required = operation.security
    if (!Array.isArray(required)) return [{ rule: 'sec-req', where, detail: 'does not say which security it needs' }]
    return required
      .flatMap((each) => Object.keys(each as object))
      .filter((scheme) => !schemes.includes(scheme))
      .map((scheme) => ({ rule: 'sec-req', where, detail: `scheme ${scheme} is not declared` }))
  })
}

const collections: Check = (document) =>
  operationsOf(document).flatMap(({ operation, path, method, where }) =>
    mediaOf(operation)
      .filter(({ type, status }) => type === 'application/json' && status !== 'default')
      .flatMap(({ media, status, place }) => {
        const schema = resolve(document, media.schema)
        const properties = (schema.properties ?? {}) as Record<string, unknown>
        const last = path.split('/').at(-1) ?? ''
        const collection = method === 'get' && status === '200' && isNode(properties.items)
        return [
          ...(schema.type === 'array'
            ? [{ rule: 'evo-object', where, detail: `${place} is an array at top level` }]
            : []),
          ...(collection && resolve(document, properties.items).type !== 'array'
            ? [{ rule: 'col-repres', where, detail: 'items is not an array' }]
            : []),
          ...(collection && !last.startsWith('{') && !/(s|Data|radar|Radar|Log)$/.test(last)
            ? [{ rule: 'col-name', where, detail: `${last} is not a plural` }]
            : []),
        ]
      }),
  )

/** Rules about operations, answers and the document as a whole. */
export const operationChecks: readonly Check[] = [
  basics,
  health,
  documentation,
  tags,
  bodies,
  answers,
  problems,
  security,
  collections,
]
