import { logsNoted } from '@ziv/contracts'
import { describe, expect, inject, it } from 'vitest'
import { notesProof } from './notes.fixture.ts'

const kafkaBrokers = inject('zivKafkaBrokers')

// the project prints why when this machine has no broker; where one is required its absence is a failure
describe.skipIf(kafkaBrokers === null)('on a real broker (needs a broker)', () => {
  const servers = () => ({ postgresUrl: inject('zivPostgresUrl'), kafkaBrokers: kafkaBrokers ?? [] })
  notesProof('Kafka', servers, (noted) => {
    it('tell of a message that somebody else put into their topic', async () => {
      const producer = await noted.sandbox.driver.producer('spec')
      const value = JSON.stringify({ note: '{"number":9}', signature: 'AAAA' })
      const headers = { ce_type: logsNoted.type, 'content-type': 'application/json' }
      await producer.send([{ topic: logsNoted.topic, key: 'anchor', headers, value }])
      await producer.close()
      expect((await noted.told())[1]).toMatchObject({
        ok: false,
        detail: expect.stringMatching(/^message \d+ of the topic is no note that this installation signed$/),
      })
    })
  })
})
