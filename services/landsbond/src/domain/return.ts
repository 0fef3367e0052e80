import type { Figures } from './figures.ts'
import type { ReturnEvent } from './return.events.ts'

/** The newest return of a ziekenfonds about a month. */
export interface CurrentReturn {
  readonly returnId: string
  readonly insurer: string
  readonly ziekenfonds: string
  readonly month: string
  readonly state: 'submitted' | 'accepted' | 'refused'
  readonly figures: Figures
}

/** Nothing was submitted yet while `current` is null. */
export interface ReturnState {
  readonly attempts: number
  readonly current: CurrentReturn | null
}

export const initialState = (): ReturnState => ({ attempts: 0, current: null })

export function evolve(state: ReturnState, event: ReturnEvent): ReturnState {
  const { current } = state
  switch (event.type) {
    case 'ReturnSubmitted': {
      const { returnId, insurer, ziekenfonds, month, figures, attempt } = event.data
      return {
        attempts: attempt,
        current: { returnId, insurer, ziekenfonds, month, figures, state: 'submitted' },
      }
    }
    case 'ReturnAccepted':
    case 'ReturnRefused': {
      if (current === null) throw new Error(`${event.type} in a stream without a return`)
      return { ...state, current: { ...current, state: event.type === 'ReturnAccepted' ? 'accepted' : 'refused' } }
    }
    default:
      throw new Error(`the stream of a return has an unknown event ${(event as { type: string }).type}`)
  }
}
