import type { IntegrationEvent } from '@ziv/contracts'
import { messageOf } from '../logger.ts'
import type { IncomingMessage, ReceivedEvent } from '../types.ts'

/** A message whose place is known; the content may still be unknown or broken. */
export interface SequencedMessage {
  readonly message: IncomingMessage
  readonly epoch: number
  readonly sequence: number
  readonly content:
    | { readonly kind: 'event'; readonly event: ReceivedEvent }
    | { readonly kind: 'unknownType'; readonly type: string }
    | { readonly kind: 'broken'; readonly problem: string }
}

export interface UnreadableMessage {
  readonly message: IncomingMessage
  readonly problem: string
}

export type ReadMessage = SequencedMessage | UnreadableMessage

export const isSequenced = (read: ReadMessage): read is SequencedMessage => 'sequence' in read

const wholeNumber = /^\d{1,15}$/
/** A producer counts its epochs in two bytes: more is no epoch of ours. */
const EPOCH_MAX = 32_767

type Content = SequencedMessage['content']

function parseData(contract: IntegrationEvent, value: string): { data: unknown } | { problem: string } {
  let read: unknown
  try {
    read = JSON.parse(value)
  } catch (error) {
    return { problem: `value is not JSON: ${messageOf(error)}` }
  }
  // also written as an escape it is a NUL once it is parsed
  if (!isStorable(value) || (value.includes(NUL_ESCAPE) && /(?<!\\)(?:\\\\)*\\u0000/.test(value))) {
    return { problem: 'value holds a character that cannot be stored' }
  }
  const parsed = contract.schema.safeParse(read)
  if (parsed.success) return { data: parsed.data }
  const issues = parsed.error.issues.slice(0, 5).map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  return { problem: `data does not follow ${contract.type}: ${issues.join('; ')}` }
}

const NUL_ESCAPE = '\\u0000'

/** Text that PostgreSQL takes: no NUL, no half surrogate pair. */
const isStorable = (text: string): boolean => !text.includes('\u0000') && text.isWellFormed()

/** Keys and headers hold no sentences: the mark of a decoder in one says that its bytes were no UTF-8. */
const isLabel = (text: string): boolean => isStorable(text) && !text.includes('\uFFFD')

const insurerOfTopic = /^ziv\.(\d00)\./

/** What envelope, topic and content say about one thing in two ways; null when they agree. */
function disagreement(
  { topic, key, headers }: IncomingMessage,
  contract: IntegrationEvent,
  data: unknown,
): string | null {
  const content = data as { readonly insurer?: unknown; readonly ziekenfonds?: unknown; readonly personId?: unknown }
  const { ce_insurer: insurer, ce_ziekenfonds: ziekenfonds, ce_subject: subject } = headers
  const ofTopic = insurerOfTopic.exec(topic)?.[1]
  if (contract.topic.replace('{insurer}', ofTopic ?? '') !== topic)
    return `${contract.type} does not belong on ${topic}`
  if (ofTopic !== undefined && insurer !== undefined && insurer !== ofTopic)
    return `ce_insurer ${insurer} on the topic of ${ofTopic}`
  if (insurer !== undefined && content.insurer !== undefined && content.insurer !== insurer)
    return `the data names another insurer than ce_insurer ${insurer}`
  if (ziekenfonds !== undefined && content.ziekenfonds !== undefined && content.ziekenfonds !== ziekenfonds)
    return `the data names another ziekenfonds than ce_ziekenfonds ${ziekenfonds}`
  // the first digit of a ziekenfonds is that of its insurer
  if (insurer !== undefined && ziekenfonds !== undefined && insurer[0] !== ziekenfonds[0])
    return `ziekenfonds ${ziekenfonds} is none of insurer ${insurer}`
  if (subject !== undefined && subject !== key) return 'ce_subject is not the key of the message'
  return typeof content.personId === 'string' && content.personId !== key
    ? 'the data is about another person than the key'
    : null
}

function contentOf(
  message: IncomingMessage,
  epoch: number,
  sequence: number,
  catalog: ReadonlyMap<string, IntegrationEvent>,
): Content {
  const { headers } = message
  const { ce_id: id, ce_type: type, ce_time: recordedAt, ce_actor: actor, ce_correlationid: correlationId } = headers
  if (!id || !type || !recordedAt || !actor || !correlationId) {
    return {
      kind: 'broken',
      problem: 'a header is missing: ce_id, ce_type, ce_time, ce_actor and ce_correlationid are required',
    }
  }
  const unstorable = Object.keys(headers).find((name) => !isLabel(headers[name]!))
  if (unstorable !== undefined) return { kind: 'broken', problem: `header ${unstorable} cannot be stored` }
  if (message.bytes !== undefined) return { kind: 'broken', problem: 'value is not UTF-8' }
  const contract = catalog.get(type)
  if (!contract) return { kind: 'unknownType', type }
  const parsed = parseData(contract, message.value)
  if ('problem' in parsed) return { kind: 'broken', problem: parsed.problem }
  const problem = disagreement(message, contract, parsed.data)
  if (problem !== null) return { kind: 'broken', problem }
  return {
    kind: 'event',
    event: {
      topic: message.topic,
      partition: message.partition,
      offset: message.offset,
      key: message.key,
      id,
      type,
      epoch,
      sequence,
      recordedAt,
      actor,
      correlationId,
      ...(headers.ce_causationid && { causationId: headers.ce_causationid }),
      ...(headers.ce_insurer && { insurer: headers.ce_insurer }),
      ...(headers.ce_ziekenfonds && { ziekenfonds: headers.ce_ziekenfonds }),
      data: parsed.data,
    },
  }
}

/**
 * Reads one message with the contract's schema: unknown fields are dropped, an unknown type is no error. Without a
 * readable epoch and sequence nobody can say where it belongs: that is the one thing that has no place in a key.
 */
export function readMessage(message: IncomingMessage, catalog: ReadonlyMap<string, IntegrationEvent>): ReadMessage {
  const { ce_epoch: epochText = '', ce_sequence: sequenceText = '' } = message.headers
  if (!isLabel(message.key)) return { message, problem: 'the key holds a character that cannot be stored' }
  if (!wholeNumber.test(epochText) || !wholeNumber.test(sequenceText) || Number(sequenceText) < 1) {
    return { message, problem: 'headers ce_epoch and ce_sequence must be whole numbers' }
  }
  const epoch = Number(epochText)
  if (epoch > EPOCH_MAX) return { message, problem: `ce_epoch ${epoch} is no epoch: at most ${EPOCH_MAX}` }
  const sequence = Number(sequenceText)
  return { message, epoch, sequence, content: contentOf(message, epoch, sequence, catalog) }
}

/** The event that a handler is given of a message; null where none is: its type is unknown, or it is broken. */
export function readEvent(
  message: IncomingMessage,
  catalog: ReadonlyMap<string, IntegrationEvent>,
): ReceivedEvent | null {
  const read = readMessage(message, catalog)
  return isSequenced(read) && read.content.kind === 'event' ? read.content.event : null
}
