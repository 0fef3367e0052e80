import { INSURERS } from '@ziv/contracts'
import { cents, type Instant, type IsoDate, isoDate, makeRizivNumber, uuidV5 } from '@ziv/kernel'
import { loadLaw } from '@ziv/law'
import { foldMember, type Member } from '@ziv/members'
import type { ClaimFacts } from '../domain/assess-claim.ts'
import type { ClaimInput, LineInput } from '../domain/claim-input.ts'
import { LineRules } from '../domain/line-rules.ts'
import { type FoundTariff, TariffTable } from '../domain/tariff-table.ts'
import { seedTariffs } from '../projections/seed-tariffs.ts'

const law = loadLaw()

/** The tariffs that come with the service, as if recorded. */
export function seedTable(): TariffTable {
  const table = new TariffTable()
  const recordedAt = '2023-01-01T00:00:00.000Z' as Instant
  seedTariffs().tariffs.forEach((tariff, index) => {
    table.add({ ...tariff, tariffId: index + 1, recordedAt })
  })
  return table
}

const table = seedTable()
const tariff = (code: string, day: IsoDate): FoundTariff | undefined => table.find(code, day)

export const provider = makeRizivNumber(110_003, 4) as string
export const personId = uuidV5('spec-person')
export const decisionId = uuidV5('spec-decision')

/** A person of 306 since 2020. */
export function member(birthDate = '1980-05-01', ziekenfonds = '306'): Member {
  return foldMember(personId, [
    {
      kind: 'opened',
      id: uuidV5('spec-opened'),
      sequence: 1,
      insurer: `${ziekenfonds[0]}00`,
      ziekenfonds,
      recordedAt: '2020-01-01T00:00:00.000Z' as Instant,
      affiliationId: uuidV5('spec-affiliation'),
      from: isoDate('2020-01-01'),
      birthDate: isoDate(birthDate),
    },
  ])
}

/** Facts in which everything is in order on 10 June 2024. */
export function facts(changes: Partial<ClaimFacts> = {}): ClaimFacts {
  return {
    today: isoDate('2024-06-10'),
    rules: new LineRules(law, changes.today ?? isoDate('2024-06-10')),
    person: member(),
    periods: [
      { from: isoDate('2020-01-01'), to: isoDate('2026-12-31'), insurer: '300', ziekenfonds: '306', decisionId },
    ],
    statuses: [],
    tariff,
    tariffsThrough: table.lastId,
    codeExists: (code) => table.has(code),
    insurers: INSURERS,
    duplicate: () => undefined,
    ...changes,
  }
}

export function line(changes: Partial<LineInput> = {}): LineInput {
  return {
    number: 1,
    nomenclature: '101032',
    careDate: isoDate('2024-05-06'),
    units: 1,
    providerNumber: provider,
    convention: 'conventioned',
    askedCents: cents(2568),
    referral: false,
    variant: '',
    ...changes,
  }
}

export function claimOf(lines: readonly LineInput[], changes: Partial<ClaimInput> = {}): ClaimInput {
  return { channel: 'rest', timeBarLifted: false, creditNote: false, lines, ...changes }
}

export const split = (insurance: number, patient: number, supplement = 0) => ({
  askedCents: cents(insurance + patient + supplement),
  split: { insuranceCents: cents(insurance), patientCents: cents(patient), supplementCents: cents(supplement) },
})
