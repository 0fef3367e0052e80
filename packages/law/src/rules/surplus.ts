import { fact } from '../decision.ts'
import { ground } from '../ground.ts'
import type { Ground } from '../types.ts'

/**
 * The ground that names what was paid for a year beyond what is due for it, with the events of the payments; none where nothing is.
 * Where it goes: decision 0033.
 */
export function surplusGrounds(
  referenceYear: number,
  surplusCents: number,
  eventIds: readonly (string | undefined)[],
): readonly Ground[] {
  if (surplusCents <= 0) return []
  const events = eventIds.flatMap((eventId) => (eventId === undefined ? [] : [fact('contribution', null, eventId)]))
  return [
    ground('minimum.surplus', true, [
      fact('referenceYear', referenceYear),
      fact('surplusCents', surplusCents),
      ...events,
    ]),
  ]
}
