import { expect, test } from 'vitest'
import { defineService, type ServiceDeps } from './index.ts'

const api = { title: 'Toy', description: 'A toy', version: '1.0.0', tags: [] }
const parts = { routes: async () => undefined, proofs: [], answer: 42 }
const toy = defineService({ name: 'toy', folder: '/somewhere/toy/src', api, events: [], create: () => parts })

test('a definition names database, principal and migrations by the name of the service', () => {
  expect(toy).toMatchObject({ database: 'ziv_toy', principal: 'ziv-toy', migrations: '/somewhere/toy/migrations' })
})

test('a service has no consumers and nothing to resume or stop unless it says so, and keeps what it offers', async () => {
  const module = await toy.create({} as ServiceDeps)
  expect(module).toMatchObject({ name: 'toy', api, consumers: [], answer: 42 })
  await expect(Promise.all([module.resume(), module.stop()])).resolves.toEqual([undefined, undefined])
})

test('a service is put together with what its host hands over and the store of its own events', async () => {
  const { offered } = await defineService({
    ...{ name: 'toy', folder: '/', api, events: [] },
    create: (context) => ({ ...parts, offered: context }),
  }).create({ insurers: ['306'] } as unknown as ServiceDeps)
  expect(offered).toMatchObject({ insurers: ['306'], store: { append: expect.any(Function) } })
})

test.for(['Toy', 'to', 'a-toy', 'toy7'])('a service cannot be called %s', (name) => {
  expect(() => defineService({ name, folder: '/', api, events: [], create: () => parts })).toThrow('lower case letters')
})
