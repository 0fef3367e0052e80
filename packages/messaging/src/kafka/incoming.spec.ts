import type { KafkaMessage } from 'kafkajs'
import { expect, test } from 'vitest'
import { readMessage } from '../consumer/read-message.ts'
import { catalogOf, countedEvent } from '../contract/counted-event.ts'
import { incoming } from './incoming.ts'

const topic = 'ziv.300.things.v1'
const event = countedEvent('ziv.{insurer}.things.v1')
const catalog = catalogOf(event)
const headers = {
  ...{ ce_id: 'a', ce_type: event.type, ce_time: '2026-11-22T10:00:00.000Z', ce_actor: 'Zoë', ce_correlationid: 'b' },
  ...{ ce_epoch: '1', ce_sequence: '1', ce_insurer: '300' },
}
const read = (changes: Partial<KafkaMessage>) => {
  const message = { key: Buffer.from('k'), value: Buffer.from('{"n":1,"x":"é"}'), headers, offset: '0', ...changes }
  return readMessage(incoming({ topic, partition: 0, messages: [message as KafkaMessage] })[0]!, catalog)
}

test('a message in UTF-8 is read', () => {
  expect(read({})).toMatchObject({ content: { kind: 'event', event: { actor: 'Zoë', data: { n: 1 } } } })
})

test('a value, a header or a key in other bytes is not', () => {
  const value = Buffer.from('{"n":1,"x":"é"}', 'latin1')
  expect(read({ value })).toMatchObject({
    message: { value: '', bytes: value },
    content: { kind: 'broken', problem: 'value is not UTF-8' },
  })
  const actor = { headers: { ...headers, ce_actor: Buffer.from('Zoë', 'latin1') } }
  expect(read(actor)).toMatchObject({ content: { kind: 'broken', problem: 'header ce_actor cannot be stored' } })
  expect(read({ key: Buffer.from('é', 'latin1') })).toMatchObject({ problem: expect.stringContaining('the key holds') })
})
