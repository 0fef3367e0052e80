import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fillIn, mavenVersionOf, readCompose } from './compose.ts'
import { rootFolder } from './world.ts'

const ours = (given: Record<string, string> = {}) =>
  readCompose(readFileSync(join(rootFolder, 'docker-compose.yml'), 'utf8'), given)

test('variables are filled in as Docker does: an empty one counts as missing', () => {
  const variable = (inside: string): string => `$\{${inside}}`
  expect(fillIn(`a-${variable('NAME:-b')}-${variable('OTHER')}`, { NAME: 'c' })).toBe('a-c-')
  expect(fillIn(`${variable('NAME:-http://localhost:8080')}/auth`, { NAME: '' })).toBe('http://localhost:8080/auth')
  expect(() => fillIn(variable('NAME:?needed'), {})).toThrow(/not known here/)
})

test('a service of the compose file has what its anchors give it', () => {
  const rights = ours({ ZIV_PUBLIC_URL: 'http://127.9.9.9:8080' }).get('rights')!
  expect(rights.command).toEqual(['node', 'services/rights/src/main.ts'])
  expect(rights.environment).toMatchObject({
    DATABASE_URL: 'postgres://ziv:sandbox@postgres:5432/ziv_rights',
    KAFKA_USERNAME: 'ziv-rights',
    ZIV_OIDC_ISSUER: 'http://127.9.9.9:8080/auth/realms/ziv',
    ZIV_CLOCK_START: '',
  })
  expect(rights.healthTest).toEqual(['node', 'infra/compose/health.mjs', 'rights'])
  expect([rights.healthLimitMs, rights.stopLimitMs]).toEqual([90_000, 30_000])
  expect(ours().get('kafka')?.stopLimitMs).toBe(10_000)
})

test('no address of this user gets in: what is not set takes the default', () => {
  expect(ours().get('affiliation')?.environment.ZIV_OIDC_ISSUER).toBe('http://localhost:8080/auth/realms/ziv')
})

test('a file without services is refused', () => {
  expect(() => readCompose('name: ziv', {})).toThrow(/no services/)
  expect(() => readCompose('', {})).toThrow(/no services/)
})

test('a tag of two numbers is a line of releases, a full version is itself', () => {
  expect(mavenVersionOf('quay.io/keycloak/keycloak:26.4')).toBe('[26.4,26.5-alpha)')
  expect(mavenVersionOf('quay.io/keycloak/keycloak:26.4.7')).toBe('26.4.7')
  expect(() => mavenVersionOf('quay.io/keycloak/keycloak:latest')).toThrow(/no version/)
})
