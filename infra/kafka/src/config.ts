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
