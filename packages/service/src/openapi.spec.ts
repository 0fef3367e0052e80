import { lintOpenapi } from '@ziv/openapi'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { openapiOf } from './index.ts'
import { sampleModule, sampleServer } from './sample-module.fixture.ts'

const document = await openapiOf(sampleModule)

type Path = readonly (string | number)[]

/** The rules that the contract breaks with one place of it changed; undefined removes, `+` appends. */
function brokenBy(path: Path, value: unknown): readonly string[] {
  const draft = structuredClone(document)
  const parent = path.slice(0, -1).reduce<object>((node, part) => Reflect.get(node, part), draft)
  const last = path.at(-1)!
  if (value === undefined) Reflect.deleteProperty(parent, last)
  else Reflect.set(parent, last === '+' ? (parent as unknown[]).length : last, value)
  return lintOpenapi(draft).map(({ rule }) => rule)
}

const getPerson = ['paths', '/persons/{personId}', 'get']
const component = ['components', 'schemas', 'Person']
const property = [...component, 'properties', 'extra']
const query = { in: 'query', name: 'ssin', description: 'x', schema: { type: 'string' } }
const oneOf = ['Line', 'Persons'].map((name) => ({ $ref: `#/components/schemas/${name}` }))
const arrayAnswer = { schema: { type: 'array', items: { type: 'string' } }, example: [] }

const breaks: readonly (readonly [string, Path, unknown])[] = [
  ['oas-contra', ['openapi'], '3.1.0'],
  ['openapi-opid', [...getPerson, 'operationId'], 'listPersons'],
  ['openapi-opid', [...getPerson, 'operationId'], 'Get_person'],
  ['oas-descr', [...getPerson, 'summary'], undefined],
  ['oas-tags', [...getPerson, 'tags'], ['Unknown']],
  ['oas-tags', [...getPerson, 'tags'], undefined],
  ['opbody-req', ['paths', '/persons', 'post', 'requestBody', 'required'], undefined],
  ['sec-req', [...getPerson, 'security'], [{ other: [] }]],
  ['prb-defaul', [...getPerson, 'responses', 'default'], undefined],
  ['stat-codes', [...getPerson, 'responses', '201'], { description: 'x' }],
  ['hlth-res', ['paths', '/health'], undefined],
  ['uri-notat', ['paths', '/some-things'], {}],
  ['uri-notat', ['paths', '/things/'], {}],
  ['uri-extens', ['paths', '/things.json'], {}],
  ['path-param', ['paths', '/things/{ThingId}'], {}],
  ['sens-dat', [...getPerson, 'parameters', '+'], query],
  ['hdr-case', [...getPerson, 'parameters', '+'], { ...query, in: 'header', name: 'x-thing' }],
  ['jsn-naming', [...component, 'properties', 'some_thing'], { type: 'string', description: 'x' }],
  ['jsn-null', [...component, 'nullable'], true],
  ['dec-type', property, { type: 'number', description: 'x' }],
  ['oas-doc', property, { type: 'integer' }],
  ['oas-comp', ['components', 'schemas', 'person_x'], { type: 'object', description: 'x' }],
  ['prop-req', [...component, 'required'], ['nothing']],
  ['oas-rdonly', [...component, 'properties', 'personId', 'readOnly'], true],
  ['addi-prop', [...component, 'additionalProperties'], false],
  ['oas-exampl', property, { type: 'integer', description: 'x', example: 'many' }],
  ['oas-defaul', property, { type: 'integer', description: 'x', default: 'many' }],
  ['oas-enum', property, { type: 'integer', description: 'x', enum: ['many'] }],
  ['evo-object', [...getPerson, 'responses', '200', 'content', 'application/json'], arrayAnswer],
  ['col-repres', ['components', 'schemas', 'Persons', 'properties', 'items'], { type: 'string', description: 'x' }],
  ['lng-task', ['paths', '/persons', 'post', 'responses', '202'], { description: 'x' }],
  ['meth-http', [...getPerson, 'requestBody'], { required: true, content: {} }],
  ['sch-oneof', [...component, 'oneOf'], oneOf],
  ['uri-format', ['servers', 0, 'url'], '/Sample/1'],
  ['api-version', ['info', 'version'], 'one'],
]

