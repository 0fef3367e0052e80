import { describe, inject, it } from 'vitest'
import { pipelineContract } from './contract/pipeline-contract.ts'
import { createKafkaDriver } from './kafka/kafka-driver.ts'

const brokers = inject('zivKafkaBrokers')

if (brokers) {
  pipelineContract('kafka', async () => {
    const driver = createKafkaDriver({ brokers, clientId: 'pipeline' })
    return { driver, dispose: () => driver.close() }
  })
} else {
  describe('kafka pipeline', () => {
    it.skip('kafka pipeline (skipped: no broker)', () => {})
  })
}
