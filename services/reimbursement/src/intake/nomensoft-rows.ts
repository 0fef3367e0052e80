import type { NomensoftRow } from '@ziv/formats'
import { addDays, cents, type IsoDate } from '@ziv/kernel'
import type { TariffAmount } from '@ziv/law'
import type { RecordedTariff, TariffTable } from '../domain/tariff-table.ts'
import { professionOf } from '../projections/nomenclature.ts'
import type { NewTariff } from '../projections/seed-tariffs.ts'

export type FeeKind = 'fee' | 'normal' | 'preferential'

/** One dated amount of the file. */
export interface StagedFee {
  readonly code: string
  readonly kind: FeeKind
  readonly valid_from: IsoDate
  readonly valid_to: IsoDate | null
  readonly amount_cents: string
  readonly document: string | null
}

const byFeeCode: Readonly<Record<string, FeeKind>> = { '0': 'fee', '1600': 'normal', '1300': 'preferential' }

/** What an amount of the file is; undefined for patient shares and other amounts, which follow from these three. */
export function feeKindOf(row: NomensoftRow): FeeKind | undefined {
  if (row.feeCode !== null) return byFeeCode[row.feeCode.replace(/^0+(?=.)/, '')]
  if (row.category === '01') return 'fee'
  const words = `${row.feeDescription.nl} ${row.feeDescription.fr}`.toLowerCase()
  if (!['02', '03', '04', '06'].includes(row.category ?? '')) return undefined
  return /voorkeur|verhoogde|préférentiel|majorée/.test(words) ? 'preferential' : 'normal'
}

/** The tariffs that the amounts of one code make: a row per day on which one of them changes, and whether it is news. */
export function rowsOfCode(
  fees: readonly StagedFee[],
  table: TariffTable,
): readonly { readonly tariff: NewTariff; readonly isNew: boolean }[] {
  const first = fees[0]
  if (first === undefined) return []
  const starts = new Set<IsoDate>()
  for (const { valid_from, valid_to } of fees) {
    starts.add(valid_from)
    if (valid_to !== null) starts.add(addDays(valid_to, 1))
  }
  const days = [...starts].sort()
  return days.flatMap((day, index) => {
    const tariff = tariffOn(first.code, fees, day, days[index + 1], table)
    return tariff === undefined ? [] : [{ tariff, isNew: !isKnown(tariff, table) }]
  })
}

function tariffOn(
  code: string,
  fees: readonly StagedFee[],
  day: IsoDate,
  next: IsoDate | undefined,
  table: TariffTable,
): NewTariff | undefined {
  const inForce = (kind: FeeKind) =>
    fees.findLast((fee) => fee.kind === kind && fee.valid_from <= day && (fee.valid_to === null || day <= fee.valid_to))
  const fee = inForce('fee')
  if (fee === undefined) return undefined
  const [normal, preferential] = [inForce('normal'), inForce('preferential')]
  const known = table.historyOf(code)[0]
  const amounts: TariffAmount[] = []
  if (normal !== undefined) amounts.push({ when: { preferential: false }, interventionCents: centsIn(normal) })
  const increased = preferential ?? normal
  if (increased !== undefined) amounts.push({ when: { preferential: true }, interventionCents: centsIn(increased) })
  return {
    code,
    validFrom: day,
    // a following row of the same file takes over by itself; only a real end is told
    validTo: next === undefined ? fee.valid_to : addDays(next, -1),
    reliableTo: null,
    profession: known?.profession ?? professionOf(code),
    feeCents: Number(fee.amount_cents),
    amounts,
    patientShareParameter: amounts.length === 0 ? (known?.patientShareParameter ?? null) : null,
    referralReduces: known?.referralReduces ?? false,
    source: `NomenSoft ${fee.document ?? 'export'}`,
    confidence: 'verified',
  }
}

const centsIn = (fee: StagedFee) => cents(Number(fee.amount_cents))

function isKnown(tariff: NewTariff, table: TariffTable): boolean {
  const known = table.historyOf(tariff.code).find((row) => row.validFrom === tariff.validFrom)
  if (known === undefined) return false
  const content = (row: NewTariff | RecordedTariff) =>
    JSON.stringify([row.validTo, row.feeCents, row.amounts, row.patientShareParameter, row.profession, row.source])
  return content(known) === content(tariff)
}
