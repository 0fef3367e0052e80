import type { Random } from '@ziv/demo'
import type { ServiceContract } from '@ziv/sandbox'
import { hostileHeaders, hostileTexts, mutateBody, spoil } from './mutations.ts'
import { isNode, type Known, Values } from './values.ts'

type Node = Readonly<Record<string, unknown>>

/** One operation of one contract. */
export interface Operation {
  readonly service: string
  readonly operationId: string
  readonly method: string
  readonly path: string
  readonly node: Node
  readonly schemas: Readonly<Record<string, Node>>
}

export interface FuzzRequest {
  readonly operation: Operation
  readonly kind: string
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string | string[]>>
  readonly body?: string | Buffer
}

/** Answers that never end are looked at elsewhere. */
const endless = new Set(['streamCounters'])

/** All operations of the contracts, in a fixed order. */
export function operationsOf(contracts: readonly ServiceContract[]): readonly Operation[] {
  return contracts.flatMap(({ name, openapi }) =>
    Object.entries(openapi.paths).flatMap(([path, item]) =>
      ['get', 'post', 'put', 'patch', 'delete'].flatMap((method) => {
        const node = item[method]
        if (node === undefined || endless.has(String(node.operationId))) return []
        const { schemas } = openapi.components
        const operationId = String(node.operationId)
        return [{ service: name, operationId, method: method.toUpperCase(), path, node, schemas }]
      }),
    ),
  )
}

const kinds = ['valid', 'body', 'body', 'body', 'bytes', 'headers', 'path', 'query', 'query'] as const

/** Files that are right, by media type, to be spoiled. */
export type Files = Readonly<Record<string, string>>

/** A request that is right in this world, to be sent or spoiled: identifiers for the path, and a body. */
export interface Base {
  readonly ids: Readonly<Record<string, string>>
  readonly body: unknown
}

/** A request for an operation: as the contract or the base has it, or wrong in one way. */
export function requestFor(
  operation: Operation,
  random: Random,
  { known, files, base }: { readonly known: Known; readonly files: Files; readonly base?: Base | undefined },
): FuzzRequest {
  const values = new Values(operation.schemas, known, random)
  const kind = random.pick(kinds)
  const parameters = ((operation.node.parameters ?? []) as readonly Node[]).filter(isNode)
  const path = operation.path.replace(/\{(\w+)\}/g, (_all, name: string) => {
    const schema = parameters.find((each) => each.in === 'path' && each.name === name)?.schema
    const right = base?.ids[name] ?? values.of(schema, name)
    const value = kind === 'path' && random.chance(0.7) ? hostilePart(known, random) : right
    return encoded(String(value), random)
  })
  const query = queryOf(parameters, values, kind === 'query', random)
  const url = `/${operation.service}/v1${path}${query === '' ? '' : `?${query}`}`
  const { body, type } = bodyOf(operation, values, kind, random, files, base)
  const headers = {
    ...(type === undefined ? {} : { 'content-type': type }),
    ...(kind === 'headers' ? hostileHeaders(random) : {}),
  }
  return { operation, kind, method: operation.method, url, headers, ...(body === undefined ? {} : { body }) }
}

/** An identifier of another kind, or none at all. */
const hostilePart = (known: Known, random: Random): string =>
  random.chance(0.4) ? random.pick(Object.values(known).flat()) : random.pick(hostileTexts).slice(0, 300)

/** Percent-encoded as it should be, and now and then as it should not. */
function encoded(text: string, random: Random): string {
  if (random.chance(0.03)) return random.pick(['%ff', '%', '%00', '%E0%A4%A', '..%2f..', '%c0%ae'])
  return encodeURIComponent(text.toWellFormed()) || '%20'
}

function queryOf(parameters: readonly Node[], values: Values, hostile: boolean, random: Random): string {
  const pairs: string[] = []
  for (const parameter of parameters.filter((each) => each.in === 'query')) {
    const name = String(parameter.name)
    if (parameter.required !== true && random.chance(hostile ? 0.3 : 0.6)) continue
    const value =
      hostile && random.chance(0.6)
        ? hostileQuery(random)
        : encodeURIComponent(String(values.of(parameter.schema, name)))
    pairs.push(`${name}=${value}`)
    if (hostile && random.chance(0.1)) pairs.push(`${name}=${value}`)
  }
  if (hostile && (pairs.length === 0 || random.chance(0.2)))
    pairs.push(random.pick(['unknown=1', '=', 'a[b]=c', '__proto__=1', '&&']))
  return pairs.join('&')
}

const cursors = ['zzz', '', '0', 'null', '-1', '99999999999999999999', "' or 1=1", '9999-99/306/1', 'x'.repeat(500)]

const hostileQuery = (random: Random): string =>
  random.chance(0.4)
    ? Buffer.from(random.pick(cursors)).toString('base64url')
    : encodeURIComponent(random.pick(hostileTexts).slice(0, 2_000).toWellFormed())

interface Body {
  readonly body?: string | Buffer
  readonly type?: string
}

function bodyOf(
  operation: Operation,
  values: Values,
  kind: string,
  random: Random,
  files: Files,
  base: Base | undefined,
): Body {
  const request = operation.node.requestBody
  const content = isNode(request) && isNode(request.content) ? request.content : undefined
  if (content === undefined)
    return kind === 'body' && operation.method === 'POST' ? { body: '{"a":1}', type: 'application/json' } : {}
  const [type, media] = random.pick(Object.entries(content)) as [string, Node]
  if (isNode(media.schema) && media.schema.format === 'binary') {
    const file = files[type] ?? 'x'
    return { type, body: kind === 'body' || kind === 'bytes' ? spoiledFile(file, random) : Buffer.from(file, 'latin1') }
  }
  const example = random.chance(0.5) ? media.example : undefined
  const valid = (isNode(base?.body) ? base.body : example) ?? values.of(media.schema)
  const text = JSON.stringify(kind === 'body' ? mutateBody(valid, random) : valid) ?? 'null'
  return { type, body: kind === 'bytes' ? spoil(text, random) : text }
}

/** A file with some bytes changed, cut off, doubled, or replaced by noise. */
function spoiledFile(file: string, random: Random): Buffer {
  const bytes = Buffer.from(file, 'latin1')
  if (random.chance(0.2)) return bytes.subarray(0, random.int(0, bytes.length))
  if (random.chance(0.1)) return Buffer.concat([bytes, bytes])
  if (random.chance(0.1)) return Buffer.from(Array.from({ length: 5_000 }, () => random.int(0, 255)))
  for (let time = random.int(1, 6); time > 0 && bytes.length > 0; time -= 1) {
    bytes[random.int(0, bytes.length - 1)] = random.pick([
      0,
      0x20,
      0x30,
      0x39,
      0x3c,
      0x22,
      0x7b,
      0xff,
      random.int(0, 255),
    ])
  }
  return bytes
}
