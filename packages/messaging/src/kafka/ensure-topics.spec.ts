import { expect, it } from 'vitest'
import { ensureKafkaTopics } from './ensure-topics.ts'

/** A broker that holds a topic of two partitions, and lists it or does not list it yet. */
const brokerOf = (listed: readonly string[]) => ({
  listTopics: async () => [...listed],
  // a topic that is there already is not made again, and nothing says so
  createTopics: async () => false,
  fetchTopicMetadata: async () => ({
    topics: [
      {
        name: 't',
        partitions: [0, 1].map((partitionId) => ({
          partitionId,
          leader: 1,
          partitionErrorCode: 0,
          replicas: [1],
          isr: [1],
        })),
      },
    ],
  }),
})

it.for([{ listed: ['t'] }, { listed: [] }])(
  'refuses another width of a topic, listed already or not ($listed)',
  async ({ listed }) => {
    const broker = brokerOf(listed)
    await expect(ensureKafkaTopics(broker, [{ name: 't', partitions: 4 }], 1)).rejects.toThrow(/cannot change/)
    await expect(ensureKafkaTopics(broker, [{ name: 't', partitions: 2 }], 1)).resolves.toBeUndefined()
  },
)

it('waits for nothing more after making topics itself', async () => {
  const broker = {
    ...brokerOf([]),
    createTopics: async () => true,
    fetchTopicMetadata: () => Promise.reject(new Error('not known yet')),
  }
  await expect(ensureKafkaTopics(broker, [{ name: 't', partitions: 4 }], 1)).resolves.toBeUndefined()
})
