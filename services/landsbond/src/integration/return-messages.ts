import { returnAccepted, returnRefused, returnSubmitted } from '@ziv/contracts'
import type { OutboxDraft, StreamChange } from '@ziv/event-store'
import { draft } from '@ziv/messaging'
import type { Figures } from '../domain/figures.ts'
import type { ReturnCommand, ReturnFacts } from '../domain/return.commands.ts'
import type { ReturnEvent } from '../domain/return.events.ts'
import type { ReturnState } from '../domain/return.ts'

const copyOf = (figures: Figures) => ({ ...figures, members: figures.members.map((entry) => ({ ...entry })) })

/** The public messages of a change; an accepted return carries its figures again, because the RIZIV uses only those. */
export function returnMessages(
  change: StreamChange<ReturnState, ReturnCommand, ReturnEvent, ReturnFacts>,
): readonly OutboxDraft[] {
  const { recordedAt, metadata, after } = change
  return change.events.map(({ event, eventId }) => {
    const { insurer, ziekenfonds } = event.data
    const envelope = {
      key: ziekenfonds,
      id: eventId,
      insurer,
      ziekenfonds,
      recordedAt,
      actor: metadata.actor,
      correlationId: metadata.correlationId,
      ...(metadata.causationId === undefined ? {} : { causationId: metadata.causationId }),
      ...(metadata.traceparent === undefined ? {} : { traceparent: metadata.traceparent }),
      source: '/landsbond',
    }
    const { returnId, month } = event.data
    const about = { returnId, insurer: insurer as '300', ziekenfonds, month }
    switch (event.type) {
      case 'ReturnSubmitted': {
        const { submittedOn, figures, positions } = event.data
        const data = { ...about, submittedOn, figures: copyOf(figures), positions: { ...positions } }
        return draft(returnSubmitted, { ...envelope, data })
      }
      case 'ReturnAccepted': {
        if (after.current === null) throw new Error('an accepted return is the current one of its stream')
        const data = { ...about, acceptedOn: event.data.acceptedOn, figures: copyOf(after.current.figures) }
        return draft(returnAccepted, { ...envelope, data })
      }
      case 'ReturnRefused': {
        const { refusedOn, reason } = event.data
        return draft(returnRefused, { ...envelope, data: { ...about, refusedOn, reason } })
      }
      default:
        throw new Error(`no public message is known for ${(event as { type: string }).type}`)
    }
  })
}
