import type { IntegrationEvent } from './define.ts'
import { jsonSchemaOf } from './json-schema.ts'
import { insurerCode } from './types.ts'

type Part = Readonly<Record<string, unknown>>

export interface AsyncapiOptions {
  readonly events: Iterable<IntegrationEvent>
  /** An example of the data of an event: its newest fixture. */
  readonly exampleOf: (type: string) => unknown
  /** `major.minor.patch` of the contract. */
  readonly version: string
}

const text = (description: string, example: string, more: Part = {}): Part => ({
  type: 'string',
  description,
  examples: [example],
  ...more,
})

/** The envelope: CloudEvents 1.0, Kafka binding, binary mode, with the extensions every message of ours carries. */
const headers: Part = {
  type: 'object',
  required: [
    'content-type',
    'ce_specversion',
    'ce_id',
    'ce_type',
    'ce_source',
    'ce_service',
    'ce_time',
    'ce_actor',
    'ce_correlationid',
    'ce_epoch',
    'ce_sequence',
  ],
  properties: {
    'content-type': text('Format of the value', 'application/json', { const: 'application/json' }),
    ce_specversion: text('Version of CloudEvents', '1.0', { const: '1.0' }),
    ce_id: text(
      'Identifier of the message; the same message sent again has the same',
      '0198c1a2-7f00-7000-8000-0000000000e1',
      { format: 'uuid' },
    ),
    ce_type: text('Type of the event', 'be.ziv.affiliation.v1.affiliations.notify.opened'),
    ce_source: text('Which part of ZIV wrote it', '/affiliation'),
    ce_service: text('Service that owns the fact', 'affiliation'),
    ce_subject: text(
      'What it is about: the key of the message, for a member the person id',
      '0198c1a2-7f00-7000-8000-000000000001',
    ),
    ce_time: text(
      'Moment at which the owner recorded the fact; what knownAt compares with',
      '2026-01-15T09:30:00.000Z',
      { format: 'date-time' },
    ),
    ce_actor: text('Who caused it', 'clerk-17'),
    ce_correlationid: text('What belongs together', '0198c1a2-7f00-7000-8000-0000000000c1'),
    ce_causationid: text('The message or command that led to it', '0198c1a2-7f00-7000-8000-0000000000c2'),
    ce_traceparent: text('W3C trace context', '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'),
    ce_insurer: text('Insurer it concerns', '300'),
    ce_ziekenfonds: text('Ziekenfonds it concerns', '306'),
    ce_epoch: text('Grows when the store was restored; a whole number', '1', { pattern: '^\\d+$' }),
    ce_sequence: text('Dense per topic and key, from 1: a gap is a lost message, a repetition a duplicate', '1', {
      pattern: '^\\d+$',
    }),
  },
}

/** Where a reader relies on order: the text of every channel. */
const keyOf = (topic: string): string =>
  topic.includes('riziv')
    ? 'the insurer or the source'
    : topic.includes('returns')
      ? 'the ziekenfonds'
      : topic.includes('rsz')
        ? 'the intake'
        : topic.includes('clock')
          ? 'the word clock'
          : topic.includes('anchor')
            ? 'the word anchor or the name of a service'
            : 'the person id, never an INSZ'

/** `be.ziv.affiliation.v1.affiliations.notify.opened` -> `AffiliationAffiliationsOpened` */
function messageNameOf(type: string): string {
  const parts = type.split('.').filter((part) => !['be', 'ziv', 'v1', 'notify'].includes(part))
  return parts.map((part) => part[0]!.toUpperCase() + part.slice(1)).join('')
}

/** `ziv.{insurer}.affiliation.v1` -> `insurerAffiliation` */
const channelNameOf = (topic: string): string =>
  topic
    .replace(/^ziv\./, '')
    .replace(/\.v\d+$/, '')
    .replace(/[{}]/g, '')
    .replace(/[.-]([a-z])/g, (_, letter: string) => letter.toUpperCase())

/** The AsyncAPI 3.0 document of the public events. */
export function asyncapiOf({ events, exampleOf, version }: AsyncapiOptions): Part {
  const all = [...events]
  const topics = Map.groupBy(all, (event) => event.topic)
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'ZIV integration events',
      version,
      description:
        'What the services of ZIV publish on Kafka. CloudEvents 1.0 in binary mode: attributes in ce_ headers, data as JSON value. ' +
        'Readers ignore properties they do not know; a version only ever grows by optional properties.',
      license: { name: 'EUPL-1.2', url: 'https://eupl.eu/1.2/en/' },
    },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(
      [...topics].map(([topic, members]) => [channelNameOf(topic), channelOf(topic, members)]),
    ),
    operations: Object.fromEntries(
      [...topics].map(([topic, members]) => [`publish${pascal(channelNameOf(topic))}`, operationOf(topic, members)]),
    ),
    components: {
      messages: Object.fromEntries(
        all.map((event) => [messageNameOf(event.type), messageOf(event, exampleOf(event.type))]),
      ),
      schemas: Object.fromEntries(all.map((event) => [messageNameOf(event.type), payloadOf(event)])),
      messageTraits: { cloudEvent: { contentType: 'application/json', headers } },
    },
  }
}

const pascal = (name: string): string => name[0]!.toUpperCase() + name.slice(1)
const ref = (path: string): Part => ({ $ref: `#/${path}` })

function channelOf(topic: string, members: readonly IntegrationEvent[]): Part {
  return {
    address: topic,
    title: topic,
    description: `Ordered per key; the key is ${keyOf(topic)}.`,
    ...(topic.includes('{insurer}')
      ? {
          parameters: {
            insurer: {
              description: 'Insurer whose members the topic is about',
              enum: insurerCode.options,
              examples: ['300'],
            },
          },
        }
      : {}),
    messages: Object.fromEntries(
      members.map(({ type }) => [messageNameOf(type), ref(`components/messages/${messageNameOf(type)}`)]),
    ),
  }
}

function operationOf(topic: string, members: readonly IntegrationEvent[]): Part {
  const channel = channelNameOf(topic)
  return {
    action: 'send',
    channel: ref(`channels/${channel}`),
    title: `Publish on ${topic}`,
    summary: `What is published on ${topic}`,
    messages: members.map(({ type }) => ref(`channels/${channel}/messages/${messageNameOf(type)}`)),
  }
}

function messageOf(event: IntegrationEvent, example: unknown): Part {
  return {
    name: event.type,
    title: event.summary,
    summary: event.summary,
    description: event.description,
    contentType: 'application/json',
    traits: [ref('components/messageTraits/cloudEvent')],
    payload: ref(`components/schemas/${messageNameOf(event.type)}`),
    correlationId: { description: 'What belongs together', location: '$message.header#/ce_correlationid' },
    bindings: {
      kafka: { key: { type: 'string', description: `The key is ${keyOf(event.topic)}` }, bindingVersion: '0.5.0' },
    },
    'x-message-class': event.messageClass,
    examples: [{ name: 'example', payload: example }],
  }
}

function payloadOf(event: IntegrationEvent): Part {
  const { $schema: _schema, $id: _id, ...schema } = jsonSchemaOf(event)
  return schema
}
