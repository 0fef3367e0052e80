import { z } from 'zod'

const hostSchema = z.object({
  DATABASE_URL: z.url(),
  PRIVACY_DATABASE_URL: z.url(),
  KAFKA_BROKERS: z.string().min(1),
  ZIV_KEYS_FILE: z.string().min(1),
  ZIV_OIDC_ISSUER: z.string().min(1),
  ZIV_OIDC_AUDIENCE: z.string().min(1).default('ziv'),
  ZIV_OIDC_JWKS: z.url(),
  ZIV_ENV: z.enum(['sandbox', 'production']).default('production'),
  ZIV_INSURERS: z.string().default('100,200,300,400,500,600,900'),
  PORT: z.coerce.number().int().min(1).max(65_535).default(8080),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
})
export type HostConfig = z.infer<typeof hostSchema>

/** What the service needs when it runs as a deployable of its own; a missing one stops the start with its name. */
export const readHostConfig = (env: Readonly<Record<string, string | undefined>> = process.env): HostConfig =>
  hostSchema.parse(env)
