import type { SlipState, YearState } from '../domain/contribution-year.ts'

type StoredSlip = Omit<SlipState, 'source' | 'employerNumber' | 'quarter'> & Partial<SlipState>

/** A state as it rests in the read model: what the keys say and what is empty is left out, for it is rewritten often. */
export interface StoredState extends Partial<Omit<YearState, 'slips'>> {
  readonly slips?: Readonly<Record<string, StoredSlip>>
}

export function storedOf({ slips, attests, payments, income, settled, told }: YearState): StoredState {
  const short: Record<string, StoredSlip> = {}
  for (const key in slips) {
    const { employerNumber: _, quarter: __, source, ...own } = slips[key]!
    short[key] = source === 'rsz' ? own : { source, ...own }
  }
  return {
    slips: short,
    ...(isEmpty(attests) ? {} : { attests }),
    ...(isEmpty(payments) ? {} : { payments }),
    ...(income === null ? {} : { income }),
    ...(settled === null ? {} : { settled }),
    ...(told === null ? {} : { told }),
  }
}

function isEmpty(record: object): boolean {
  for (const _ in record) return false
  return true
}

export function stateOf({
  slips = {},
  attests = {},
  payments = {},
  income = null,
  settled = null,
  told = null,
}: StoredState): YearState {
  const whole: Record<string, SlipState> = {}
  for (const key in slips) {
    const bar = key.indexOf('|')
    const [employerNumber, quarter] = [key.slice(0, bar), key.slice(bar + 1)]
    whole[key] = { source: 'rsz', employerNumber, quarter, ...slips[key]! }
  }
  return { slips: whole, attests, payments, income, settled, told }
}
