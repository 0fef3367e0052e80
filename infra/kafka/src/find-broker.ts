import { createServer } from 'node:net'
import { brokerEnvironment } from './config.ts'
import { messageOf } from './message-of.ts'
import { startKafka } from './start-kafka.ts'

export interface FoundBroker {
  readonly brokers: readonly string[]
  readonly kind: 'given' | 'docker' | 'jvm'
  stop(): Promise<void>
}

/** The same version as the pom and the compose file. */
const image = 'apache/kafka:4.3.1'

const freePort = (): Promise<number> =>
  new Promise((done, failed) => {
    const server = createServer()
    server.once('error', failed)
    server.listen(0, () => {
      const address = server.address()
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })

/** A client is sent to the advertised address, so the port outside must be the one inside. */
async function startContainer(): Promise<FoundBroker> {
  const { GenericContainer, Wait } = await import('testcontainers')
  const port = await freePort()
  const container = await new GenericContainer(image)
    .withExposedPorts({ container: port, host: port })
    .withEnvironment({
      KAFKA_NODE_ID: '1',
      KAFKA_PROCESS_ROLES: 'broker,controller',
      KAFKA_LISTENERS: `CLIENT://:${port},CONTROLLER://:9093`,
      KAFKA_ADVERTISED_LISTENERS: `CLIENT://localhost:${port}`,
      KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT',
      KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
      KAFKA_INTER_BROKER_LISTENER_NAME: 'CLIENT',
      KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
      KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
      KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
      KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
      KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
      KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS: '1000',
      KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
    })
    .withWaitStrategy(Wait.forLogMessage(/Kafka Server started/))
    .start()
  return {
    brokers: [`${container.getHost()}:${port}`],
    kind: 'docker',
    stop: async () => {
      await container.stop()
    },
  }
}

/** In this order: `KAFKA_BROKERS`, then a container, then Kafka on the JVM of this machine. Throws with what each said. */
export async function findBroker(dataDir: string): Promise<FoundBroker> {
  const given = brokerEnvironment().brokers
  if (given.length > 0) return { brokers: given, kind: 'given', stop: async () => {} }
  let docker: unknown
  try {
    return await startContainer()
  } catch (error) {
    docker = error
  }
  try {
    const { brokers, stop } = await startKafka({ dataDir })
    return { brokers, kind: 'jvm', stop }
  } catch (error) {
    throw new Error(`no broker: KAFKA_BROKERS is not set; Docker: ${messageOf(docker)}; here: ${messageOf(error)}`)
  }
}
