import { catalog, INSURERS } from '@ziv/contracts'
import { lintOpenapi } from '@ziv/openapi'
import { type ServiceContract, serviceContracts, serviceNames } from '@ziv/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startWorld, type World } from './security-world.fixture.ts'

type Node = Readonly<Record<string, unknown>>
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value)
const methods = ['get', 'post', 'put', 'patch', 'delete'] as const

let world: World
let contracts: readonly ServiceContract[]
const contractOf = (name: string): ServiceContract => contracts.find((each) => each.name === name)!
beforeAll(async () => {
  contracts = await serviceContracts()
  world = await startWorld(undefined, {}, 'warn')
})
afterAll(() => world?.close())

const get = (url: string) => world.call({ method: 'GET', url })

function operationsOf({ openapi }: ServiceContract): readonly (readonly [string, Node])[] {
  return Object.entries(openapi.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method]
      return isNode(operation) ? [[`${method.toUpperCase()} ${path}`, operation] as const] : []
    }),
  )
}

/** Every property of every schema below a node, with its place. */
function* propertiesIn(node: unknown, place: string): Generator<readonly [string, Node]> {
  if (Array.isArray(node)) {
    for (const [index, each] of node.entries()) yield* propertiesIn(each, `${place}[${index}]`)
    return
  }
  if (!isNode(node)) return
  const isSchema = node.type === 'object' || node.type === undefined
  if (isSchema && isNode(node.properties)) {
    for (const [name, schema] of Object.entries(node.properties)) {
      if (isNode(schema)) yield [`${place}.${name}`, schema]
    }
  }
  for (const [key, each] of Object.entries(node)) {
    if (key !== 'example' && key !== 'examples') yield* propertiesIn(each, `${place}/${key}`)
  }
}

const described = (schema: Node, { openapi }: ServiceContract): boolean => {
  if (typeof schema.description === 'string' && schema.description.length > 2) return true
  const reference = schema.$ref ?? (schema.allOf as readonly Node[] | undefined)?.[0]?.$ref
  const name = typeof reference === 'string' ? reference.split('/').at(-1)! : undefined
  return name !== undefined && typeof openapi.components.schemas[name]?.description === 'string'
}

