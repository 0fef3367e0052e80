import kafkajs, { type LogEntry, type logCreator } from 'kafkajs'
import type { MessagingLogger } from '../logger.ts'

/** What a broker says while it starts, moves leaders or divides a group again: retried by the client, no error of ours. */
const passing =
  /coordinator is (loading|not available)|not (the|a valid) (group )?coordinator|not the correct coordinator|rebalanc|leadership election|no leader|not the leader|does not host this topic-partition|coordinator for this group/i

type Level = 'error' | 'warn' | 'info' | 'debug'

const levels: Readonly<Record<number, Level>> = {
  [kafkajs.logLevel.ERROR]: 'error',
  [kafkajs.logLevel.WARN]: 'warn',
  // the client tells every join and commit at INFO: detail for us
  [kafkajs.logLevel.INFO]: 'debug',
  [kafkajs.logLevel.DEBUG]: 'debug',
}

/** The level at which a line of the client is worth reading. */
export function levelOf({ level, log }: Pick<LogEntry, 'level' | 'log'>): Level {
  const mapped = levels[level] ?? 'debug'
  if (mapped !== 'error') return mapped
  const text = `${log.message} ${String(log.error ?? '')}`
  if (passing.test(text)) return 'debug'
  // a lost connection is retried as well; the relay and the consumers say what stands still because of it
  return /connection|disconnect|ECONN|timed out|timeout/i.test(text) ? 'warn' : 'error'
}

/** The client's log through pino. */
export function kafkaLogs(logger: MessagingLogger): logCreator {
  return () => (entry) => {
    const { message, timestamp: _timestamp, logger: _logger, stack: _stack, ...rest } = entry.log
    logger[levelOf(entry)]({ client: entry.namespace || 'kafka', ...rest }, message)
  }
}
