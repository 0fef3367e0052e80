import type { LoadedStream, StoredEvent } from '@ziv/event-store'
import { type Instant, type IsoDate, isoDate, type Language } from '@ziv/kernel'
import type { Context } from '../context.ts'
import type { ClaimEvent } from '../domain/claim.events.ts'
import { claimStream } from '../domain/claim.ts'
import { assessedLines } from '../domain/claim-lines.ts'
import { type InsuredPeriod, insuredOn } from '../domain/insurability.ts'
import { explainLine, toldGround, toldRepair } from './explain.ts'
import { periodsById } from './person-store.ts'
import { type CaseFacts, type Told, tellCode, textOf } from './refusals/case-of.ts'

interface Stored {
  readonly event: ClaimEvent
  readonly recordedAt: Instant
}

const storedOf = (event: StoredEvent): Stored => ({
  event: { type: event.type, version: event.schemaVersion, data: event.data } as unknown as ClaimEvent,
  recordedAt: event.recordedAt,
})

/** The event of a claim; undefined when there is no such claim. */
export async function loadClaim(context: Context, claimId: string): Promise<Stored | undefined> {
  const stream: LoadedStream = await context.store.load(context.database, claimStream(claimId))
  return stream.events[0] && storedOf(stream.events[0])
}

/** Many claims in the order asked, one query for all. */
export async function loadClaims(context: Context, claimIds: readonly string[]): Promise<Stored[]> {
  const streams = await context.store.loadMany(context.database, claimIds.map(claimStream))
  return claimIds.flatMap((claimId) => {
    const event = streams.get(claimStream(claimId))?.events[0]
    return event === undefined ? [] : [storedOf(event)]
  })
}

/** What the codes of a claim as a whole are told on; those of a line have the line too. */
const aboutClaim = ({ receivedOn, insurer }: ClaimEvent['data']): CaseFacts => ({
  receivedOn: isoDate(receivedOn),
  member: insurer !== undefined,
})

/** A refusal code with its letter and words. */
const refusalView = (told: Told) => ({ code: told.code, letter: told.letter, text: textOf(told) })

/** Whether the patient is not in order with the insurer of the claim on a day of care any more. */
const withdrawnOn = (day: IsoDate, { data }: ClaimEvent, periods: readonly InsuredPeriod[] | undefined): boolean =>
  periods !== undefined && insuredOn(periods, day)?.insurer !== data.insurer

/**
 * A claim as the API answers it, without the grounds of its lines. Given the days in order of the patient as they are known now, a paid
 * line says where the right it was paid on was taken back since: it stays settled all the same.
 */
export function claimView({ event, recordedAt }: Stored, periods?: readonly InsuredPeriod[]) {
  const { data } = event
  const about = aboutClaim(data)
  return {
    claimId: data.claimId,
    href: `/reimbursement/v1/claims/${data.claimId}`,
    state: event.type === 'ClaimSettled' ? ('settled' as const) : ('refused' as const),
    channel: data.channel,
    ...(data.personId === undefined ? {} : { personId: data.personId }),
    ...(data.insurer === undefined ? {} : { insurer: data.insurer, ziekenfonds: data.ziekenfonds! }),
    providerNumber: data.providerNumber,
    ...(data.fileId === undefined ? {} : { fileId: data.fileId, sequence: data.sequence! }),
    receivedOn: data.receivedOn,
    recordedAt,
    refusals: data.codes.map((code) => refusalView(tellCode(code, about))),
    interventionCents: event.type === 'ClaimSettled' ? event.data.interventionCents : 0,
    lines: assessedLines(data).map((line) => ({
      number: line.number,
      nomenclature: line.nomenclature,
      careDate: line.careDate,
      units: line.units,
      outcome: line.outcome,
      refusals: line.codes.map((code) => refusalView(tellCode(code, { ...about, line }))),
      askedCents: line.askedCents,
      officialFeeCents: line.officialFeeCents,
      interventionCents: line.interventionCents,
      patientShareCents: line.patientShareCents,
      supplementCents: line.supplementCents,
      ...(line.basis === undefined
        ? {}
        : {
            confidence: line.basis.confidence,
            tariffFrom: line.basis.tariffFrom,
            decisionId: line.basis.decisionId,
            ...(withdrawnOn(line.careDate, event, periods) ? { rightWithdrawn: true } : {}),
          }),
    })),
  }
}

/** Claims of one person as they stand now. */
export async function claimsNow(context: Context, personId: string, claims: readonly Stored[]) {
  const periods = (await periodsById(context.database, [personId])).get(personId)
  return claims.map((stored) => claimView(stored, periods))
}

/** A claim with the grounds of every price and every refusal, and what would change it. */
export async function explainedClaim(context: Context, stored: Stored, language: Language) {
  const lines = assessedLines(stored.event.data)
  const { personId } = stored.event.data
  const periods = personId === undefined ? undefined : (await periodsById(context.database, [personId])).get(personId)
  const view = claimView(stored, periods)
  const at = {
    law: context.law,
    tariffs: await context.tariffs.current(),
    language,
    receivedOn: isoDate(view.receivedOn),
  }
  const about = aboutClaim(stored.event.data)
  const whole = stored.event.data.codes.map((code) => tellCode(code, about))
  return {
    ...view,
    grounds: whole.map((told) => toldGround(told, language)),
    repairs: whole.map((told) => toldRepair(told, language)),
    lines: view.lines.map((line, index) => {
      const assessed = lines[index]!
      const told = assessed.codes.map((code) => tellCode(code, { ...about, line: assessed }))
      const repairs = told.map((one) => toldRepair(one, language))
      return { ...line, grounds: [...explainLine(assessed, told, at)], repairs }
    }),
  }
}
