import { describe, inject } from 'vitest'
import { mainStory } from './main-story.ts'

const kafkaBrokers = inject('zivKafkaBrokers')

// the project prints why when this machine has no broker; where one is required its absence is a failure
describe.skipIf(kafkaBrokers === null)('the main story on a real broker', () => {
  mainStory({ servers: () => ({ postgresUrl: inject('zivPostgresUrl'), kafkaBrokers: kafkaBrokers ?? [] }) })
})
