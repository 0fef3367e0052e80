import type { Origin } from '@ziv/event-store'
import type { Cents, IsoDate } from '@ziv/kernel'
import type { Convention } from '@ziv/law'
import type { Context } from '../context.ts'
import { assessClaim } from '../domain/assess-claim.ts'
import type { ClaimInput } from '../domain/claim-input.ts'
import { LineRules } from '../domain/line-rules.ts'
import { codeExists } from '../projections/nomenclature.ts'
import { type PatientFacts, patientsById, patientsByIndex } from '../projections/person-store.ts'
import { findSettled } from './find-settled.ts'
import { decideClaims, storeClaims } from './store-claims.ts'

export interface SingleClaim {
  readonly claimId: string
  readonly providerNumber: string
  readonly convention: Convention
  readonly referral: boolean
  readonly lines: readonly {
    readonly nomenclature: string
    readonly careDate: IsoDate
    readonly units: number
    readonly askedCents: Cents
    readonly withinAgreement?: boolean
  }[]
}

/** The patient of a claim by INSZ or by id; undefined when nobody is known. */
export async function findPatient(
  context: Context,
  by: { readonly ssin: string } | { readonly personId: string },
): Promise<PatientFacts | undefined> {
  if ('personId' in by) return (await patientsById(context.database, [by.personId])).get(by.personId)
  const index = context.vault.blindIndex('insz', by.ssin)
  return (await patientsByIndex(context.database, [index])).get(index)
}

/** Controls, prices and stores one claim that did not come in a file. The same id again changes nothing. */
export async function settleClaim(
  context: Context,
  patient: PatientFacts | undefined,
  single: SingleClaim,
  origin: Origin,
): Promise<void> {
  const { claimId, providerNumber, convention, referral } = single
  const today = context.clock.today()
  const tariffs = await context.tariffs.current()
  // others bring the table up to date too, in the middle of this
  const through = tariffs.lastId
  const claim: ClaimInput = {
    channel: 'rest',
    timeBarLifted: false,
    creditNote: false,
    lines: single.lines.map((line, index) => ({
      ...line,
      number: index + 1,
      providerNumber,
      convention,
      referral,
      variant: '',
    })),
  }
  await context.database.transaction(async (tx) => {
    const known = await tx.query('select from app.claims where claim_id = $1', [claimId])
    if (known.rowCount !== 0) return
    const personId = patient?.person.personId
    const careDates = claim.lines.map((line) => line.careDate)
    const settled = await findSettled(tx, personId === undefined ? [] : [{ personId, careDates }])
    const paid = settled.get(personId ?? '')
    const assessment = assessClaim(claim, {
      today,
      rules: new LineRules(context.law, today),
      person: patient?.person,
      periods: patient?.periods,
      statuses: patient?.statuses ?? [],
      tariff: (code, day) => tariffs.find(code, day, { through }),
      tariffsThrough: through,
      codeExists: (code) => codeExists(code) || tariffs.has(code),
      insurers: context.insurers,
      duplicate: (service) => (paid?.has(service) === true ? 'paid' : undefined),
    })
    const head = { claimId, channel: 'rest', providerNumber, receivedOn: today } as const
    await storeClaims(tx, await decideClaims(context, [{ head, assessment }], origin))
  })
}
