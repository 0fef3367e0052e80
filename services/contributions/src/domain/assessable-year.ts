import { type IsoDate, isoDate } from '@ziv/kernel'
import type { Law } from '@ziv/law'

/** Reference years start with the compulsory insurance of employees. */
const oldest = 1945

/**
 * Whether the values of the law are known with which a year is assessed. Contributions of an older year are refused: they
 * would be kept without anybody being able to say what they are worth.
 */
export const isAssessable = (law: Law, year: number): boolean =>
  year >= oldest && law.find('contributions/ggmmi', newYear(year)) !== undefined

const newYear = (year: number): IsoDate => isoDate(`${year}-01-01`)
