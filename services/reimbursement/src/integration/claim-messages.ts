import { claimRefused, claimSettled } from '@ziv/contracts'
import type { Origin, OutboxDraft } from '@ziv/event-store'
import { type Instant, uuidV5 } from '@ziv/kernel'
import { draft } from '@ziv/messaging'
import type { ClaimEvent } from '../domain/claim.events.ts'
import type { AssessedLine } from '../domain/claim-input.ts'

/** The public message of a claim event, with the lines it was decided on; null when nobody knows whose claim it is. */
export function claimMessage(
  event: ClaimEvent,
  lines: readonly AssessedLine[],
  recordedAt: Instant,
  origin: Origin,
): OutboxDraft | null {
  const { claimId, channel, personId, insurer, ziekenfonds } = event.data
  if (personId === undefined || insurer === undefined || ziekenfonds === undefined) return null
  const common = {
    id: uuidV5(`claim-message\n${claimId}`),
    key: personId,
    insurer,
    ziekenfonds,
    recordedAt,
    actor: origin.actor,
    correlationId: origin.correlationId,
    ...(origin.causationId === undefined ? {} : { causationId: origin.causationId }),
    source: '/reimbursement',
  }
  const member = { personId, insurer: insurer as '100', ziekenfonds, claimId, channel }
  if (event.type === 'ClaimRefused') {
    const codes = [...new Set([...event.data.codes, ...lines.flatMap((line) => line.codes)])]
    return draft(claimRefused, { ...common, data: { ...member, codes, refusedOn: event.data.refusedOn } })
  }
  const paid = lines.filter((line) => line.outcome !== 'refused')
  return draft(claimSettled, {
    ...common,
    data: {
      ...member,
      settledOn: event.data.settledOn,
      lines: paid.map((line) => ({
        nomenclature: line.nomenclature,
        careDate: line.careDate,
        units: line.units,
        interventionCents: line.interventionCents,
        patientShareCents: line.patientShareCents,
        supplementCents: line.supplementCents,
      })),
      refusedLines: lines.length - paid.length,
      interventionCents: event.data.interventionCents,
    },
  })
}
