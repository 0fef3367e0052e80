import { Resolver } from 'node:dns/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answerTo, type NameServer, startNameServer } from './name-server.ts'

const names = new Map([['rights', '127.100.7.2']])
const resolver = new Resolver({ timeout: 5_000, tries: 1 })
let server: NameServer

beforeAll(async () => {
  server = await startNameServer((name) => names.get(name))
  resolver.setServers([server.place])
})
afterAll(() => server.stop())

test('a name of a container has one address, however it is written', async () => {
  expect(await resolver.resolve4('rights')).toEqual(['127.100.7.2'])
  expect(await resolver.resolve4('RIGHTS')).toEqual(['127.100.7.2'])
})

test('a container made anew is found at its new address', async () => {
  names.set('rights', '127.100.7.9')
  expect(await resolver.resolve4('rights')).toEqual(['127.100.7.9'])
})

test('an address of the other kind is not there, and an unknown name is none', async () => {
  await expect(resolver.resolve6('rights')).rejects.toMatchObject({ code: 'ENODATA' })
  await expect(resolver.resolve4('nobody')).rejects.toMatchObject({ code: 'ENOTFOUND' })
})

test('a message that is cut off is no question', () => {
  expect(() => answerTo(Buffer.alloc(12), () => undefined)).toThrow(RangeError)
})
