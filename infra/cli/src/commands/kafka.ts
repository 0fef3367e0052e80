import { INSURERS } from '@ziv/contracts'
import { generateAcls, startKafka } from '@ziv/kafka'
import { loadTopics } from '@ziv/messaging'

import { Command } from 'commander'
import type { CliConfig } from '../config.ts'
import { close, stopped, stopSignal } from '../until-stopped.ts'

/** `ziv kafka start|topics|acls`: a real broker where there is a JVM but no Docker, and what it needs to know. */
export function kafkaCommand(_config: CliConfig): Command {
  const kafka = new Command('kafka').description('a real Apache Kafka without Docker (Java 17 and Maven)')
  kafka
    .command('start')
    .description('start the broker and stay up')
    .option('--data <folder>', 'where it keeps its data', '.ziv/kafka')
    .option('--port <n>', 'port', '9092')
    .action(async (options: { data: string; port: string }) => {
      const stop = stopSignal()
      const broker = await startKafka({ dataDir: options.data, port: Number(options.port) })
      process.stdout.write(`KAFKA_BROKERS=${broker.brokers.join(',')}\n`)
      await stopped(stop)
      await close(broker.stop())
    })
  kafka
    .command('topics')
    .description('print the topics as they are declared')
    .action(() => {
      for (const { name, partitions } of loadTopics(INSURERS)) process.stdout.write(`${name}\t${partitions}\n`)
    })
  kafka
    .command('acls')
    .description('print the access lists as JSON')
    .action(() => {
      process.stdout.write(`${JSON.stringify(generateAcls(loadTopics(INSURERS)), null, 2)}\n`)
    })
  return kafka
}
