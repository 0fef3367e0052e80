import { accept, type Decider, type Decision, type Rejection, reject } from '@ziv/kernel'
import { differencesOf } from './figures.ts'
import { daysOfMonth } from './month.ts'
import type { AcceptReturn, RefuseReturn, ReturnCommand, ReturnFacts, SubmitReturn } from './return.commands.ts'
import type { ReturnEvent } from './return.events.ts'
import type { RejectionCode } from './return.rejections.ts'
import { evolve, initialState, type ReturnState } from './return.ts'

type ReturnDecision = Decision<ReturnEvent, Rejection<RejectionCode>>

function submit(command: SubmitReturn, state: ReturnState, { today, parked }: ReturnFacts): ReturnDecision {
  const { returnId, insurer, ziekenfonds, month, figures, positions, places } = command
  const lastDay = daysOfMonth(month).last
  if (today < lastDay) return reject('monthNotOver', { month, lastDay })
  const { current } = state
  if (current?.state === 'submitted') return reject('returnAwaitsDecision', { returnId: current.returnId })
  if (parked > 0) return reject('messagesStandStill', { count: parked })
  if (current?.state === 'accepted' && differencesOf(current.figures, figures).length === 0)
    return reject('returnUnchanged', { returnId: current.returnId })
  const attempt = state.attempts + 1
  const about = { returnId, insurer, ziekenfonds, month }
  return accept({
    type: 'ReturnSubmitted',
    version: 1,
    data: { ...about, attempt, submittedOn: today, figures, positions, places },
  })
}

/** The same decision again changes nothing; the opposite one is refused: the ziekenfonds already acted on the first. */
function settle(command: AcceptReturn | RefuseReturn, state: ReturnState, { today }: ReturnFacts): ReturnDecision {
  const { current } = state
  const { returnId } = command
  if (current === null || current.returnId !== returnId) return reject('returnReplaced', { returnId })
  const wanted = command.kind === 'accept' ? 'accepted' : 'refused'
  if (current.state === wanted) return accept()
  if (current.state !== 'submitted') return reject('returnAlreadyDecided', { state: current.state })
  const { insurer, ziekenfonds, month } = current
  const about = { returnId, insurer, ziekenfonds, month }
  return command.kind === 'accept'
    ? accept({ type: 'ReturnAccepted', version: 1, data: { ...about, acceptedOn: today } })
    : accept({ type: 'ReturnRefused', version: 1, data: { ...about, refusedOn: today, reason: command.reason } })
}

/** Returns of one ziekenfonds about one month: submitted by it, accepted or refused by its landsbond. */
export const returnDecider: Decider<ReturnState, ReturnCommand, ReturnEvent, Rejection<RejectionCode>, ReturnFacts> = {
  initialState,
  evolve,
  decide: (command, state, facts) =>
    command.kind === 'submit' ? submit(command, state, facts) : settle(command, state, facts),
}
