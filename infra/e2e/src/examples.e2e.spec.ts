import { randomUUID } from 'node:crypto'
import { asyncapiYaml } from '@ziv/contracts'
import type { Role } from '@ziv/http'
import { isoDate } from '@ziv/kernel'
import { INSURERS, type ServiceContract, serviceContracts, serviceNames } from '@ziv/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { startWorld, type World } from './security-world.fixture.ts'

type Node = Readonly<Record<string, unknown>>
const node = (value: unknown): Node => (typeof value === 'object' && value !== null ? (value as Node) : {})
const methods = ['get', 'post', 'put', 'patch', 'delete'] as const

let world: World
let contracts: readonly ServiceContract[]
beforeAll(async () => {
  contracts = await serviceContracts(INSURERS)
  world = await startWorld(undefined, { startAt: isoDate('2026-06-01') }, 'warn')
})
afterAll(() => world?.close())

interface Example {
  readonly where: string
  readonly method: string
  readonly url: string
  readonly roles: readonly Role[]
  readonly mediaType: string | null
  readonly body: object | string | undefined
}

/** One request for every media type of every operation, made of nothing but the examples of the contract. */
function examplesOf({ name, openapi }: ServiceContract): readonly Example[] {
  return Object.entries(openapi.paths).flatMap(([path, item]) =>
    methods.flatMap((method): Example[] => {
      const operation = node(item[method])
      if (item[method] === undefined || JSON.stringify(operation.responses ?? {}).includes('text/event-stream'))
        return []
      const parameters = [operation.parameters ?? []].flat().map((parameter) => {
        const { $ref } = node(parameter)
        const found =
          typeof $ref === 'string' ? node(openapi.components.parameters)[$ref.split('/').at(-1)!] : parameter
        return node(found)
      })
      const exampleOf = (parameter: Node): string => {
        const schema = node(parameter.schema)
        const example = parameter.example ?? schema.example ?? (schema.enum as unknown[] | undefined)?.[0]
        return encodeURIComponent(String(example ?? (schema.format === 'uuid' ? randomUUID() : 'A')))
      }
      const filled = path.replace(/\{(\w+)\}/g, (_all, wanted: string) =>
        exampleOf(parameters.find((parameter) => parameter.in === 'path' && parameter.name === wanted) ?? {}),
      )
      const query = parameters
        .filter((parameter) => parameter.in === 'query' && node(parameter.schema).example !== undefined)
        .map((parameter) => `${String(parameter.name)}=${exampleOf(parameter)}`)
      const request = {
        where: `${method.toUpperCase()} ${path}`,
        method: method.toUpperCase(),
        url: `/${name}/v1${filled}${query.length > 0 ? `?${query.join('&')}` : ''}`,
        roles: (operation['x-roles'] ?? []) as Role[],
      }
      const content = Object.entries(node(node(operation.requestBody).content))
      if (content.length === 0) return [{ ...request, mediaType: null, body: undefined }]
      return content.map(([mediaType, media]) => {
        const example = node(media).example
        const isJson = mediaType.includes('json') && typeof example === 'object'
        return {
          ...request,
          mediaType,
          body: isJson ? (example as object) : typeof example === 'string' ? example : 'x\n',
        }
      })
    }),
  )
}

describe.each(serviceNames)('the examples of the contract of %s', (name) => {
  it(`${name} takes every one of them`, async () => {
    const refused: unknown[] = []
    const examples = examplesOf(contracts.find((contract) => contract.name === name)!)
    for (const { where, method, url, roles, mediaType, body } of examples) {
      const token = await world.token({
        roles: [...roles],
        ...{ insurer: '300', ziekenfonds: '306', personId: randomUUID(), providerNumber: '10003569004' },
      })
      const headers = mediaType === null ? {} : { 'content-type': mediaType }
      const answer = await world.call({ method, url, token, headers, ...(body === undefined ? {} : { body }) })
      const isFile = mediaType !== null && typeof body === 'string'
      // an example file that holds nothing is read and refused by its content; its media type is taken
      const wrong = isFile
        ? answer.status === 415 || answer.status >= 500
        : [400, 415].includes(answer.status) || answer.status >= 500
      if (wrong) refused.push({ where, mediaType, status: answer.status, issues: answer.json?.issues ?? answer.text })
    }
    expect(examples.length).toBeGreaterThan(3)
    expect(refused).toEqual([])
  }, 60_000)

  it(`${name} is read alike by a reader of YAML 1.1`, async () => {
    const { text } = await world.call({ method: 'GET', url: `/${name}/v1/doc/openapi.yaml` })
    expect(parse(text, { version: '1.1' })).toEqual(parse(text))
  })
})

it('the contract of the events is read alike by a reader of YAML 1.1', () => {
  const text = asyncapiYaml()
  expect(parse(text, { version: '1.1' })).toEqual(parse(text))
  // what such a reader takes for a day, a number of base sixty or a truth
  expect(parse(stringify('2026-01-13'), { version: '1.1' })).not.toBe('2026-01-13')
})
