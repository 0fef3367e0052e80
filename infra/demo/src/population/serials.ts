import { dayNumber, type IsoDate, isoDate } from '@ziv/kernel'

const FIRST_DAY = dayNumber(isoDate('1900-01-01'))
const DAYS = 60_000
const PER_SEX = 498

/**
 * Hands out the serial numbers of the days of birth, each once: odd for men, even for women. One bit per number (7.5 MB in
 * all), whatever the size of the population.
 */
export class Serials {
  readonly #taken = new Uint8Array(Math.ceil((DAYS * PER_SEX * 2) / 8))

  /** A free serial of the day, the wanted one when it is free. Throws when all of the day are gone. */
  take(birthDate: IsoDate, sex: 'M' | 'F', wanted: number): number {
    const day = dayNumber(birthDate) - FIRST_DAY
    if (day < 0 || day >= DAYS) throw new RangeError(`no serial numbers are kept for ${birthDate}`)
    for (let step = 0; step < PER_SEX; step += 1) {
      const index = (wanted + step) % PER_SEX
      const bit = (day * PER_SEX + index) * 2 + (sex === 'M' ? 0 : 1)
      const mask = 1 << (bit & 7)
      if (((this.#taken[bit >> 3] ?? 0) & mask) !== 0) continue
      this.#taken[bit >> 3] = (this.#taken[bit >> 3] ?? 0) | mask
      return index * 2 + (sex === 'M' ? 1 : 2)
    }
    throw new RangeError(`all serial numbers of ${birthDate} are taken: choose a smaller population`)
  }
}
