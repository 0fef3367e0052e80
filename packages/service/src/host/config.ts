import { readFileSync } from 'node:fs'
import { INSURERS } from '@ziv/contracts'
import { defaultCallerLimit } from '@ziv/http'
import type { KafkaDriverOptions } from '@ziv/messaging'
import { z } from 'zod'
import { defaultRetention, type Retention } from './upkeep.ts'

const flag = z.enum(['true', 'false']).transform((text) => text === 'true')

const environment = z
  .object({
    DATABASE_URL: z.url(),
    ZIV_RUNTIME_PASSWORD: z.string().min(1).optional(),
    PRIVACY_DATABASE_URL: z.url(),
    ZIV_KEYS_FILE: z.string().min(1),
    ZIV_NOTES_FOLDER: z.string().min(1).optional(),
    KAFKA_BROKERS: z.string().min(1),
    KAFKA_TLS: flag.default(false),
    KAFKA_CA_FILE: z.string().min(1).optional(),
    KAFKA_CERT_FILE: z.string().min(1).optional(),
    KAFKA_KEY_FILE: z.string().min(1).optional(),
    KAFKA_SASL_MECHANISM: z.enum(['plain', 'scram-sha-256', 'scram-sha-512']).default('scram-sha-512'),
    KAFKA_USERNAME: z.string().min(1).optional(),
    KAFKA_PASSWORD: z.string().min(1).optional(),
    KAFKA_PASSWORD_FILE: z.string().min(1).optional(),
    KAFKA_GROUP_PREFIX: z.string().default(''),
    ZIV_OIDC_ISSUER: z.string().min(1),
    ZIV_OIDC_AUDIENCE: z.string().min(1).default('ziv'),
    ZIV_OIDC_JWKS: z.url(),
    ZIV_ENV: z.enum(['sandbox', 'production']).default('production'),
    ZIV_CLOCK_START: z.iso.date().optional(),
    ZIV_INSURERS: z.string().default(INSURERS.join()),
    ZIV_TRUST_PROXY: flag.default(false),
    ZIV_CALLER_REQUESTS: z.coerce.number().int().min(0).default(defaultCallerLimit.requests),
    ZIV_UPKEEP_MINUTES: z.coerce.number().int().min(1).max(10_080).default(60),
    ZIV_KEEP_OUTBOX_DAYS: z.coerce.number().int().min(1).default(defaultRetention.outboxDays),
    ZIV_KEEP_ANSWERS_HOURS: z.coerce.number().int().min(1).default(defaultRetention.answersHours),
    ZIV_KEEP_ACCESS_LOG_DAYS: z.coerce.number().int().min(1).default(defaultRetention.accessLogDays),
    ZIV_HOST: z.string().min(1).default('0.0.0.0'),
    PORT: z.coerce.number().int().min(1).max(65_535).default(8080),
    LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  })
  .refine((given) => given.ZIV_ENV === 'sandbox' || given.ZIV_CLOCK_START === undefined, {
    path: ['ZIV_CLOCK_START'],
    message: 'the business date can be chosen in the sandbox only: remove it, or set ZIV_ENV=sandbox',
  })
  .refine(
    (given) =>
      (given.KAFKA_USERNAME === undefined) === ((given.KAFKA_PASSWORD ?? given.KAFKA_PASSWORD_FILE) === undefined),
    { path: ['KAFKA_USERNAME'], message: 'give KAFKA_USERNAME and KAFKA_PASSWORD (or KAFKA_PASSWORD_FILE) together' },
  )

type Environment = z.infer<typeof environment>

/** What a service needs when it runs as a deployable of its own. */
export interface HostConfig extends Omit<Environment, 'KAFKA_BROKERS' | 'ZIV_INSURERS'> {
  readonly insurers: readonly string[]
  readonly kafka: Pick<KafkaDriverOptions, 'brokers' | 'ssl' | 'sasl'>
  readonly retention: Retention
}

const list = (text: string): string[] => text.split(',').map((part) => part.trim())

/** Reads the environment of a service; throws an Error that names every setting that is missing or wrong. */
export function readHostConfig(env: Readonly<Record<string, string | undefined>> = process.env): HostConfig {
  // compose files pass settings that are not set as empty texts
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = environment.safeParse(given)
  if (!parsed.success) throw new Error(`the settings of this service are not right:\n${z.prettifyError(parsed.error)}`)
  const { KAFKA_BROKERS, ZIV_INSURERS, ...rest } = parsed.data
  return {
    ...rest,
    insurers: list(ZIV_INSURERS),
    kafka: { brokers: list(KAFKA_BROKERS), ...securityOf(parsed.data) },
    retention: {
      outboxDays: rest.ZIV_KEEP_OUTBOX_DAYS,
      answersHours: rest.ZIV_KEEP_ANSWERS_HOURS,
      accessLogDays: rest.ZIV_KEEP_ACCESS_LOG_DAYS,
    },
  }
}

function securityOf(given: Environment): Pick<KafkaDriverOptions, 'ssl' | 'sasl'> {
  const read = (file: string | undefined): string | undefined =>
    file === undefined ? undefined : readFileSync(file, 'utf8').trim()
  const ca = read(given.KAFKA_CA_FILE)
  const cert = read(given.KAFKA_CERT_FILE)
  const key = read(given.KAFKA_KEY_FILE)
  const tls = given.KAFKA_TLS || ca !== undefined || cert !== undefined
  const password = given.KAFKA_PASSWORD ?? read(given.KAFKA_PASSWORD_FILE)
  const { KAFKA_USERNAME: username, KAFKA_SASL_MECHANISM: mechanism } = given
  return {
    ...(tls && {
      ssl: {
        ...(ca !== undefined && { ca: [ca] }),
        ...(cert !== undefined && { cert }),
        ...(key !== undefined && { key }),
      },
    }),
    ...(username !== undefined && password !== undefined && { sasl: { mechanism, username, password } }),
  }
}
