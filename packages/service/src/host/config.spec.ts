import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readHostConfig } from './config.ts'

const folder = mkdtempSync(join(tmpdir(), 'ziv-host-'))
afterAll(() => rmSync(folder, { recursive: true }))

const fileWith = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

const settings = {
  DATABASE_URL: 'postgres://owner@localhost/ziv_rights',
  PRIVACY_DATABASE_URL: 'postgres://owner@localhost/ziv_privacy',
  ZIV_KEYS_FILE: '/keys/vault.json',
  KAFKA_BROKERS: 'kafka-1:9092, kafka-2:9092',
  ZIV_OIDC_ISSUER: 'http://localhost:8080/auth/realms/ziv',
  ZIV_OIDC_JWKS: 'http://keycloak:8080/auth/realms/ziv/protocol/openid-connect/certs',
}

test('a service without settings says which are missing', () => {
  expect(() => readHostConfig({})).toThrow(/DATABASE_URL[\s\S]*KAFKA_BROKERS[\s\S]*ZIV_OIDC_JWKS/)
})

test('what a service forgets, and when, can be set', () => {
  expect(readHostConfig(settings).retention).toEqual({ outboxDays: 14, answersHours: 24, accessLogDays: 3_653 })
  const { retention } = readHostConfig({ ...settings, ZIV_KEEP_OUTBOX_DAYS: '30', ZIV_KEEP_ACCESS_LOG_DAYS: '730' })
  expect(retention).toMatchObject({ outboxDays: 30, accessLogDays: 730 })
  expect(() => readHostConfig({ ...settings, ZIV_KEEP_OUTBOX_DAYS: '0' })).toThrow(/ZIV_KEEP_OUTBOX_DAYS/)
})

test('plain brokers need no security settings, and all insurers are served', () => {
  const config = readHostConfig({ ...settings, KAFKA_CA_FILE: '' })
  expect(config.kafka).toEqual({ brokers: ['kafka-1:9092', 'kafka-2:9092'] })
  expect(config.insurers).toEqual(['100', '200', '300', '400', '500', '600', '900'])
  expect(config.ZIV_ENV).toBe('production')
})

test('TLS with a client certificate and SCRAM come from files and names', () => {
  const { kafka } = readHostConfig({
    ...settings,
    KAFKA_CA_FILE: fileWith('ca.pem', 'authority\n'),
    KAFKA_CERT_FILE: fileWith('cert.pem', 'certificate\n'),
    KAFKA_KEY_FILE: fileWith('key.pem', 'key\n'),
    KAFKA_USERNAME: 'ziv-rights-300',
    KAFKA_PASSWORD_FILE: fileWith('password', 'secret\n'),
  })
  expect(kafka.ssl).toEqual({ ca: ['authority'], cert: 'certificate', key: 'key' })
  expect(kafka.sasl).toEqual({ mechanism: 'scram-sha-512', username: 'ziv-rights-300', password: 'secret' })
})

test('a user name without a password is refused at the start', () => {
  expect(() => readHostConfig({ ...settings, KAFKA_USERNAME: 'ziv-rights-300' })).toThrow(/together/)
})

test('a chosen business date is refused in production', () => {
  expect(() => readHostConfig({ ...settings, ZIV_CLOCK_START: '2025-01-01' })).toThrow(/sandbox only/)
  expect(readHostConfig({ ...settings, ZIV_ENV: 'sandbox', ZIV_CLOCK_START: '2025-01-01' }).ZIV_CLOCK_START).toBe(
    '2025-01-01',
  )
})
