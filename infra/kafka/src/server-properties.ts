export interface BrokerSettings {
  readonly dataDir: string
  readonly port: number
  readonly controllerPort: number
  readonly sasl: boolean
}

/** The one principal that may do everything: it makes topics and access lists. */
export const adminPrincipal = 'ziv-admin'

/** One node that is broker and controller, reachable from this machine only. */
export function serverProperties({ dataDir, port, controllerPort, sasl }: BrokerSettings): string {
  const protocol = sasl ? 'SASL_PLAINTEXT' : 'PLAINTEXT'
  const lines: Record<string, string | number> = {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    listeners: `CLIENT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `CLIENT://127.0.0.1:${port}`,
    'listener.security.protocol.map': `CLIENT:${protocol},CONTROLLER:PLAINTEXT`,
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'CLIENT',
    'log.dirs': `${dataDir}/log`,
    'auto.create.topics.enable': 'false',
    'num.partitions': 1,
    'default.replication.factor': 1,
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 8,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    'group.initial.rebalance.delay.ms': 0,
    'group.min.session.timeout.ms': 1000,
    'log.retention.hours': -1,
    'log.cleaner.dedupe.buffer.size': 8_388_608,
  }
  if (sasl) {
    Object.assign(lines, {
      'sasl.enabled.mechanisms': 'SCRAM-SHA-512',
      'sasl.mechanism.inter.broker.protocol': 'SCRAM-SHA-512',
      'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
      'allow.everyone.if.no.acl.found': 'false',
      // the controller listener is not authenticated: its anonymous peer is this same process
      'super.users': `User:${adminPrincipal};User:ANONYMOUS`,
    })
  }
  return `${Object.entries(lines)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n')}\n`
}

/** How the broker itself signs in to its own listener. */
export const serverJaas = (password: string): string =>
  `listener.name.client.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="${adminPrincipal}" password="${password}";\n`
