import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { placesOf, rewriteBroker, rewriteHosts, rewriteProxy, seenFrom } from './places.ts'
import { rootFolder } from './world.ts'

const places = placesOf(['kafka', 'keycloak', 'postgres', 'proxy'], '100.7')
const read = (path: string): string => readFileSync(join(rootFolder, 'infra/compose', path), 'utf8')
/** Lines that are not in the other text. */
const changed = (before: string, after: string): string[] => {
  const known = new Set(before.split('\n'))
  return after.split('\n').filter((line) => !known.has(line))
}

test('every container has a loopback address of its own', () => {
  expect([...places.values()]).toEqual(['127.100.7.2', '127.100.7.3', '127.100.7.4', '127.100.7.5'])
})

test('a host with a port is moved, the same word elsewhere is not', () => {
  const moved = new Map([...places, ['postgres', '127.0.0.1:40123']])
  expect(rewriteHosts('postgres://ziv:secret@postgres:5432/ziv_rights', moved)).toBe(
    'postgres://ziv:secret@127.0.0.1:40123/ziv_rights',
  )
  expect(rewriteHosts('http://keycloak:8080/auth/realms/keycloak', moved)).toBe(
    'http://127.100.7.3:8080/auth/realms/keycloak',
  )
  expect(rewriteHosts('kafka:9092,my-kafka:9092,kafka', moved)).toBe('127.100.7.2:9092,my-kafka:9092,kafka')
})

test('a container calls itself localhost', () => {
  expect(rewriteHosts('http://127.0.0.1:8080/x', seenFrom(places, 'proxy'))).toBe('http://127.100.7.5:8080/x')
  expect(() => seenFrom(places, 'nobody')).toThrow(/no place/)
})

test('the settings of the broker change in their addresses and their folder only', () => {
  const before = read('kafka/server.properties')
  expect(changed(before, rewriteBroker(before, places, 'kafka', '/data'))).toEqual([
    'controller.quorum.voters=1@127.100.7.2:9093',
    'listeners=SERVICES://127.100.7.2:9092,OUTSIDE://127.100.7.2:29092,CONTROLLER://127.100.7.2:9093',
    'advertised.listeners=SERVICES://127.100.7.2:9092,OUTSIDE://127.100.7.2:29092',
    'log.dirs=/data',
  ])
})

test('nginx.conf changes in its addresses and folders only', () => {
  const before = read('proxy/nginx.conf')
  const place = { address: '127.100.7.5', nameServer: '127.0.0.1:40053', settings: '/etc-copy', scratch: '/scratch' }
  const lines = changed(before, rewriteProxy(before, place)).map((line) => line.trim())
  expect(lines.filter((line) => !line.includes('_temp_path'))).toEqual([
    'resolver 127.0.0.1:40053 valid=10s;',
    'listen 127.100.7.5:8080;',
    'root /etc-copy;',
  ])
  expect(lines).toHaveLength(8)
  expect(() => rewriteProxy('http {\n}', place)).toThrow(/no longer says resolver/)
})