describe('contract of an API', () => {
  it('keeps the rules of the Belgian guide', () => {
    expect(lintOpenapi(document)).toEqual([])
  })

  it.each(breaks)('breaking %s is noticed (%#)', (rule, path, value) => {
    expect(brokenBy(path, value)).toContain(rule)
  })

  it('a rule left on purpose, with its reason, is not held against the contract', () => {
    const { paths, ...rest } = structuredClone(document)
    const named = { ...rest, paths: { ...paths, '/ledger': { get: structuredClone(paths['/persons']!.get!) } } }
    Object.assign(named.paths['/ledger']!.get!, { operationId: 'getLedger' })
    expect(lintOpenapi(named).map(({ rule }) => rule)).toContain('col-name')
    Object.assign(named.paths['/ledger']!, { 'x-ignore-rules': { 'col-name': 'there is one' } })
    expect(lintOpenapi(named).map(({ rule }) => rule)).not.toContain('col-name')
  })

  it('names its components, refers to them and gives whole examples', () => {
    expect(Object.keys(document.components.schemas)).toEqual(
      expect.arrayContaining([
        'Line',
        'Person',
        'PersonRegistration',
        'Persons',
        'Problem',
        'HealthStatus',
        'InputValidationIssue',
      ]),
    )
    const body = (
      document.paths['/persons']!.post as { requestBody: { required: boolean; content: Record<string, object> } }
    ).requestBody
    expect(body).toEqual({
      required: true,
      content: {
        'application/json': {
          schema: { $ref: '#/components/schemas/PersonRegistration' },
          example: { ssin: '85073003328', ziekenfonds: '306', units: 2, lines: [{ code: 'A' }] },
        },
      },
    })
  })

  it('lists who may call and which problems can come', () => {
    const post = document.paths['/persons']!.post!
    expect(post['x-roles']).toEqual(['clerk'])
    expect(post['x-problem-types']).toEqual(['urn:problem-type:ziv:sample:alreadyAffiliated'])
    expect(JSON.stringify(document['x-problem-types'])).toContain('urn:problem-type:ziv:sample:alreadyAffiliated')
  })

  it('is served as YAML, JSON and pages, open to everyone', async () => {
    const app = await sampleServer()
    const yaml = await app.inject('/sample/v1/doc/openapi.yaml')
    expect(yaml.headers['content-type']).toMatch(/yaml/)
    expect(parse(yaml.body)).toEqual(JSON.parse(JSON.stringify(document)))
    expect((await app.inject('/sample/v1/doc/openapi.json')).json()).toEqual(JSON.parse(JSON.stringify(document)))
    const page = await app.inject('/sample/v1/doc/')
    expect([page.statusCode, page.headers['content-type']]).toEqual([200, expect.stringMatching(/html/)])
    const types = await app.inject('/sample/v1/refData/problemTypes/alreadyAffiliated')
    expect(types.json()).toMatchObject({ status: 409, legalBasis: 'art. 118 GVU-wet' })
    expect((await app.inject('/sample/v1/refData/colors')).json()).toMatchObject({ items: [{ code: 'red' }] })
    expect((await app.inject('/sample/v1/health')).json()).toEqual({ status: 'UP' })
    expect((await app.inject('/doc/asyncapi.yaml')).body).toContain('asyncapi: 3.0.0')
    expect((await app.inject('/metrics')).body).toContain('ziv_http_request_seconds')
    await app.close()
  })

  it('tells DOWN with 503 when the database is away', async () => {
    const app = await sampleServer({}, { query: async () => Promise.reject(new Error('connection refused')) })
    const health = await app.inject('/sample/v1/health')
    expect([health.statusCode, health.json()]).toEqual([503, { status: 'DOWN' }])
    await app.close()
  })
})
