import { describe, inject, it } from 'vitest'
import { driverContract } from '../contract/driver-contract.ts'
import { createKafkaDriver } from './kafka-driver.ts'

const brokers = inject('zivKafkaBrokers')
const sessionTimeoutMs = 3_000

if (brokers) {
  driverContract('kafka', async () => ({
    target: { kind: 'kafka', brokers, sessionTimeoutMs },
    open: () => createKafkaDriver({ brokers, clientId: 'contract', sessionTimeoutMs }),
    dispose: async () => {},
  }))
} else {
  describe('kafka driver', () => {
    it.skip('kafka contract (skipped: no broker)', () => {})
  })
}
