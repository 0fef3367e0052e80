import { CommandBatch, type Origin } from '@ziv/event-store'
import { type Instant, type IsoDate, rizivCore, uuidV5 } from '@ziv/kernel'
import { conflictOn, copyIn, copyRow, type Transaction } from '@ziv/postgres'
import type { Context } from '../context.ts'
import type { ClaimEvent } from '../domain/claim.events.ts'
import { type ClaimHead, type ClaimState, claim, claimStream, type SettleClaim } from '../domain/claim.ts'
import type { Assessment } from '../domain/claim-input.ts'
import { mapInSlices } from '../intake/in-slices.ts'
import { claimMessage } from '../integration/claim-messages.ts'

export interface NewClaim {
  readonly head: ClaimHead
  readonly assessment: Assessment
}

interface ClaimFacts {
  readonly today: IsoDate
}

/** Claims decided and made ready: nothing is left but to store them. */
export interface DecidedClaims {
  readonly batch: CommandBatch<ClaimState, SettleClaim, ClaimEvent, never, ClaimFacts>
  readonly events: readonly ClaimEvent[]
  readonly recordedAt: Instant
}

/** Decides new claims: their events and public messages. Asks nothing and stores nothing; the moment is of the transaction it is called in. */
export async function decideClaims(
  { clock, law, store }: Pick<Context, 'clock' | 'law' | 'store'>,
  claims: readonly NewClaim[],
  origin: Origin,
): Promise<DecidedClaims> {
  const recordedAt = clock.now()
  const facts = { today: clock.today() }
  const metadata = { ...origin, law: law.version }
  const batch = new CommandBatch(store, {
    decider: claim,
    recordedAt: () => recordedAt,
    eventId: ({ event }) => uuidV5(`claim-event\n${event.data.claimId}`),
    toOutbox: (changes) =>
      mapInSlices(changes, ({ command, events: [decided] }) => {
        const message = claimMessage(decided!.event, command.assessment.lines, recordedAt, origin)
        return message === null ? [] : [message]
      }),
  })
  batch.openNew(claims.map(({ head }) => claimStream(head.claimId)))
  await mapInSlices(claims, ({ head, assessment }) => {
    const command = { type: 'SettleClaim', head, assessment } as const
    return batch.decide({ streamId: claimStream(head.claimId), commandId: head.claimId, command, facts, metadata })
  })
  await batch.prepare()
  return { batch, events: batch.changes.flatMap(({ events }) => events.map(({ event }) => event)), recordedAt }
}

/** Stores decided claims in the caller's transaction: their events and public messages, and the list of claims. */
export async function storeClaims(tx: Transaction, decided: DecidedClaims): Promise<void> {
  await decided.batch.store(tx)
  await listClaims(tx, decided)
}

/**
 * The list of claims and the services that are now paid. A service that was paid before, or by another transaction
 * meanwhile, is a `Conflict`: the transaction is run again with the duplicates looked up.
 */
export async function listClaims(tx: Transaction, decided: DecidedClaims): Promise<void> {
  await conflictOn(['claims_pkey', 'settled_lines_pkey'], async () => {
    await copyClaims(tx, decided)
    await copySettledLines(tx, decided)
  })
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
        rizivCore(line.providerNumber),
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