describe.each(serviceNames)('the contract of %s', (name) => {
  it(`${name} keeps every rule of the guide that a document can show`, () => {
    expect(lintOpenapi(contractOf(name).openapi)).toEqual([])
  })

  it(`${name} says of every operation what it does, who may call it and which problems can come`, () => {
    const contract = contractOf(name)
    const operations = operationsOf(contract)
    const missing = operations.flatMap(([where, operation]) => {
      const texts = ['summary', 'description', 'operationId'].filter((key) => !String(operation[key] ?? '').trim())
      const responses = isNode(operation.responses) ? operation.responses : {}
      const tags = Array.isArray(operation.tags) ? operation.tags : []
      const open = Array.isArray(operation.security) && operation.security.length === 0
      const roles = Array.isArray(operation['x-roles']) ? operation['x-roles'] : []
      return [
        ...texts.map((key) => `${where}: ${key}`),
        ...(tags.length === 1 ? [] : [`${where}: tag`]),
        ...('default' in responses ? [] : [`${where}: default problem`]),
        ...(open || roles.length > 0 ? [] : [`${where}: roles`]),
      ]
    })
    expect(missing).toEqual([])
    const ids = operations.map(([, operation]) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it(`${name} describes every field`, () => {
    const contract = contractOf(name)
    const { paths, components } = contract.openapi
    const fields = [...propertiesIn(components.schemas, 'components'), ...propertiesIn(paths, 'paths')]
    expect(fields.length).toBeGreaterThan(20)
    expect(fields.filter(([, schema]) => !described(schema, contract)).map(([place]) => place)).toEqual([])
  })

  it(`${name} gives an example of every JSON body and answer`, () => {
    const media = operationsOf(contractOf(name)).flatMap(([where, operation]) => {
      const responses = Object.entries((operation.responses ?? {}) as Record<string, Node>)
      const parts = [['body', operation.requestBody] as const, ...responses.filter(([status]) => status !== 'default')]
      return parts.flatMap(([part, node]) => {
        const json = isNode(node) && isNode(node.content) ? node.content['application/json'] : undefined
        return isNode(json) ? [{ place: `${where} ${part}`, example: json.example }] : []
      })
    })
    expect(media.length).toBeGreaterThan(3)
    expect(media.filter(({ example }) => example === undefined)).toEqual([])
  })

  it(`${name} lists every problem type it declares, with its texts`, async () => {
    const { api, openapi } = contractOf(name)
    const listed = await get(`/${name}/v1/refData/problemTypes`)
    const types = (listed.json.items as { type: string; detail: Record<string, string> }[]).map(({ type }) => type)
    const declared = operationsOf(contractOf(name)).flatMap(
      ([, operation]) => (operation['x-problem-types'] ?? []) as string[],
    )
    expect(declared.filter((type) => !types.includes(type))).toEqual([])
    expect(types.length).toBeGreaterThanOrEqual(Object.keys(api?.rejections ?? {}).length)
    for (const { detail } of listed.json.items)
      for (const language of ['nl', 'fr', 'de', 'en']) {
        expect(detail[language].length).toBeGreaterThan(5)
      }
    expect(JSON.stringify(openapi['x-problem-types'])).toContain('urn:problem-type:')
  })

  it(`${name} answers with its health, its pages, its contract and its code lists`, async () => {
    const { openapi } = contractOf(name)
    expect((await get(`/${name}/v1/health`)).json).toEqual({ status: 'UP' })
    const page = await get(`/${name}/v1/doc/`)
    const asked = page.status === 302 || page.status === 404 ? await get(`/${name}/v1/doc`) : page
    expect([asked.status, String(asked.headers['content-type'])]).toEqual([200, expect.stringMatching(/html/)])
    const yaml = await get(`/${name}/v1/doc/openapi.yaml`)
    expect([yaml.status, yaml.text]).toEqual([200, expect.stringMatching(/^openapi: ['"]?3\.0/)])
    expect((await get(`/${name}/v1/doc/openapi.json`)).json).toEqual(JSON.parse(JSON.stringify(openapi)))
    const lists = Object.keys(openapi.paths).filter((path) => /^\/refData\/[^{]+$/.test(path))
    expect(lists).toContain('/refData/problemTypes')
    for (const path of lists) expect((await get(`/${name}/v1${path}`)).json.items.length).toBeGreaterThan(0)
  })
})

describe('the events', () => {
  it('are all in the document that is published, under the topics of every insurer', async () => {
    const published = await get('/doc/asyncapi.yaml')
    expect(published.status).toBe(200)
    const types = [...catalog.values()].map(({ type }) => type)
    expect(types.length).toBeGreaterThan(15)
    expect(types.filter((type) => !published.text.includes(type))).toEqual([])
    const contexts = ['affiliation', 'contributions', 'rights', 'reimbursement', 'returns']
    const channels = contexts.map((context) => `ziv.{insurer}.${context}.v1`)
    expect(channels.filter((channel) => !published.text.includes(channel))).toEqual([])
  })
})

describe('the status page', () => {
  it('answers and leads to the documentation, contract and health of every service', async () => {
    const page = await get('/')
    expect([page.status, String(page.headers['content-type'])]).toEqual([200, expect.stringMatching(/html/)])
    const links = [...page.text.matchAll(/href="([^"]+)"/g)].map(([, href]) => href!)
    expect(links.length).toBeGreaterThanOrEqual(serviceNames.length * 3)
    for (const href of links) expect([href, (await get(href)).status]).toEqual([href, 200])
    for (const name of serviceNames) expect(links).toContain(`/${name}/v1/doc`)
    for (const insurer of INSURERS) expect(page.text).toContain(insurer)
  })
})
