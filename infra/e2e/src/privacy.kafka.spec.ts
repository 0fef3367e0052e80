import { uuidV7 } from '@ziv/kernel'
import { describe, inject, it } from 'vitest'
import { privacyProof } from './privacy/proof.fixture.ts'

const brokers = inject('zivKafkaBrokers')

if (brokers) {
  const topicPrefix = `privacy-${uuidV7()}.`
  privacyProof({ name: 'a real Kafka', options: () => ({ kafkaBrokers: brokers, topicPrefix }) })
} else {
  describe('privacy on a real Kafka', () => {
    it.skip('privacy on a real Kafka (skipped: no broker)', () => {})
  })
}
