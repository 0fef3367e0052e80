import { GENESIS_HASH, type JsonObject, type StreamAppend } from '@ziv/event-store'
import { type Instant, type IsoDate, uuidV5 } from '@ziv/kernel'
import { copyIn, copyRow, type Transaction } from '@ziv/postgres'
import { metadataOf, type Origin, type ReimbursementContext } from '../context.ts'
import { providerOf } from '../domain/assess-line.ts'
import type { ClaimEvent } from '../domain/claim.events.ts'
import { type ClaimHead, claim, claimStream } from '../domain/claim.ts'
import type { Assessment } from '../domain/claim-input.ts'
import { mapInSlices } from '../in-slices.ts'
import { claimMessage } from '../integration/claim-messages.ts'

export interface NewClaim {
  readonly head: ClaimHead
  readonly assessment: Assessment
}

/** Claims decided and made ready: nothing is left but to store them. */
export interface DecidedClaims {
  readonly events: readonly ClaimEvent[]
  readonly appends: readonly StreamAppend[]
  readonly recordedAt: Instant
}

const head0 = { version: 0, hash: GENESIS_HASH }

/** Decides new claims: their events and public messages. Asks nothing and stores nothing. */
export async function decideClaims(
  context: Pick<ReimbursementContext, 'clock' | 'law'>,
  claims: readonly NewClaim[],
  origin: Origin,
): Promise<DecidedClaims> {
  const recordedAt = context.clock.now()
  const today = context.clock.today()
  const metadata = metadataOf(origin, context.law)
  const events: ClaimEvent[] = []
  const appends = await mapInSlices(claims, ({ head, assessment }): StreamAppend => {
    const event = decideNew(head, assessment, today)
    events.push(event)
    const message = claimMessage(event, assessment.lines, recordedAt, origin)
    return {
      streamId: claimStream(event.data.claimId),
      expected: head0,
      events: [
        {
          eventId: uuidV5(`claim-event\n${event.data.claimId}`),
          type: event.type,
          schemaVersion: event.version,
          data: event.data as unknown as JsonObject,
        },
      ],
      recordedAt,
      metadata,
      ...(message === null ? {} : { outbox: [message] }),
    }
  })
  return { events, appends, recordedAt }
}

/** A claim that should be new was stored before, or a service paid before: look up what is there and decide again. */
export class StoredBefore extends Error {}

/** Stores decided claims in the caller's transaction, as `appendClaims` and `listClaims` do. */
export async function storeClaims(
  context: Pick<ReimbursementContext, 'store'>,
  tx: Transaction,
  decided: DecidedClaims,
): Promise<void> {
  await appendClaims(context, tx, decided)
  await listClaims(tx, decided)
}

/** The events of new claims and their public messages. */
export async function appendClaims(
  context: Pick<ReimbursementContext, 'store'>,
  tx: Transaction,
  decided: DecidedClaims,
): Promise<void> {
  const results = await context.store.appendMany(tx, decided.appends)
  if (results.some((result) => result.repeated)) throw new StoredBefore('a claim that should be new was stored before')
}

/**
 * The list of claims and the services that are now paid. A service that was paid before, or by another transaction
 * meanwhile, is a unique violation: run the transaction again with the duplicates looked up.
 */
export async function listClaims(tx: Transaction, decided: DecidedClaims): Promise<void> {
  await copyClaims(tx, decided)
  await copySettledLines(tx, decided)
}

function decideNew(head: ClaimHead, assessment: Assessment, today: IsoDate): ClaimEvent {
  const decision = claim.decide({ type: 'SettleClaim', head, assessment }, claim.initialState(), { today })
  if (!decision.ok || decision.events.length !== 1) throw new Error('a new claim always gives one event')
  return decision.events[0]!
}

async function copyClaims(tx: Transaction, { events, recordedAt }: DecidedClaims): Promise<void> {
  await copyIn(
    tx,
    `copy app.claims (claim_id, person_id, insurer, ziekenfonds, provider_number, channel, file_id, sequence,
       first_care_date, recorded_at, accepted_lines, refused_lines, intervention_cents) from stdin (format text)`,
    claimRows(events, recordedAt),
  )
}

function* claimRows(events: readonly ClaimEvent[], recordedAt: Instant): Generator<string> {
  for (const { type, data } of events) {
    let refused = 0
    let firstDay: string | undefined
    for (const { outcome, careDate } of data.lines) {
      if (outcome === 'refused') refused += 1
      if (firstDay === undefined || careDate < firstDay) firstDay = careDate
    }
    yield copyRow([
      data.claimId,
      data.personId,
      data.insurer,
      data.ziekenfonds,
      data.providerNumber,
      data.channel,
      data.fileId,
      data.sequence,
      firstDay ?? data.receivedOn,
      recordedAt,
      data.lines.length - refused,
      refused,
      type === 'ClaimSettled' ? data.interventionCents : 0,
    ])
  }
}

async function copySettledLines(tx: Transaction, { events }: DecidedClaims): Promise<void> {
  await copyIn(
    tx,
    `copy app.settled_lines (person_id, provider, nomenclature, care_date, variant, claim_id, line, units,
       intervention_cents, patient_share_cents, supplement_cents) from stdin (format text)`,
    // in the order of the index: neighbours share its pages
    settledRows(events.toSorted((a, b) => ((a.data.personId ?? '') < (b.data.personId ?? '') ? -1 : 1))),
  )
}

function* settledRows(events: readonly ClaimEvent[]): Generator<string> {
  for (const { type, data } of events) {
    if (type !== 'ClaimSettled') continue
    for (const [index, line] of data.lines.entries()) {
      if (line.outcome === 'refused') continue
      yield copyRow([
        data.personId,
        providerOf(line.providerNumber),
        line.nomenclature,
        line.careDate,
        line.variant ?? '',
        data.claimId,
        index + 1,
        line.units ?? 1,
        line.interventionCents ?? 0,
        line.patientShareCents ?? 0,
        line.supplementCents ?? 0,
      ])
    }
  }
}
