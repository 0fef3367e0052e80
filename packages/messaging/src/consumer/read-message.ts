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

type Content = SequencedMessage['content']

function parseData(contract: IntegrationEvent, value: string): { data: unknown } | { problem: string } {
  try {
    const parsed = contract.schema.safeParse(JSON.parse(value))
    if (parsed.success) return { data: parsed.data }
    const issues = parsed.error.issues.slice(0, 5).map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    return { problem: `data does not follow ${contract.type}: ${issues.join('; ')}` }
  } catch (error) {
    return { problem: `value is not JSON: ${messageOf(error)}` }
  }
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
  const contract = catalog.get(type)
  if (!contract) return { kind: 'unknownType', type }
  const parsed = parseData(contract, message.value)
  if ('problem' in parsed) return { kind: 'broken', problem: parsed.problem }
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
  if (!wholeNumber.test(epochText) || !wholeNumber.test(sequenceText) || Number(sequenceText) < 1) {
    return { message, problem: 'headers ce_epoch and ce_sequence must be whole numbers' }
  }
  const epoch = Number(epochText)
  const sequence = Number(sequenceText)
  return { message, epoch, sequence, content: contentOf(message, epoch, sequence, catalog) }
}
