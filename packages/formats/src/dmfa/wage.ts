import type { Quarter } from '@ziv/kernel'
import { quarterEnd, quarterStart } from '@ziv/kernel'
import { csvTable } from '../csv-table.ts'
import type { WorkerCategory } from './types.ts'

/**
 * The wage of a slip.
 *
 * Art. 286 of the ZIV-besluit compares wages, not contributions. The declared contribution basis
 * (`ContributionCalculationBasis`) cannot be that wage: it is raised to 108 % for manual workers, replaced by a flat
 * rate for some, and absent when only special contributions are due. The wage is therefore the sum of the
 * remunerations (`RemunAmount`) whose annex 7 code is subject to contributions in the quarter
 * (`data/remuneration-codes.csv`). A code the table does not know counts: it is wage until the annex says it is not.
 * Of a dismissed statutory worker the wage is the reference wage of the regularisation (`GrossRefRemunAmount`).
 * Student, early retirement and indemnity records carry no such wage.
 */
export interface WageCodes {
  /** True when an amount with this annex 7 code counts in the wage of a slip of that quarter. */
  isSubject(code: string, quarter: Quarter | null): boolean
  /** True when days with this annex 8 code are worked or paid days; other codes are assimilated or unpaid ones. */
  isCountedService(code: string): boolean
}

interface CodePeriod {
  readonly from: string
  readonly to: string
  readonly subject: boolean
}

export function loadWageCodes(): WageCodes {
  const remunerations = new Map<string, CodePeriod[]>()
  const file = new URL('./data/remuneration-codes.csv', import.meta.url)
  for (const row of csvTable<'code' | 'from' | 'to' | 'subject'>(file)) {
    const periods = remunerations.get(row.code) ?? []
    periods.push({ from: row.from, to: row.to === '' ? '9999-12-31' : row.to, subject: row.subject === 'yes' })
    remunerations.set(row.code, periods)
  }
  const services = new Map<string, boolean>()
  for (const row of csvTable<'code' | 'counted'>(new URL('./data/service-codes.csv', import.meta.url))) {
    services.set(row.code, row.counted === 'yes')
  }
  return {
    isSubject: (code, quarter) => {
      const periods = remunerations.get(code)
      if (periods === undefined) return true
      if (quarter === null) return periods.some((p) => p.subject)
      return periods.some((p) => p.subject && p.from <= quarterEnd(quarter) && p.to >= quarterStart(quarter))
    },
    isCountedService: (code) => services.get(code) ?? false,
  }
}

/**
 * Contribution category of a worker code of annex 2: 016 and 017 miners, other 0xx manual, 4xx intellectual, 6xx
 * statutory.
 */
export function categoryOf(workerCode: string | null): WorkerCategory {
  if (workerCode === null) return 'other'
  if (workerCode === '016' || workerCode === '017') return 'miner'
  if (workerCode[0] === '0') return 'manual'
  if (workerCode[0] === '4') return 'intellectual'
  return workerCode[0] === '6' ? 'statutory' : 'other'
}
