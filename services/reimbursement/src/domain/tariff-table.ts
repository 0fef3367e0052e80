import type { Instant, IsoDate } from '@ziv/kernel'
import type { Confidence, Profession, TariffAmount, TariffRow } from '@ziv/law'

/** A row as it was recorded. Rows are never changed: a later one that starts on or before a day takes over from it. */
export interface RecordedTariff {
  readonly tariffId: number
  readonly code: string
  readonly validFrom: IsoDate
  /** Last day, when the source states one. */
  readonly validTo: IsoDate | null
  /** Last day for which the source vouches; after it the row is still used, as an assumption. Null: no end. */
  readonly reliableTo: IsoDate | null
  readonly profession: Profession
  readonly feeCents: number
  readonly amounts: readonly TariffAmount[]
  readonly patientShareParameter: string | null
  readonly referralReduces: boolean
  readonly source: string
  readonly confidence: Confidence
  readonly recordedAt: Instant
}

export interface FoundTariff {
  readonly recorded: RecordedTariff
  /** For `priceLine`, with the confidence the row has on the day asked. */
  readonly row: TariffRow
}

/** What was known of the tariffs: what was recorded up to a moment, or the rows up to an id; without either, all there are. */
export interface Knowledge {
  readonly at?: Instant | undefined
  readonly through?: number
}

/** All tariffs in memory, by code. Grows only; looking up costs a few comparisons. */
export class TariffTable {
  readonly #byCode = new Map<string, RecordedTariff[]>()
  readonly #rows = new Map<string, FoundTariff>()
  #lastId = 0

  /** Highest id in the table. */
  get lastId(): number {
    return this.#lastId
  }

  get codes(): Iterable<string> {
    return this.#byCode.keys()
  }

  add(tariff: RecordedTariff): void {
    const rows = this.#byCode.get(tariff.code) ?? []
    rows.push(tariff)
    // newest start first; of one start the one recorded last
    rows.sort((a, b) => (a.validFrom === b.validFrom ? b.tariffId - a.tariffId : a.validFrom < b.validFrom ? 1 : -1))
    this.#byCode.set(tariff.code, rows)
    this.#lastId = Math.max(this.#lastId, tariff.tariffId)
  }

  has(code: string): boolean {
    return this.#byCode.has(code)
  }

  /** Every row of a code, newest start first. */
  historyOf(code: string): readonly RecordedTariff[] {
    return this.#byCode.get(code) ?? []
  }

  /** The row in force on a day, as it was known. */
  find(code: string, day: IsoDate, { at, through }: Knowledge = {}): FoundTariff | undefined {
    const recorded = this.#byCode
      .get(code)
      ?.find(
        (row) =>
          row.validFrom <= day &&
          (at === undefined || row.recordedAt <= at) &&
          (through === undefined || row.tariffId <= through),
      )
    if (recorded === undefined || (recorded.validTo !== null && recorded.validTo < day)) return undefined
    const reliable = recorded.reliableTo === null || day <= recorded.reliableTo
    const key = `${recorded.tariffId}/${reliable}`
    let found = this.#rows.get(key)
    if (found === undefined) {
      found = { recorded, row: rowOf(recorded, reliable) }
      this.#rows.set(key, found)
    }
    return found
  }
}

function rowOf(recorded: RecordedTariff, reliable: boolean): TariffRow {
  const { code, validFrom, validTo, profession, feeCents, amounts, patientShareParameter, referralReduces } = recorded
  return {
    code,
    from: validFrom,
    to: validTo,
    profession,
    feeCents: feeCents as TariffRow['feeCents'],
    ...(amounts.length === 0 ? {} : { amounts }),
    ...(patientShareParameter === null ? {} : { patientShareParameter }),
    ...(referralReduces ? { referralReduces } : {}),
    confidence: reliable ? recorded.confidence : 'assumed',
  }
}
