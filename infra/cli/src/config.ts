import { z } from 'zod'

const environment = z.object({
  KAFKA_BROKERS: z.string().optional(),
  ZIV_TOPIC_PREFIX: z
    .string()
    .regex(/^[a-zA-Z0-9._-]{0,50}$/, 'letters, digits, dots, dashes and underscores')
    .default(''),
  DATABASE_URL: z.string().optional(),
  PRIVACY_DATABASE_URL: z.url().optional(),
  ZIV_KEYS_FILE: z.string().min(1).optional(),
  ZIV_DATA: z.string().default('.ziv/demo'),
  ZIV_URL: z.string().default('http://localhost:8080'),
  ZIV_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('warn'),
})

/** What the environment says; options of a command win over it. */
export interface CliConfig {
  readonly kafkaBrokers: readonly string[] | undefined
  readonly topicPrefix: string
  readonly postgresUrl: string | undefined
  /** Of an installation: where the keys of persons are, and the file of the keys that wrap them. */
  readonly keysDatabaseUrl: string | undefined
  readonly keysFile: string | undefined
  readonly dataDir: string
  readonly url: string
  readonly logLevel: z.infer<typeof environment>['ZIV_LOG_LEVEL']
}

/** Reads the environment once; throws a readable error on a wrong value. */
export function readConfig(source: NodeJS.ProcessEnv = process.env): CliConfig {
  const parsed = environment.safeParse(source)
  if (!parsed.success) throw new Error(`the environment is not right: ${z.prettifyError(parsed.error)}`)
  const { KAFKA_BROKERS, ZIV_TOPIC_PREFIX, DATABASE_URL, ZIV_DATA, ZIV_URL, ZIV_LOG_LEVEL } = parsed.data
  return {
    kafkaBrokers: KAFKA_BROKERS === undefined ? undefined : KAFKA_BROKERS.split(',').map((broker) => broker.trim()),
    topicPrefix: ZIV_TOPIC_PREFIX,
    postgresUrl: DATABASE_URL,
    keysDatabaseUrl: parsed.data.PRIVACY_DATABASE_URL,
    keysFile: parsed.data.ZIV_KEYS_FILE,
    dataDir: ZIV_DATA,
    url: ZIV_URL,
    logLevel: ZIV_LOG_LEVEL,
  }
}
