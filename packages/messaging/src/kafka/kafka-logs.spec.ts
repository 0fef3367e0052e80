import kafkajs from 'kafkajs'
import { describe, expect, it } from 'vitest'
import { levelOf } from './kafka-logs.ts'

const { ERROR, WARN, INFO } = kafkajs.logLevel
const line = (level: number, message: string, error?: string) => ({
  level,
  log: { timestamp: '', message, ...(error !== undefined && { error }) },
})

describe('log of the Kafka client', () => {
  it('does not call a broker that is still starting an error', () => {
    const error = "The coordinator is loading and hence can't process requests for this group"
    expect(levelOf(line(ERROR, 'Response GroupCoordinator(key: 10, version: 2)', error))).toBe('debug')
  })

  it('tells a lost connection as a warning, because it is retried', () => {
    expect(levelOf(line(ERROR, 'Connection error: connect ECONNREFUSED 127.0.0.1:9092'))).toBe('warn')
  })

  it('keeps a real error an error', () => {
    expect(levelOf(line(ERROR, 'Response Produce', 'Not authorized to access topics'))).toBe('error')
  })

  it('makes the chatter of joins and commits detail', () => {
    expect([levelOf(line(INFO, 'Consumer has joined the group')), levelOf(line(WARN, 'careful'))]).toEqual([
      'debug',
      'warn',
    ])
  })
})
