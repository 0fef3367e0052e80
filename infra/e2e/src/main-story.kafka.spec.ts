import { describe, expect, inject, it } from 'vitest'
import { mainStory } from './main-story.ts'

const kafkaBrokers = inject('zivKafkaBrokers')

// the project prints why when this machine has no broker; where one is required its absence is a failure
describe.skipIf(kafkaBrokers === null)('the main story on a real broker (needs a broker)', () => {
  const servers = () => ({ postgresUrl: inject('zivPostgresUrl'), kafkaBrokers: kafkaBrokers ?? [] })
  const { sandbox } = mainStory({ servers })

  it('carried its events over Kafka', () => {
    expect(sandbox().driver.kind).toBe('kafka')
  })
})
