import type { MessagingDriver } from '@ziv/messaging'

/** The same driver with other names on the broker: everything above it sees the names of the contract. */
export function prefixedDriver(driver: MessagingDriver, prefix: string): MessagingDriver {
  if (prefix === '') return driver
  const put = (name: string): string => `${prefix}${name}`
  const take = (name: string): string => name.slice(prefix.length)
  return {
    kind: driver.kind,
    ensureTopics: (specs) => driver.ensureTopics(specs.map((spec) => ({ ...spec, name: put(spec.name) }))),
    producer: async (name) => {
      const producer = await driver.producer(name)
      return {
        send: (messages) => producer.send(messages.map((message) => ({ ...message, topic: put(message.topic) }))),
        close: () => producer.close(),
      }
    },
    read: ({ topic, group }, onBatch) =>
      driver.read({ topic: put(topic), group: put(group) }, (messages) =>
        onBatch(messages.map((message) => ({ ...message, topic: take(message.topic) }))),
      ),
    subscribe: (options) =>
      driver.subscribe({
        ...options,
        groupId: put(options.groupId),
        topics: options.topics.map(put),
        onBatch: (messages) => options.onBatch(messages.map((message) => ({ ...message, topic: take(message.topic) }))),
      }),
    setBack: (groupId, places) =>
      driver.setBack(
        put(groupId),
        places.map((place) => ({ ...place, topic: put(place.topic) })),
      ),
    lag: async (groupId, topics) => {
      const lags = await driver.lag(put(groupId), topics.map(put))
      return lags.map((lag) => ({ ...lag, topic: take(lag.topic) }))
    },
    close: () => driver.close(),
  }
}
