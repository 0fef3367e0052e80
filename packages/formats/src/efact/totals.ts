import { twoDigits } from './check-digits.ts'
import type { EfactRecord } from './types.ts'
import { zone, zoneCents, zoneNumber } from './zones.ts'

/** Running sums of an invoice, an insurer or a file. Amounts are cents; safe up to 90 million million euro. */
export class Totals {
  accountA = 0
  accountB = 0
  patient = 0
  /** Patient shares of services where the patient really bears them. */
  patientReal = 0
  supplement = 0
  records = 0
  /** Nomenclature codes modulo 97, each service once, and once more per record 51 and 52. */
  #codes = 0
  #codesOnce = 0

  /** Zones 98: services with their records 51 and 52 counted. */
  get check(): string {
    return twoDigits(this.#codes)
  }

  /** Zone 410: services only. */
  get checkOnce(): string {
    return twoDigits(this.#codesOnce)
  }

  addService(record: EfactRecord): void {
    const amount = zoneCents(record, '19') ?? 0
    if (zone(record, '11') === '1') this.accountB += amount
    else this.accountA += amount
    const patient = zoneCents(record, '27') ?? 0
    this.patient += patient
    if (zone(record, '33') === '0') this.patientReal += patient
    this.supplement += zoneCents(record, '30') ?? 0
    this.#codesOnce = (this.#codesOnce + (zoneNumber(record, '4') ?? 0)) % 97
    this.repeatCode(record)
  }

  /** The code of a service counts again for a record 51 or 52 behind it. */
  repeatCode(record: EfactRecord): void {
    this.#codes = (this.#codes + (zoneNumber(record, '4') ?? 0)) % 97
  }

  add(other: Totals): void {
    this.accountA += other.accountA
    this.accountB += other.accountB
    this.patient += other.patient
    this.patientReal += other.patientReal
    this.supplement += other.supplement
    this.records += other.records
    this.#codes = (this.#codes + other.#codes) % 97
    this.#codesOnce = (this.#codesOnce + other.#codesOnce) % 97
  }
}

/** What a record 95 or 96 has to state, by zone. */
export const expectedTotals = ({ accountA, accountB }: Totals, records: number): Readonly<Record<string, number>> => ({
  askedA: accountA,
  askedB: accountB,
  askedTotal: accountA + accountB,
  records,
})

/** Compares the numbers of a record with those expected, zone by zone; a zone without a number is told elsewhere. */
export function compare(
  record: EfactRecord,
  expected: Readonly<Record<string, number>>,
  differs: (key: string, value: number, expected: number) => void,
): void {
  for (const [key, wanted] of Object.entries(expected)) {
    const value = zoneNumber(record, key)
    if (value !== null && value !== wanted) differs(key, value, wanted)
  }
}
