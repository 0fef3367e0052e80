import { readFileSync } from 'node:fs'
import { INSURERS } from '@ziv/contracts'
import type { KafkaDriverOptions } from '@ziv/messaging'

export interface BrokerEnvironment {
  /** Brokers that somebody else runs, from `KAFKA_BROKERS`: host:port, separated by commas. */
  readonly brokers: readonly string[]
  /** In CI, and where somebody asks for it, a missing broker is a failure and never a silent skip. */
  readonly required: boolean
}

/** What the environment says about Kafka. */
export function brokerEnvironment(): BrokerEnvironment {
  const { KAFKA_BROKERS = '', CI, ZIV_REQUIRE_KAFKA } = process.env
  const brokers = KAFKA_BROKERS.split(',').map((broker) => broker.trim())
  return { brokers: brokers.filter((broker) => broker !== ''), required: CI === 'true' || ZIV_REQUIRE_KAFKA === '1' }
}

export interface PrepareEnvironment {
  readonly insurers: readonly string[]
  /** True: services run once for all insurers and sign in without an insurer in their name. */
  readonly oneCell: boolean
  readonly connection: Pick<KafkaDriverOptions, 'brokers' | 'ssl' | 'sasl'>
}

/** Settings of the job that prepares a broker; throws when there is no broker to prepare. */
export function prepareEnvironment(): PrepareEnvironment {
  const { ZIV_INSURERS = INSURERS.join(), ZIV_CELL = 'one' } = process.env
  const { KAFKA_USERNAME: username = '', KAFKA_PASSWORD: password = '', KAFKA_CA_FILE = '' } = process.env
  const { brokers } = brokerEnvironment()
  if (brokers.length === 0) throw new Error('KAFKA_BROKERS is not set: name the broker that has to be prepared')
  return {
    insurers: ZIV_INSURERS.split(','),
    oneCell: ZIV_CELL === 'one',
    connection: {
      brokers,
      ...(KAFKA_CA_FILE !== '' && { ssl: { ca: [readFileSync(KAFKA_CA_FILE, 'utf8')] } }),
      ...(username !== '' && { sasl: { mechanism: 'scram-sha-512', username, password } }),
    },
  }
}
