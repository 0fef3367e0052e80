import { type IsoDate, parseNomenclatureCode, parseRizivNumber } from '@ziv/kernel'
import {
  compareSplit,
  type Law,
  type LawDecision,
  type LinePrice,
  type LineSituation,
  priceLine,
  type SplitFacts,
  type SplitOutcome,
  type TariffRow,
  timeBar,
} from '@ziv/law'

/**
 * What the law says of lines received on one day. An answer is kept: most lines of a file are of the same few days, codes
 * and providers. Grows with what differs, so it is for one claim or one chunk of a file.
 */
export class LineRules {
  readonly #law: Law
  readonly #receivedOn: IsoDate
  readonly #late = new Map<IsoDate, boolean>()
  readonly #codes = new Map<string, boolean>()
  readonly #providers = new Map<string, boolean>()
  readonly #prices = new Map<TariffRow, Map<string, LawDecision<LinePrice>>>()

  constructor(law: Law, receivedOn: IsoDate) {
    this.#law = law
    this.#receivedOn = receivedOn
  }

  isCode(text: string): boolean {
    return kept(this.#codes, text, () => parseNomenclatureCode(text).ok)
  }

  isProvider(text: string): boolean {
    return kept(this.#providers, text, () => parseRizivNumber(text).ok)
  }

  /** Whether the claim for care of this day lapsed before it was received. */
  isLate(careDate: IsoDate): boolean {
    const facts = { careDate, receivedOn: this.#receivedOn }
    return kept(this.#late, careDate, () => timeBar(facts, this.#law).outcome === 'refused')
  }

  price(row: TariffRow, line: LineSituation): LawDecision<LinePrice> {
    // the age of the patient is another one for every patient
    if (row.amounts?.some(({ when }) => when.ageFrom !== undefined || when.ageBelow !== undefined) === true) {
      return priceLine(row, line, this.#law)
    }
    const prices = kept(this.#prices, row, () => new Map<string, LawDecision<LinePrice>>())
    const { careDate, units, askedCents, convention, withinAgreement, preferential, gmd, referral, chronic } = line
    const statuses = `${preferential}/${gmd}/${chronic}`
    const key = `${careDate}/${units}/${askedCents}/${convention}/${withinAgreement}/${statuses}/${referral}`
    return kept(prices, key, () => priceLine(row, line, this.#law))
  }

  compare(line: SplitFacts): LawDecision<SplitOutcome> {
    return compareSplit(line, this.#law)
  }
}

function kept<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  const found = known.get(key)
  if (found !== undefined) return found
  const made = make()
  known.set(key, made)
  return made
}
