import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { asyncapiYaml } from '@ziv/contracts'
import { isoDate, uuidV7 } from '@ziv/kernel'
import { type ServiceContract, serviceContracts, serviceNames } from '@ziv/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { otherBody, requestsOf, takesKey, urlOf } from './contract-requests.fixture.ts'
import { startWorld, type World } from './security-world.fixture.ts'

const REUSED = 'urn:problem-type:ziv:idempotencyKeyReused'
let world: World
let contracts: readonly ServiceContract[]
beforeAll(async () => {
  contracts = await serviceContracts()
  world = await startWorld(undefined, { startAt: isoDate('2026-06-01') }, 'warn')
})
afterAll(() => world?.close())

describe.each(serviceNames)('the examples of the contract of %s', (name) => {
  it(`${name} answers a key of a request again, and no other request under it`, async () => {
    const wrong: unknown[] = []
    let kept = 0
    for (const request of requestsOf(contracts.find((contract) => contract.name === name)!)) {
      const { where, method, roles, mediaType, body } = request
      if (method !== 'POST' || typeof body !== 'object') continue
      const other = otherBody(body)
      if (other === null) continue
      const identity = { insurer: '300', ziekenfonds: '306', personId: randomUUID(), providerNumber: '10003569004' }
      const token = await world.token({ roles: [...roles], ...identity })
      const headers = { 'content-type': mediaType!, 'idempotency-key': uuidV7() }
      const send = (content: object) => world.call({ method, url: urlOf(request), token, headers, body: content })
      const first = await send(body)
      // what is refused is decided anew
      if (first.status >= 300) continue
      const [again, changed] = [await send(body), await send(other)]
      if (!takesKey(request)) {
        if (changed.json?.type === REUSED) wrong.push({ where, undeclared: 'Idempotency-Key' })
        continue
      }
      kept += 1
      if (again.status !== first.status || !isDeepStrictEqual(again.json, first.json))
        wrong.push({ where, first: first.text, again: again.text })
      // a change that is no right request at all is told as that
      if (changed.status !== 400 && changed.json?.type !== REUSED)
        wrong.push({ where, other, status: changed.status, text: changed.text })
    }
    expect(wrong).toEqual([])
    if (['affiliation', 'riziv'].includes(name)) expect(kept).toBeGreaterThan(0)
  }, 60_000)

  it(`${name} takes every one of them`, async () => {
    const refused: unknown[] = []
    const examples = requestsOf(contracts.find((contract) => contract.name === name)!)
    for (const request of examples) {
      const { where, method, roles, mediaType, body } = request
      const url = urlOf(request)
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
